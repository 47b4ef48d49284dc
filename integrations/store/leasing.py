"""Lease rows: the oldest unfinished one of a conversation, for a time, to one worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, or_, select, update

LEASE = timedelta(seconds=60)
FAR = 2 * LEASE  # no clock of a machine that works with us is so far ahead


@dataclass(frozen=True)
class States:
    """What the states of a table are called."""

    waiting: str
    taken: str
    busy: str = ""  # taken too, but not to be given to another

    @property
    def unfinished(self) -> tuple[str, ...]:
        """Return the states that hold back the rest of a conversation."""
        return (self.waiting, self.taken, self.busy) if self.busy else (self.waiting, self.taken)


def next_row(
    db: Connection, table: Table, states: States, now: datetime, more: ColumnElement[bool]
) -> Any:
    """Return a row that is due and first in its conversation, locked for this transaction."""
    earlier = table.alias("earlier")
    unfinished = earlier.c.state.in_(states.unfinished)
    before = (earlier.c.conversation == table.c.conversation) & (earlier.c.id < table.c.id)
    first = ~select(earlier.c.id).where(before, unfinished).exists()
    waits = table.c.state == states.waiting
    dues = (
        (table.c.state == states.taken) & lapsed(table, now),
        waits & (table.c.run_at <= now.isoformat()),
        waits & (table.c.at > (now + FAR).isoformat()),  # the clock was set back meanwhile
    )
    for due in dues:  # one after the other, so that an index gives the first of many at once
        query = select(table).where(due, more, first).order_by(table.c.run_at, table.c.id)
        locked = query.limit(1).with_for_update(skip_locked=True)
        if row := db.execute(locked).mappings().first():
            return row
    return None


def lapsed(table: Table, now: datetime) -> ColumnElement[bool]:
    """Say which leases nobody holds any more."""
    until = table.c.lease_until
    return or_(until < now.isoformat(), until > (now + FAR).isoformat())


def take(
    db: Connection, table: Table, states: States, ids: list[int], now: datetime, worker: str
) -> None:
    """Give rows to a worker."""
    db.execute(
        update(table)
        .where(table.c.id.in_(ids))
        .values(
            state=states.taken,
            lease_until=(now + LEASE).isoformat(),
            worker=worker,
            attempts=table.c.attempts + 1,
        )
    )


def held(table: Table, states: States, ids: list[int], worker: str) -> ColumnElement[bool]:
    """Say which of these rows a worker still has."""
    taken = table.c.state.in_((states.taken, states.busy))
    return table.c.id.in_(ids) & taken & (table.c.worker == worker)


def hold(
    db: Connection, table: Table, states: States, ids: list[int], now: datetime, worker: str
) -> int:
    """Keep a lease alive; return how many rows are still ours."""
    until = (now + LEASE).isoformat()
    mine = held(table, states, ids, worker)
    return db.execute(update(table).where(mine).values(lease_until=until)).rowcount


def end_leases(engine: Engine, table: Table, states: States, is_gone: Callable[[str], bool]) -> int:
    """End the leases of workers that are gone, so that nobody waits for them; return how many."""
    taken = table.c.state.in_((states.taken, states.busy))
    with engine.begin() as db:
        workers = db.scalars(select(table.c.worker).where(taken).distinct())
        gone = [worker for worker in workers if is_gone(worker)]
        mine = taken & table.c.worker.in_(gone)
        return db.execute(update(table).where(mine).values(lease_until="")).rowcount


def wait_before(attempts: int, asked: float | None, chance: float) -> timedelta:
    """Return how long to wait before another try: what was asked for, or longer each time."""
    return timedelta(
        seconds=asked if asked is not None else min(300, 2.0 ** min(attempts, 9)) * (0.5 + chance)
    )
