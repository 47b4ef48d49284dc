"""Arrivals as rows: stored before they are acknowledged, leased in order, done with their turn."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, true, update

from integrations.channels.contract import Arrival
from integrations.store import leasing
from integrations.store.arrivals import packed, unpacked
from integrations.store.leasing import States
from integrations.store.traffic_schema import addresses, inbox
from integrations.store.vault import Vault

STATES = States("ready", "leased")
TRIES = 6  # of one arrival, then it is a dead letter
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


class Inbox:
    """What came in and waits for its turn."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock

    def take(self, channel: str, account: str, arrivals: Sequence[Arrival], wait: float) -> int:
        """Store what is new, in one transaction; return how much of it was."""
        new = 0
        with self._engine.begin() as db:
            for arrival in arrivals:
                new += self._take(db, channel, account, arrival, wait)
        return new

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
            first = leasing.next_row(db, inbox, STATES, now, true())
            if first is None:
                return None
            rows = self._burst(db, first, now)
            leasing.take(db, inbox, STATES, [row["id"] for row in rows], now, worker)
            return Leased(
                ids=tuple(row["id"] for row in rows),
                channel=first["channel"],
                account=first["account"],
                conversation=first["conversation"],
                contact=first["contact"],
                arrivals=tuple(self._opened(db, row) for row in rows),
                attempts=max(row["attempts"] for row in rows) + 1,
            )

    def _put_off(self, db: Connection, place: str, now: datetime, due: datetime) -> None:
        """Let what was just said wait for what is being said, but not for ever."""
        young = (inbox.c.state == STATES.waiting) & (inbox.c.at >= (now - PATIENCE).isoformat())
        mine = (inbox.c.conversation == place) & (inbox.c.attempts == 0)
        db.execute(update(inbox).where(mine, young).values(run_at=due.isoformat()))

    def _burst(self, db: Connection, first: Any, now: datetime) -> list[Any]:
        """Return a row with those behind it that came in one go, when all are messages."""
        free = leasing.due(inbox, STATES, now) | (inbox.c.state == STATES.waiting)
        mine = (inbox.c.conversation == first["conversation"]) & (inbox.c.id >= first["id"])
        query = select(inbox).where(mine, free).order_by(inbox.c.id)
        rows = list(db.execute(query.limit(BURST)).mappings())
        kinds = [self._opened(db, row).happened for row in rows]
        together = next((at for at, kind in enumerate(kinds) if kind != "message"), len(rows))
        return rows[: max(1, together)]

    def _opened(self, db: Connection, row: Any) -> Arrival:
        about = ("arrival", row["conversation"])
        return unpacked(self._vault.unsealed(db, row["contact"], row["sealed"], *about))

    def hold(self, leased: Leased, worker: str) -> bool:
        """Keep the lease alive; say whether it is still ours."""
        with self._engine.begin() as db:
            held = leasing.hold(db, inbox, STATES, list(leased.ids), self._clock(), worker)
        return held == len(leased.ids)

    def done(self, leased: Leased) -> None:
        """Close arrivals that no turn came of."""
        with self._engine.begin() as db:
            close(db, leased.ids)

    def failed(self, leased: Leased, error: str) -> None:
        """Try again later, or leave it to a person as a dead letter."""
        dead = leased.attempts >= TRIES
        later = self._clock() + leasing.wait_before(leased.attempts, None, random.random())
        values = {"state": "dead" if dead else "ready", "run_at": later.isoformat()}
        with self._engine.begin() as db:
            mine = inbox.c.id.in_(leased.ids)
            db.execute(update(inbox).where(mine).values(**values, error=error[:500], worker=""))

    def _address(
        self, db: Connection, channel: str, account: str, arrival: Arrival, place: str, contact: str
    ) -> None:
        """Remember where to answer, and when the person was last heard."""
        heard = {}
        if arrival.happened == "message":
            heard = {"last_heard": arrival.at.isoformat(), "last_external": arrival.external}
        known = addresses.c.conversation == place
        if db.execute(select(addresses.c.conversation).where(known)).first():
            if heard:
                db.execute(update(addresses).where(known).values(heard))
            return
        sealed = self._vault.sealed(db, contact, arrival.conversation.encode(), "address", place)
        row = {"conversation": place, "contact": contact, "channel": channel, "account": account}
        row = row | {"last_heard": "", "last_external": "", **heard}
        db.execute(insert(addresses).values(**row, sealed=sealed))

    def name(self, channel: str, account: str, foreign: str) -> str:
        """Name a conversation or a contact of a platform in a way that only we can tell."""
        return f"{channel}-{self._vault.digest('|'.join((channel, account, foreign)))[:20]}"


def close(db: Connection, ids: Sequence[int]) -> int:
    """Mark arrivals as done and forget what they said; return how many were still leased."""
    mine = inbox.c.id.in_(ids) & (inbox.c.state == STATES.taken)
    return db.execute(update(inbox).where(mine).values(state="done", sealed=b"", error="")).rowcount
