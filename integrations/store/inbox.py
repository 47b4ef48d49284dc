"""Arrivals as rows: stored before they are acknowledged, leased in order, done with their turn."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError

from integrations.channels.contract import Arrival
from integrations.store import leasing
from integrations.store.arrivals import unpacked
from integrations.store.database import StoreError
from integrations.store.quick import Quick
from integrations.store.reading import read
from integrations.store.retrying import wait_before
from integrations.store.scribe import scribe_of
from integrations.store.taking import STATES as STATES
from integrations.store.taking import Door
from integrations.store.traffic_schema import inbox
from integrations.store.trouble import lost_race
from integrations.store.vault import Vault

TRIES = 6  # of one arrival, then it is a dead letter
TOGETHER = 3  # times that messages are read as one although workers stopped
STOPS = 12  # workers that stopped while they had it; it may be what stops them
RACES = 3  # with another process that stores the same
BURST = 20  # messages read as one
Rows = list[tuple[Any, Arrival]]


@dataclass(frozen=True)
class Leased:
    """The arrivals of one conversation that a worker has to itself, oldest first."""

    ids: tuple[int, ...]
    channel: str
    account: str
    conversation: str
    contact: str
    arrivals: tuple[Arrival, ...]
    attempts: int
    worker: str


class Inbox:
    """What came in and waits for its turn."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._write, self._soon = scribe_of(engine).write, scribe_of(engine).soon
        self._door = Door(vault, clock)

    async def take(
        self, channel: str, account: str, arrivals: Sequence[Arrival], wait: float
    ) -> int:
        """Store what is new, in one transaction; return how much of it was."""
        given = (channel, account, arrivals)
        names = self._door.names(*given)

        def take(db: Connection) -> int:
            return self._door.take(db, *given, wait)

        for race in range(RACES):
            try:
                return await self._soon(take, names)
            except SQLAlchemyError as error:
                if not lost_race(error) or race == RACES - 1:
                    raise StoreError(f"nothing is stored ({type(error).__name__})") from error
        return 0

    def name(self, channel: str, account: str, foreign: str) -> str:
        """Name a conversation or a contact of a platform in a way that only we can tell."""
        return self._door.name(channel, account, foreign)

    async def lease(self, worker: str) -> Leased | None:
        """Give a worker the oldest arrivals of a conversation that nobody works on."""
        return await self._soon(lambda db: self._lease(db, worker, self._clock()), lasting=False)

    def _lease(self, db: Connection, worker: str, now: datetime) -> Leased | None:
        while first := leasing.next_row(db, inbox, STATES, now):
            if first["attempts"] >= STOPS:
                _bury(db, first["id"], f"{STOPS} workers stopped while they had it")
                continue
            try:
                arrival = self._opened(db, first)
            except StoreError as error:
                _bury(db, first["id"], str(error))
                continue
            rows = _given([(first, arrival), *self._behind(db, first, arrival, now)], now)
            leasing.take(db, inbox, STATES, [row["id"] for row, _ in rows], now, worker)
            _QUEUED(db, conversation=first["conversation"], now=now.isoformat())
            return _leased(rows, worker)
        return None

    def _behind(self, db: Connection, first: Any, arrival: Arrival, now: datetime) -> Rows:
        """Return the rows that the same person wrote in one go with this one."""
        found: Rows = []
        if arrival.happened != "message":
            return found
        behind = {"conversation": first["conversation"], "id": first["id"], **leasing.times(now)}
        for row in _BEHIND(db, **behind).mappings().all():
            if row["contact"] != first["contact"] or bool(row["error"]) != bool(first["error"]):
                break
            with suppress(StoreError):
                arrival = self._opened(db, row)
                if arrival.happened == "message":
                    found.append((row, arrival))
                    continue
            break
        return found

    def _opened(self, db: Connection, row: Any) -> Arrival:
        about = ("arrival", row["conversation"])
        return unpacked(self._vault.unsealed(db, row["contact"], row["sealed"], *about))

    def hold(self, leased: Leased) -> bool:
        """Keep the lease alive; say whether it is still ours."""
        ids = list(leased.ids)
        held = self._write(
            lambda db: leasing.hold(db, inbox, STATES, ids, self._clock(), leased.worker)
        )
        return held == len(leased.ids)

    async def done(self, leased: Leased) -> None:
        """Close arrivals that no turn came of; most were closed with their turn."""
        if await read(self._engine, lambda db: _are_open(db, leased.ids)):
            await self._soon(lambda db: close(db, leased.ids))

    def failed(self, leased: Leased, error: str) -> None:
        """Try again later, or leave it to a person as a dead letter."""
        state = "dead" if leased.attempts >= TRIES else STATES.waiting
        wait = wait_before(leased.attempts, None, random.random())
        self._give_up(leased, state=state, run_at=(self._clock() + wait).isoformat(), error=error)

    def release(self, leased: Leased) -> None:
        """Let another worker have at once what we did not come to."""
        tries = inbox.c.attempts - 1
        self._give_up(
            leased, state=STATES.waiting, run_at=self._clock().isoformat(), attempts=tries
        )

    def _give_up(self, leased: Leased, **values: Any) -> None:
        mine = leasing.held(inbox, STATES, list(leased.ids), leased.worker)
        given = update(inbox).where(mine).values(**values, worker="", lease_until="")
        self._write(lambda db: db.execute(given))


