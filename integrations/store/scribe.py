"""Write together what this process wants to write at the same time: one lock, one commit.

Whoever comes while nobody writes, writes at once; what comes meanwhile is written by one thread
for all. If anything in it fails, each is written alone, so that none suffers for another.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary, ref

from sqlalchemy import Connection, Engine

from integrations.store.alone import is_postgres

MOST = 32  # pieces of work in one transaction
Result = TypeVar("Result")
Work = Callable[[Connection], Any]
_HANDS = ThreadPoolExecutor(8, "scribe")  # what writes for those who wait


class _Task(NamedTuple):
    work: Work
    done: "Future[Any]"


class Scribe:
    """Writes for all threads and coroutines of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = ref(engine), threading.Lock()
        self._waiting: list[_Task] = []
        self._writing = False

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do it in a transaction; it may be done again if that fails for another's sake."""
        engine = self._engine()
        assert engine is not None, "whoever asks has it"
        if is_postgres(engine):  # it writes for many at once; two batches would deadlock
            with engine.begin() as db:
                return work(db)
        done: Future[Result] = Future()
        if self._leads(_Task(work, done)):
            self._write(engine)
        return done.result()

    async def soon(self, work: Callable[[Connection], Result]) -> Result:
        """Do the same without a thread that waits; what is given up before it began is not done."""
        engine = self._engine()
        assert engine is not None, "whoever asks has it"
        if is_postgres(engine):
            return await asyncio.get_running_loop().run_in_executor(_HANDS, self.write, work)
        done: Future[Result] = Future()
        if self._leads(_Task(work, done)):
            _HANDS.submit(self._write, engine)
        return await asyncio.wrap_future(done)

    @property
    def waiting(self) -> int:
        """Say how many wait for whoever writes."""
        return len(self._waiting)

    def _leads(self, task: _Task) -> bool:
        """Let it wait; say whether nobody writes, so that who brought it has to."""
        with self._lock:
            self._waiting.append(task)
            leads, self._writing = not self._writing, True
        return leads

    def _write(self, engine: Engine) -> None:
        """Write what waits, and let another thread write what came meanwhile."""
        with self._lock:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            _together(engine, [one for one in batch if one.done.set_running_or_notify_cancel()])
        finally:
            with self._lock:
                more = self._writing = bool(self._waiting)
            if more:
                _HANDS.submit(self._write, engine)


def _together(engine: Engine, batch: list[_Task]) -> None:
    try:
        with engine.begin() as db:
            results = [task.work(db) for task in batch]
    except BaseException as error:  # noqa: BLE001 - whoever asked gets it, in their own thread
        if len(batch) == 1:
            batch[0].done.set_exception(error)
            return
        for task in batch:
            _together(engine, [task])
    else:
        for task, result in zip(batch, results, strict=True):
            task.done.set_result(result)


_scribes: "WeakKeyDictionary[Engine, Scribe]" = WeakKeyDictionary()
_making = threading.Lock()


def scribe_of(engine: Engine) -> Scribe:
    """Return the one scribe of an engine."""
    with _making:
        return _scribes.setdefault(engine, Scribe(engine))
