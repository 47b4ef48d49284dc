"""What is due later in a conversation: rows that the scheduler leases when their time has come."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select, update

from integrations.store import leasing
from integrations.store.leasing import States
from integrations.store.missing import Missing
from integrations.store.quick import Quick
from integrations.store.reading import reading
from integrations.store.retrying import wait_before
from integrations.store.running_schema import timers
from integrations.store.schema import handoffs

Kind = Literal["snooze", "hand_back", "first_answer", "rating", "draft_due"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STATES = States("ready", "leased")
LISTED = (*STATES.unfinished, "dead")
TRIES = 6  # at one timer, then a person has to look
STOPS = 12  # schedulers that stopped while they had it
MOST = 5_000


@dataclass(frozen=True)
class Timer:
    """One of them."""

    id: int
    conversation: str
    kind: str
    state: str
    run_at: str
    by: str
    why: str
    at: str
    attempts: int
    worker: str
    error: str


class Timers:
    """The timers of one database, as the scheduler and people see them."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def lease(self, worker: str) -> Timer | None:
        """Give a worker the timer that is due for longest; each stands for itself."""
        now = self._clock()
        with reading(self._engine) as db:  # most of the time nothing is due
            if _DUE(db, **leasing.times(now)).first() is None:
                return None
        with self._engine.begin() as db:
            while row := _DUE_AND_FREE(db, **leasing.times(now)).first():
                number, attempts = row
                if attempts >= STOPS:
                    why = f"{STOPS} schedulers stopped while they had it"
                    _set(db, timers.c.id == number, state="dead", error=why)
                    continue
                leasing.take(db, timers, STATES, [number], now, worker)
                mine = select(*_COLUMNS).where(timers.c.id == number)
                return _timer(db.execute(mine).one())
        return None

    def hold(self, timer: Timer) -> bool:
        """Keep the lease alive; say whether it is still ours."""
        with self._engine.begin() as db:
            return bool(leasing.hold(db, timers, STATES, [timer.id], self._clock(), timer.worker))

    def done(self, timer: Timer) -> bool:
        """Close a timer and write down what it means; say no when it is not due any more."""
        with self._engine.begin() as db:
            return bool(close(db, timer.id, self._clock()))

    def drop(self, timer: Timer, why: str) -> None:
        """Close a timer that has lost its reason."""
        self._give_up(timer, state="cancelled", error=why)

    def failed(self, timer: Timer, error: str) -> str:
        """Try again later, or leave it to a person; return the new state."""
        state = "dead" if timer.attempts >= TRIES else STATES.waiting
        wait = wait_before(timer.attempts, None, random.random())
        due = (self._clock() + wait).isoformat()
        self._give_up(timer, state=state, run_at=due, error=error[:500])
        return state

    def release(self, timer: Timer) -> None:
        """Let another have at once what we did not come to."""
        self._give_up(timer, state=STATES.waiting, attempts=timer.attempts - 1)

    def waiting(self) -> list[Timer]:
        """Return what is not done, the next first."""
        query = select(*_COLUMNS).where(timers.c.state.in_(LISTED))
        query = query.order_by(timers.c.run_at, timers.c.id).limit(MOST)
        with reading(self._engine) as db:
            return [_timer(row) for row in db.execute(query)]

    def retry(self, number: int) -> None:
        """Let one that failed too often be tried again, from the start."""
        mine = (timers.c.id == number) & (timers.c.state == "dead")
        fresh = {"state": STATES.waiting, "attempts": 0, "run_at": self._clock().isoformat()}
        with self._engine.begin() as db:
            if not _set(db, mine, **fresh):
                raise Missing(f"Timer {number} has not failed; `quiethand timers` lists them.")

    def _give_up(self, timer: Timer, **values: Any) -> None:
        with self._engine.begin() as db:
            _set(db, leasing.held(timers, STATES, [timer.id], timer.worker), **values)