def close(db: Connection, ids: Sequence[int]) -> int:
    """Mark arrivals as done and forget what they said; return how many were still leased."""
    return sum(_DONE(db, id=id).rowcount for id in ids)


def _are_open(db: Connection, ids: Sequence[int]) -> bool:
    return any(_STATE(db, id=id).scalar() == STATES.taken for id in ids)


_STATE = Quick(select(inbox.c.state).where(inbox.c.id == bindparam("id")))
_BEHIND = Quick(
    select(inbox)
    .where(inbox.c.conversation == bindparam("conversation"), inbox.c.id > bindparam("id"))
    .where(
        (inbox.c.state == STATES.waiting) | ((inbox.c.state == STATES.taken) & leasing.over(inbox))
    )
    .order_by(inbox.c.id)
    .limit(BURST - 1)
)
# What else they wrote goes behind everybody who waits now.
_QUEUED = Quick(
    update(inbox)
    .where(inbox.c.conversation == bindparam("conversation"), inbox.c.state == STATES.waiting)
    .where(inbox.c.run_at < bindparam("now"))
    .values(run_at=bindparam("now"))
)
_DONE = Quick(
    update(inbox)
    .where(inbox.c.id == bindparam("id"), inbox.c.state == STATES.taken)
    .values(state="done", sealed=b"", error="")
)


def _given(rows: Rows, now: datetime) -> Rows:
    """Return what to read as one; what failed, or may stop workers, only what was written first."""
    if not rows[0][0]["error"] and all(row["attempts"] < TOGETHER for row, _ in rows):
        return rows
    due = [one for one in rows if one is rows[0] or one[0]["run_at"] <= now.isoformat()]
    return [min(due, key=lambda one: one[1].at)]


def _leased(rows: Rows, worker: str) -> Leased:
    first = rows[0][0]
    return Leased(
        ids=tuple(row["id"] for row, _ in rows),
        channel=first["channel"],
        account=first["account"],
        conversation=first["conversation"],
        contact=first["contact"],
        arrivals=tuple(arrival for _, arrival in rows),
        attempts=first["attempts"] + 1,
        worker=worker,
    )


def _bury(db: Connection, id: int, why: str) -> None:
    """Leave to a person what would hold up everybody else."""
    db.execute(update(inbox).where(inbox.c.id == id).values(state="dead", error=why, worker=""))
