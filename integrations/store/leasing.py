"""Lease rows: the oldest unfinished one of a conversation, for a time, to one worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Select,
    Table,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
    update,
)

from integrations.store.alone import if_free, is_postgres
from integrations.store.quick import Quick

LEASE = timedelta(seconds=60)
FAR = 2 * LEASE  # no clock of a machine that works with us is so far ahead
CHOICE = 64  # rows among which a worker finds one that no other leases just now
RACES = 8  # with others who were quicker


@dataclass(frozen=True)
class States:
    """What the states of a table are called."""

    waiting: str
    taken: str
    busy: str = ""  # taken too, but not to be given to another
    longest: timedelta | None = None  # that a row may wait; more was said by a wrong clock

    @property
    def unfinished(self) -> tuple[str, ...]:
        """Return the states that hold back the rest of a conversation."""
        return (self.waiting, self.taken, self.busy) if self.busy else (self.waiting, self.taken)


def next_row(
    db: Connection,
    table: Table,
    states: States,
    now: datetime,
    more: ColumnElement[bool] | None = None,
) -> Any:
    """Return a row that is due and first in its conversation, which is ours until we commit."""
    given = times(now)
    if states.longest:
        given["too_long"] = (now + states.longest + FAR).isoformat()
    due = _due_rows(table, states, more)
    return due.free(db, given) if is_postgres(db) else due.first(db, given)


def times(now: datetime) -> dict[str, str]:
    """Return what a statement about leases is told of the time."""
    return {"now": now.isoformat(), "far": (now + FAR).isoformat()}


def name_of(table: Table, conversation: Any) -> Any:
    """Name the conversation's rows of a table, for who must have them alone."""
    return f"{table.name} {conversation}"


NOW: BindParameter[str] = bindparam("now")
LATER: BindParameter[str] = bindparam("far")
TOO_LONG: BindParameter[str] = bindparam("too_long")


@cache
def _due_rows(table: Table, states: States, more: ColumnElement[bool] | None) -> "_Due":
    """Say what is due; one after the other, so that an index gives the first of many at once."""
    waits = _is(table, states.waiting)
    first = _nothing_before(table, states) & _nobody_at_it(table, states)
    if more is not None:
        first &= more
    dues = [
        _is(table, states.taken) & over(table),
        waits & (table.c.run_at <= NOW),
        waits & (table.c.at > LATER),  # the clock was set back meanwhile
    ]
    if states.longest:
        dues.append(waits & (table.c.run_at > TOO_LONG))
    return _Due(table, [due & first for due in dues])


def _is(table: Table, state: str) -> ColumnElement[bool]:
    """Write a state into the statement: how many rows are in it is what a plan hangs on.

    Were it given each time, Postgres would plan each time, which takes longer than the lease.
    """
    return table.c.state == literal_column(f"'{state}'")


class _Due:
    """The ways to be due, with their statements for both databases."""

    def __init__(self, table: Table, ways: list[ColumnElement[bool]]) -> None:
        self._found = [Quick(_oldest(select(table).where(way), table, 1)) for way in ways]
        free = union_all(*(_free(table, way) for way in ways)).limit(1)
        self._free = Quick(free)
        mine = select(table).where(table.c.id == bindparam("id"), or_(*ways))
        self._mine = Quick(mine.with_for_update(of=table))

    def first(self, db: Connection, times: dict[str, str]) -> Any:
        """Return the first such row."""
        for found in self._found:
            if (row := found(db, **times).mappings().first()) is not None:
                return row
        return None

    def free(self, db: Connection, times: dict[str, str]) -> Any:
        """Return on Postgres the first of a conversation that nobody else holds."""
        for _ in range(RACES):
            if (id := self._free(db, **times).scalar()) is None:
                return None
            # Look again: the conversation is ours now, and was not when we chose it.
            if row := self._mine(db, id=id, **times).mappings().first():
                return row
        return None


def _oldest(rows: Select[Any], table: Table, most: int) -> Select[Any]:
    return rows.order_by(table.c.run_at).limit(most)  # as the index has them


def _free(table: Table, way: ColumnElement[bool]) -> Select[Any]:
    some = select(table.c.id, table.c.conversation).where(way)
    choice = _oldest(some, table, CHOICE).subquery()
    free = if_free(func.concat(f"{table.name} ", choice.c.conversation))
    return select(choice.c.id).where(free).limit(1)


def _nothing_before(table: Table, states: States) -> ColumnElement[bool]:
    earlier = table.alias("earlier")
    before = (earlier.c.conversation == table.c.conversation) & (earlier.c.id < table.c.id)
    held = or_(*(earlier.c.state == state for state in states.unfinished))
    return _none(select(earlier.c.id).where(before, held))


def _nobody_at_it(table: Table, states: States) -> ColumnElement[bool]:
    """Also not at what came later: a dead letter may come back while somebody is."""
    other = table.alias("other")
    same = (other.c.conversation == table.c.conversation) & (other.c.id != table.c.id)
    taken = or_(other.c.state == states.taken, other.c.state == (states.busy or states.taken))
    return _none(select(other.c.id).where(same, taken, ~over(other)))


def _none(rows: Select[Any]) -> ColumnElement[bool]:
    """Say that there is none; Postgres looks for each row in the index, and not through all first.

    It takes what has an offset as it is written; else it joins the whole table in.
    """
    return ~rows.offset(0).exists()


def over(
    table: FromClause, now: BindParameter[str] | str = NOW, far: BindParameter[str] | str = LATER
) -> ColumnElement[bool]:
    """Say which leases nobody holds, at these ``times`` or those that the statement is given."""
    until = table.c.lease_until
    return or_(until < now, until > far)


def take(
    db: Connection, table: Table, states: States, ids: list[int], now: datetime, worker: str
) -> None:
    """Give rows to a worker."""
    until = (now + LEASE).isoformat()
    for id in ids:
        _taken(table)(db, id=id, to=states.taken, until=until, by=worker)


@cache
def _taken(table: Table) -> Quick:
    given: dict[str, BindParameter[str]] = {
        "state": bindparam("to"),
        "lease_until": bindparam("until"),
        "worker": bindparam("by"),
    }
    mine = update(table).where(table.c.id == bindparam("id"))
    return Quick(mine.values(**given, attempts=table.c.attempts + 1))


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