def set_timer(
    db: Connection, conversation: str, kind: Kind, due: datetime, now: datetime, by: str, why: str
) -> None:
    """Set a timer, or set the one of its kind that waits already to another time."""
    mine = _open(conversation, (kind,))
    said = {"run_at": due.isoformat(), "by": by, "why": why, "at": now.isoformat()}
    fresh = {"state": STATES.waiting, "attempts": 0, "error": ""}
    if not _set(db, mine, **said, **fresh):
        row = {"conversation": conversation, "kind": kind, "worker": "", "lease_until": ""}
        db.execute(insert(timers).values(**row, **said, **fresh))


def due_at(db: Connection, conversation: str, kind: Kind) -> datetime | None:
    """Return when the timer of a kind is due, if one waits."""
    found = db.scalar(select(timers.c.run_at).where(_open(conversation, (kind,))).limit(1))
    return datetime.fromisoformat(found) if found else None


def cancel(db: Connection, conversation: str, kinds: Sequence[Kind], why: str) -> int:
    """Close timers whose reason is gone; return how many."""
    return _set(db, _open(conversation, kinds), state="cancelled", error=why)


def close(db: Connection, number: int, now: datetime) -> str:
    """Close a timer that somebody leased, and return its kind; nothing when nobody has it.

    A first answer that did not come is overdue from now.
    """
    mine = (timers.c.id == number) & (timers.c.state == STATES.taken)
    if not _set(db, mine, state="done", error=""):
        return ""
    query = select(timers.c.conversation, timers.c.kind).where(timers.c.id == number)
    conversation, kind = db.execute(query).one()
    if kind == "first_answer":
        waits = _unanswered(handoffs.c.conversation == conversation, handoffs.c.overdue_at == "")
        db.execute(update(handoffs).where(waits).values(overdue_at=now.isoformat()))
    return str(kind)


def answered(db: Connection, conversation: str, now: datetime) -> None:
    """Write down that a person answered what was handed to them."""
    waits = _unanswered(handoffs.c.conversation == conversation)
    db.execute(update(handoffs).where(waits).values(answered_at=now.isoformat()))


def given_back(db: Connection, conversation: str, turn: str, now: datetime) -> None:
    """Close what was handed to people before this turn."""
    mine = (handoffs.c.conversation == conversation) & (handoffs.c.turn != turn)
    before = update(handoffs).where(mine, handoffs.c.closed_at == "")
    db.execute(before.values(closed_at=now.isoformat()))


def overdue(db: Connection) -> int:
    """Count the handoffs that nobody answered in time, and nobody has since."""
    late = _unanswered(handoffs.c.overdue_at != "")
    return int(db.scalar(select(func.count()).select_from(handoffs).where(late)) or 0)


def _unanswered(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    found = (handoffs.c.closed_at == "") & (handoffs.c.answered_at == "")
    for one in more:
        found &= one
    return found


def _open(conversation: str, kinds: Sequence[Kind]) -> ColumnElement[bool]:
    mine = (timers.c.conversation == conversation) & timers.c.kind.in_(kinds)
    return mine & timers.c.state.in_(STATES.unfinished)


def _set(db: Connection, where: ColumnElement[bool], **values: Any) -> int:
    free = {"worker": "", "lease_until": ""}
    return db.execute(update(timers).where(where).values({**values, **free})).rowcount


_FIRST = (
    select(timers.c.id, timers.c.attempts)
    .where(
        ((timers.c.state == STATES.waiting) & (timers.c.run_at <= leasing.NOW))
        | ((timers.c.state == STATES.taken) & leasing.over(timers))
    )
    .order_by(timers.c.run_at, timers.c.id)
    .limit(1)
)
_DUE, _DUE_AND_FREE = Quick(_FIRST), Quick(_FIRST.with_for_update(skip_locked=True))
_COLUMNS = [timers.c[field.name] for field in fields(Timer)]


def _timer(row: Any) -> Timer:
    return Timer(**row._mapping)
