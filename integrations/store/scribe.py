"""Write together what this process wants to write at the same time: one lock, one commit.

Whoever comes while nobody writes, writes at once; what comes meanwhile is written with what else
came. If anything in it fails, each is written alone, so that none suffers for another.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary, ref

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from integrations.store.alone import alone, is_postgres
from integrations.store.piped import writing
from integrations.store.sqlite import BUSY_MS, LOOK, is_busy

MOST = 32  # pieces of work in one transaction
Result = TypeVar("Result")
Work = Callable[[Connection], Any]
_HANDS = ThreadPoolExecutor(8, "scribe")  # what writes for those who wait


class _Task(NamedTuple):
    work: Work
    done: "Future[Any]"
    names: Sequence[str] = ()


class Scribe:
    """Writes for all threads and coroutines of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._known, self._lock = ref(engine), threading.Lock()
        self._waiting: list[_Task] = []
        self._writing = False
        self._leading: asyncio.Task[None] | None = None

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do it in a transaction; it may be done again if that fails for another's sake."""
        engine = self._engine
        if is_postgres(engine):  # it writes for many at once
            return _alone(engine, work)
        done: Future[Result] = Future()
        if self._leads(_Task(work, done)):
            self._write(engine)
        return done.result()

    async def soon(
        self,
        work: Callable[[Connection], Result],
        names: Sequence[str] = (),
        *,
        lasting: bool = True,
    ) -> Result:
        """Do the same for a coroutine; what is given up before it began is not done.

        No other transaction has these names meanwhile; see ``alone``. What need not be lasting
        may be lost when a server of Postgres dies, unless something later is kept.

        SQLite writes right here: it takes less time than another thread takes to wake up. On
        Postgres what has names is written together, since they are taken in one order; two
        batches of other work might wait for each other.
        """
        engine, loop = self._engine, asyncio.get_running_loop()
        if is_postgres(engine) and not names:
            write = partial(_alone, engine, work, lasting=lasting)
            return await loop.run_in_executor(_HANDS, write)
        done: Future[Result] = Future()
        if self._leads(_Task(work, done, names)):
            if is_postgres(engine):  # who comes in the same moment is written with it
                loop.call_soon(_HANDS.submit, self._write, engine)
            else:
                self._leading = asyncio.create_task(self._lead(engine))
                self._leading.add_done_callback(partial(self._left, engine))
        return await asyncio.wrap_future(done)

    @property
    def waiting(self) -> int:
        """Say how many wait for whoever writes."""
        return len(self._waiting)

    @property
    def _engine(self) -> Engine:
        engine = self._known()
        assert engine is not None, "whoever asks has it"
        return engine

    def _leads(self, task: _Task) -> bool:
        """Let it wait; say whether nobody writes, so that who brought it has to."""
        with self._lock:
            self._waiting.append(task)
            leads, self._writing = not self._writing, True
        return leads

    def _write(self, engine: Engine) -> None:
        """Write what waits, and let another thread write what came meanwhile."""
        self._together(engine)
        if self._more():
            _HANDS.submit(self._write, engine)

    async def _lead(self, engine: Engine) -> None:
        """Write what waits until nothing does; while another process writes, do something else."""
        while True:
            await asyncio.sleep(0)  # who comes in the same moment is written with it
            end = time.monotonic() + BUSY_MS / 1000
            while not self._together(engine, until=end):
                await asyncio.sleep(LOOK)
            if not self._more():
                return

    def _left(self, engine: Engine, led: "asyncio.Task[None]") -> None:
        """Have others written who wait in threads, when the loop of who led has ended."""
        if led.cancelled() or led.exception():
            _HANDS.submit(self._write, engine)

    def _together(self, engine: Engine, until: float | None = None) -> bool:
        """Write what waits in one transaction, or each alone where that fails.

        With a time until which to try, say no instead while another process writes.
        """
        batch, results = list[_Task](), None
        try:
            with _transaction(engine, at_once=until is not None) as db:
                batch = self._next()
                alone(db, *(name for task in batch for name in task.names))
                found = [task.work(db) for task in batch]
            results = found
        except BaseException as error:  # noqa: BLE001 - whoever asked gets it, in their own thread
            busy = not batch and isinstance(error, OperationalError) and is_busy(error)
            if busy and until is not None and time.monotonic() < until:
                return False
            if results is None:
                _failed(engine, batch or self._next(), error, begun=bool(batch))
        for task, result in zip(batch, results or (), strict=False):
            task.done.set_result(result)
        return True

    def _next(self) -> list[_Task]:
        with self._lock:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        return [one for one in batch if one.done.set_running_or_notify_cancel()]

    def _more(self) -> bool:
        """Say whether somebody has to write on."""
        with self._lock:
            self._writing = bool(self._waiting)
            return self._writing


def _alone(
    engine: Engine,
    work: Callable[[Connection], Result],
    names: Sequence[str] = (),
    *,
    lasting: bool = True,
) -> Result:
    """Write one piece of work in a transaction of its own."""
    with _transaction(engine, lasting=lasting) as db:
        alone(db, *names)
        return work(db)


@contextmanager
def _transaction(
    engine: Engine, *, at_once: bool = False, lasting: bool = True
) -> Iterator[Connection]:
    if is_postgres(engine):
        with writing(engine, lasting=lasting) as db:
            yield db
        return
    with engine.connect().execution_options(at_once=at_once) as db:
        db.begin()
        yield db
        db.commit()


def _failed(engine: Engine, batch: list[_Task], error: BaseException, *, begun: bool) -> None:
    """Tell who asked; several that failed together are tried each alone."""
    for task in batch:
        try:
            if not begun or len(batch) == 1:
                raise error
            result = _alone(engine, task.work, task.names)
        except BaseException as why:  # noqa: BLE001 - see above
            task.done.set_exception(why)
        else:
            task.done.set_result(result)


_scribes: "WeakKeyDictionary[Engine, Scribe]" = WeakKeyDictionary()
_making = threading.Lock()


def scribe_of(engine: Engine) -> Scribe:
    """Return the one scribe of an engine."""
    with _making:
        return _scribes.setdefault(engine, Scribe(engine))
