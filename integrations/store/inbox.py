"""Arrivals as rows: stored before they are acknowledged, leased in order, done with their turn."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, true, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from integrations.channels.contract import Arrival
from integrations.store import leasing
from integrations.store.arrivals import packed, unpacked
from integrations.store.database import StoreError
from integrations.store.leasing import States
from integrations.store.traffic_schema import addresses, inbox
from integrations.store.vault import Vault

STATES = States("ready", "leased")
TRIES = 6  # of one arrival, then it is a dead letter
STOPS = 12  # workers that stopped while they had it; it may be what stops them
RACES = 3  # with another process that stores the same
BURST = 20  # messages read as one
PATIENCE = timedelta(seconds=8)  # with somebody who goes on writing


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

    def take(self, channel: str, account: str, arrivals: Sequence[Arrival], wait: float) -> int:
        """Store what is new, in one transaction; return how much of it was."""
        for race in range(RACES):
            try:
                with self._engine.begin() as db:
                    return sum(self._take(db, channel, account, one, wait) for one in arrivals)
            except SQLAlchemyError as error:
                if not isinstance(error, IntegrityError) or race == RACES - 1:
                    raise StoreError(f"nothing is stored ({type(error).__name__})") from error
        return 0

    def _take(
        self, db: Connection, channel: str, account: str, arrival: Arrival, wait: float
    ) -> int:
        known = (
            (inbox.c.channel == channel)
            & (inbox.c.account == account)
            & (inbox.c.external == arrival.external)
        )
        if db.execute(select(inbox.c.id).where(known)).first():
            return 0
        now = self._clock()
        place = self.name(channel, account, arrival.conversation)
        contact = self.name(channel, account, arrival.contact or arrival.conversation)
        self._address(db, channel, account, arrival, place, contact)
        sealed = self._vault.sealed(db, contact, packed(arrival), "arrival", place)
        row = {"channel": channel, "account": account, "external": arrival.external}
        due = now + timedelta(seconds=wait if arrival.happened == "message" else 0)
        if arrival.happened == "message":
            self._put_off(db, place, now, due)
        db.execute(
            insert(inbox).values(
                **row,
                conversation=place,
                contact=contact,
                sealed=sealed,
                state="ready",
                run_at=due.isoformat(),
                lease_until="",
                worker="",
                attempts=0,
                error="",
                at=now.isoformat(),
            )
        )
        return 1

    def lease(self, worker: str) -> Leased | None:
        """Give a worker the oldest arrivals of a conversation that nobody works on."""
        now = self._clock()
        with self._engine.begin() as db:
            while first := leasing.next_row(db, inbox, STATES, now, true()):
                if first["attempts"] >= STOPS:
                    _bury(db, first["id"], f"{STOPS} workers stopped while they had it")
                    continue
                try:
                    arrival = self._opened(db, first)
                except StoreError as error:
                    _bury(db, first["id"], str(error))
                    continue
                rows = [(first, arrival), *self._behind(db, first, arrival)]
                leasing.take(db, inbox, STATES, [row["id"] for row, _ in rows], now, worker)
                return _leased(rows, worker)
        return None

    def _put_off(self, db: Connection, place: str, now: datetime, due: datetime) -> None:
        """Let what was just said wait for what is being said, but not for ever."""
        young = (inbox.c.state == STATES.waiting) & (inbox.c.at >= (now - PATIENCE).isoformat())
        mine = (inbox.c.conversation == place) & (inbox.c.attempts == 0)
        db.execute(update(inbox).where(mine, young).values(run_at=due.isoformat()))

    def _behind(self, db: Connection, first: Any, arrival: Arrival) -> list[tuple[Any, Arrival]]:
        """Return the rows that the same person wrote in one go with this one."""
        found: list[tuple[Any, Arrival]] = []
        if arrival.happened != "message" or first["attempts"]:  # what failed is tried alone
            return found
        behind = (inbox.c.conversation == first["conversation"]) & (inbox.c.id > first["id"])
        query = select(inbox).where(behind, inbox.c.state == STATES.waiting).order_by(inbox.c.id)
        for row in db.execute(query.limit(BURST - 1)).mappings():
            if row["contact"] != first["contact"] or row["attempts"]:
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
        with self._engine.begin() as db:
            held = leasing.hold(db, inbox, STATES, ids, self._clock(), leased.worker)
        return held == len(leased.ids)

    def done(self, leased: Leased) -> None:
        """Close arrivals that no turn came of."""
        with self._engine.begin() as db:
            close(db, leased.ids)

    def failed(self, leased: Leased, error: str) -> None:
        """Try again later, or leave it to a person as a dead letter."""
        state = "dead" if leased.attempts >= TRIES else STATES.waiting
        wait = leasing.wait_before(leased.attempts, None, random.random())
        self._give_up(leased, state=state, run_at=(self._clock() + wait).isoformat(), error=error)

    def release(self, leased: Leased) -> None:
        """Let another worker have at once what we did not come to."""
        tries = inbox.c.attempts - 1
        self._give_up(
            leased, state=STATES.waiting, run_at=self._clock().isoformat(), attempts=tries
        )

    def _give_up(self, leased: Leased, **values: Any) -> None:
        mine = leasing.held(inbox, STATES, list(leased.ids), leased.worker)
        with self._engine.begin() as db:
            db.execute(update(inbox).where(mine).values(**values, worker="", lease_until=""))

    def _address(
        self, db: Connection, channel: str, account: str, arrival: Arrival, place: str, contact: str
    ) -> None:
        """Remember where to answer, and when the person was last heard."""
        heard = {}
        if arrival.happened == "message":
            heard = {"last_heard": arrival.at.isoformat(), "last_external": arrival.external}
        known = addresses.c.conversation == place
        sealed = self._vault.sealed(db, contact, arrival.conversation.encode(), "address", place)
        row = {"contact": contact, "sealed": sealed}  # under the key that the contact has now
        if db.execute(update(addresses).where(known).values(row)).rowcount:
            newer = addresses.c.last_heard < heard.get("last_heard", "")
            db.execute(update(addresses).where(known, newer).values(heard or row))
            return
        row |= {"conversation": place, "channel": channel, "account": account}
        db.execute(
            insert(addresses).values({**row, "last_heard": "", "last_external": "", **heard})
        )

    def name(self, channel: str, account: str, foreign: str) -> str:
        """Name a conversation or a contact of a platform in a way that only we can tell."""
        return f"{channel}-{self._vault.digest('|'.join((channel, account, foreign)))[:20]}"


def close(db: Connection, ids: Sequence[int]) -> int:
    """Mark arrivals as done and forget what they said; return how many were still leased."""
    mine = inbox.c.id.in_(ids) & (inbox.c.state == STATES.taken)
    return db.execute(update(inbox).where(mine).values(state="done", sealed=b"", error="")).rowcount


def _leased(rows: Sequence[tuple[Any, Arrival]], worker: str) -> Leased:
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
