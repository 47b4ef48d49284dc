"""Write together what this process wants to write at the same time: one lock, one commit.

Whoever comes while nobody writes, writes; who comes meanwhile waits, and the next one of them
writes for all. If anything in it fails, each is written alone, so that none suffers for another.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from integrations.store.alone import is_postgres

MOST = 32  # pieces of work in one transaction
Result = TypeVar("Result")
Work = Callable[[Connection], Any]


class _Task:
    def __init__(self, work: Work) -> None:
        self.work, self.woken = work, threading.Event()
        self.leads, self.result = False, None
        self.error: BaseException | None = None


class Scribe:
    """Writes for all threads of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, threading.Lock()
        self._waiting: list[_Task] = []
        self._writing = False

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do it in a transaction; it may be done again if that fails for another's sake."""
        if is_postgres(self._engine):  # it writes for many at once; two batches would deadlock
            with self._engine.begin() as db:
                return work(db)
        task = _Task(work)
        with self._lock:
            self._waiting.append(task)
            task.leads, self._writing = not self._writing, True
        if not task.leads:
            task.woken.wait()
        if task.leads:
            self._lead()
        if task.error is not None:
            raise task.error
        return task.result  # type: ignore[return-value]

    @property
    def waiting(self) -> int:
        """Say how many wait for whoever writes."""
        return len(self._waiting)

    def _lead(self) -> None:
        """Write what waits, our own with it, then let the next one lead."""
        with self._lock:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            self._together(batch)
        finally:
            with self._lock:
                self._writing = bool(self._waiting)
                following = self._waiting[0] if self._waiting else None
            if following:
                following.leads = True
                following.woken.set()
            for task in batch:
                if not task.leads:
                    task.woken.set()

    def _together(self, batch: list[_Task]) -> None:
        try:
            with self._engine.begin() as db:
                for task in batch:
                    task.result = task.work(db)
        except BaseException as error:  # noqa: BLE001 - whoever asked gets it, in their own thread
            if len(batch) == 1:
                batch[0].error = error
                return
            for task in batch:
                self._together([task])


_scribes: "WeakKeyDictionary[Engine, Scribe]" = WeakKeyDictionary()
_making = threading.Lock()


def scribe_of(engine: Engine) -> Scribe:
    """Return the one scribe of an engine."""
    with _making:
        return _scribes.setdefault(engine, Scribe(engine))
