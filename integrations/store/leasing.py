"""Lease rows: the oldest unfinished one of a conversation, for a time, to one worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select, update

LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class States:
    """What the states of a table are called."""

    waiting: str
    taken: str


def next_row(
    db: Connection, table: Table, states: States, now: datetime, more: ColumnElement[bool]
) -> Any:
    """Return the row that is due and first in its conversation, locked for this transaction."""
    earlier = table.alias("earlier")
    unfinished = earlier.c.state.in_((states.waiting, states.taken))
    before = (earlier.c.conversation == table.c.conversation) & (earlier.c.id < table.c.id)
    query = (
        select(table)
        .where(due(table, states, now), more)
        .where(~select(earlier.c.id).where(before, unfinished).exists())
        .order_by(table.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return db.execute(query).mappings().first()


def due(table: Table, states: States, now: datetime) -> ColumnElement[bool]:
    """Say which rows may be taken: those that wait, and those whose worker is gone."""
    at = now.isoformat()
    waits = and_(table.c.state == states.waiting, table.c.run_at <= at)
    left = and_(table.c.state == states.taken, table.c.lease_until < at)
    return or_(waits, left)


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


def hold(
    db: Connection, table: Table, states: States, ids: list[int], now: datetime, worker: str
) -> int:
    """Keep a lease alive; return how many rows are still ours."""
    mine = (table.c.id.in_(ids)) & (table.c.state == states.taken) & (table.c.worker == worker)
    until = (now + LEASE).isoformat()
    return db.execute(update(table).where(mine).values(lease_until=until)).rowcount


def wait_before(attempts: int, asked: float | None, chance: float) -> timedelta:
    """Return how long to wait before another try: what was asked for, or longer each time."""
    return timedelta(
        seconds=asked if asked is not None else min(300, 2.0**attempts) * (0.5 + chance)
    )
