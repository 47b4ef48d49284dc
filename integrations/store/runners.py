"""What only one process may run: a row each, held by whoever goes on beating."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from integrations.store.leasing import LEASE
from integrations.store.quick import Quick
from integrations.store.reading import reading
from integrations.store.running_schema import runners

BEAT = LEASE / 3
UNUSED = timedelta(days=1)  # a name that nobody ran for so long is forgotten


class Seen(NamedTuple):
    """Who had a name, and how often they had shown that they are alive."""

    worker: str
    beats: int


def nobody(_: str) -> bool:
    """Say of no worker that it is gone."""
    return False


class Runners:
    """Leases names; a silence is measured on our own watch, so that no clock can be wrong."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        is_gone: Callable[[str], bool] = nobody,
        watch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine, self._clock = engine, clock
        self._is_gone, self._watch = is_gone, watch
        self._since: dict[tuple[str, str], tuple[Seen, float]] = {}

    def lease(self, name: str, worker: str) -> bool:
        """Take or keep a name; say whether this worker is the one that runs it."""
        with reading(self._engine) as db:
            seen = _seen(db, name)
        if seen is None:
            return self._first(name, worker)
        if seen.worker == worker and self._quiet(name, worker, seen) < BEAT.total_seconds():
            return True
        if seen.worker == worker or self._is_free(name, worker, seen):
            return self._beat(name, worker, seen)
        return False

    def hold(self, name: str, worker: str) -> bool:
        """Show that the worker is alive; say whether it is still the one."""
        with reading(self._engine) as db:
            seen = _seen(db, name)
        return seen is not None and seen.worker == worker and self._beat(name, worker, seen)

    def release(self, name: str, worker: str) -> None:
        """Let another have the name at once."""
        mine = (runners.c.name == name) & (runners.c.worker == worker)
        with self._engine.begin() as db:
            db.execute(update(runners).where(mine).values(worker=""))

    def _is_free(self, name: str, worker: str, seen: Seen) -> bool:
        if not seen.worker or self._is_gone(seen.worker):
            return True
        return self._quiet(name, worker, seen) >= LEASE.total_seconds()

    def _quiet(self, name: str, worker: str, seen: Seen) -> float:
        """Return for how many seconds we have seen the row as it is now."""
        now = self._watch()
        before, since = self._since.get((name, worker), (None, now))
        if before != seen:
            since = now
        self._since[name, worker] = (seen, since)
        return now - since

    def _first(self, name: str, worker: str) -> bool:
        began = self._watch()
        row = {"name": name, "worker": worker, "beats": 1, "at": self._clock().isoformat()}
        try:
            with self._engine.begin() as db:
                db.execute(insert(runners).values(row))
        except IntegrityError:  # another process was quicker
            return False
        self._since[name, worker] = (Seen(worker, 1), began)
        return True

    def _beat(self, name: str, worker: str, seen: Seen) -> bool:
        """Write the row if it is as we saw it, so that of two only one does."""
        began = self._watch()  # before others can see it, so that our lease never outlives theirs
        same = (runners.c.name == name) & (runners.c.worker == seen.worker)
        row = {"worker": worker, "beats": seen.beats + 1, "at": self._clock().isoformat()}
        with self._engine.begin() as db:
            beat = update(runners).where(same, runners.c.beats == seen.beats)
            if not db.execute(beat.values(row)).rowcount:
                return False
        self._since[name, worker] = (Seen(worker, seen.beats + 1), began)
        return True


def forget_unused(engine: Engine, now: datetime) -> int:
    """Delete names that nobody runs any more; return how many."""
    old = runners.c.at < (now - UNUSED).isoformat()
    with engine.begin() as db:
        return db.execute(delete(runners).where(old)).rowcount


def _seen(db: Connection, name: str) -> Seen | None:
    row = _SEEN(db, name=name).first()
    return Seen(*row) if row else None


_SEEN = Quick(select(runners.c.worker, runners.c.beats).where(runners.c.name == bindparam("name")))
