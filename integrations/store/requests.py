"""Requests about personal data: confirmed by a customer, decided by a person."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypedDict, TypeVar

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from integrations.store.links import linked
from integrations.store.missing import Missing
from integrations.store.reading import read_apart
from integrations.store.schema import conversations, handoffs
from integrations.store.vault_schema import privacy_requests
from tools.privacy.request import to_decide

OPEN, DONE, REJECTED = "open", "done", "rejected"
Result = TypeVar("Result")


class PrivacyRequest(TypedDict):
    """One request that waits."""

    number: int
    kind: str
    conversation: str
    contact: str  # whose data it is
    at: str


class SqlRequests:
    """The privacy requests of one database."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    async def ask(self, kind: str, conversation: str, key: str) -> int:
        """Keep a confirmed request and return its number; the same key again changes nothing."""
        row = {"kind": kind, "conversation": conversation, "turn": key, "state": OPEN, "why": ""}
        row |= {"asked_at": self._clock().isoformat(), "decided_at": "", "decided_by": ""}
        table, place = privacy_requests, conversations.c.id == conversation
        known = select(table.c.number).where(table.c.turn == key)
        whose = select(conversations.c.contact).where(place)

        def write(db: Connection) -> int:
            if db.execute(known).first() is None:
                contact = db.execute(whose).scalar() or conversation
                db.execute(insert(table).values(**row, contact=contact))
            return int(db.execute(known).scalar_one())

        return await self._write(write)

    async def theirs(self, conversation: str, contact: str) -> bool:
        """Say whether who writes there is whose conversation it is kept as, or the first to."""
        query = select(conversations.c.contact).where(conversations.c.id == conversation)
        kept = await read_apart(self._engine, lambda db: db.execute(query).scalar())
        return kept in (None, conversation, contact)

    async def waiting(self) -> list[PrivacyRequest]:
        """Return the open requests, oldest first."""
        table = privacy_requests
        query = (
            select(table, conversations.c.contact.label("now"))
            .outerjoin(conversations, conversations.c.id == table.c.conversation)
            .where(table.c.state == OPEN)
            .order_by(table.c.number)
        )
        return await read_apart(
            self._engine, lambda db: [_waiting(row) for row in db.execute(query)]
        )

    async def open(self, number: int) -> PrivacyRequest:
        """Return one open request."""
        for one in await self.waiting():
            if one["number"] == number:
                return one
        query = select(privacy_requests).where(privacy_requests.c.number == number)
        row = await read_apart(self._engine, lambda db: db.execute(query).first())
        if row is None:
            raise Missing(f"There is no request {number}; `quiethand requests` lists them.")
        raise Missing(f"Already {row.state} by {row.decided_by} at {row.decided_at[:16]}.")

    async def alike(self, contact: str) -> list[dict[str, Any]]:
        """Return all requests of a person, open or not, whether their conversation is there."""
        table = privacy_requests

        def read(db: Connection) -> list[dict[str, Any]]:
            person = linked(db, contact)
            theirs = select(conversations.c.id).where(conversations.c.contact.in_(person))
            mine = table.c.contact.in_(person) | table.c.conversation.in_(theirs)
            query = select(table).where(mine).order_by(table.c.number)
            return [dict(row) for row in db.execute(query).mappings()]

        return await read_apart(self._engine, read)

    async def close(self, number: int, state: str, by: str) -> None:
        """Close an open request; of two people at once the second is told."""
        table = privacy_requests
        still = (table.c.number == number) & (table.c.state == OPEN)
        done = update(table).where(still).values(self._decided(state, by))

        def write(db: Connection) -> int:
            closed = db.execute(done).rowcount
            if closed:
                _tell(db, number, state, by)
            return closed

        if not await self._write(write):
            await self.open(number)  # says who decided it

    async def erased(self, rows: Sequence[dict[str, Any]], by: str) -> None:
        """Keep that these were asked and settled, though the erasure took them; not by whom."""
        table, done = privacy_requests, self._decided(DONE, by)
        nobody = {"conversation": "", "contact": "", "why": ""}
        settled = [
            {**row, **(done if row["state"] == OPEN else {}), **nobody, "turn": f"-{row['number']}"}
            for row in rows
        ]

        def write(db: Connection) -> None:
            db.execute(delete(table).where(table.c.number.in_([row["number"] for row in rows])))
            db.execute(insert(table), settled)

        await self._write(write)

    async def because(self, number: int, why: str) -> None:
        """Keep what the customer was told."""
        mine = privacy_requests.c.number == number
        await self._write(
            lambda db: db.execute(update(privacy_requests).where(mine).values(why=why))
        )

    def _decided(self, state: str, by: str) -> dict[str, str]:
        return {"state": state, "decided_by": by, "decided_at": self._clock().isoformat()}

    async def _write(self, work: Callable[[Connection], Result]) -> Result:
        def inside() -> Result:
            with self._engine.begin() as db:
                return work(db)

        return await asyncio.to_thread(inside)


def _waiting(row: Row[Any]) -> PrivacyRequest:
    return PrivacyRequest(
        number=row.number,
        kind=row.kind,
        conversation=row.conversation,
        contact=row.now or row.contact,  # a conversation may learn later whose it is
        at=row.asked_at,
    )


def _tell(db: Connection, number: int, state: str, by: str) -> None:
    """Say in the handoff what came of it; the conversation stays with people until given back."""
    asked = select(privacy_requests).where(privacy_requests.c.number == number)
    row = db.execute(asked).one()
    back = f"quiethand handoffs back {row.conversation}"
    now = f"Privacy request {number} ({row.kind}) is {state} by {by}; then: {back}"
    note = func.replace(handoffs.c.note, to_decide(number, row.kind), now)
    db.execute(update(handoffs).where(handoffs.c.turn == row.turn).values(note=note))
