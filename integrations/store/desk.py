"""What people look at: waiting drafts, handoffs, ideas, what is to be sent, and why."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Connection, Engine, Row, func, select, update

from agents.state import Turn
from integrations.store.held import Held, held
from integrations.store.reading import read_apart
from integrations.store.review_schema import decisions
from integrations.store.schema import drafts, handoffs, ideas, lines, outbox, revisions, turns
from tools.team.queue import Waiting

MOST = 5_000


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


class SqlDesk:
    """The reading side of one database, and marking what was sent."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now) -> None:
        self._engine, self._clock = engine, clock

    async def open_drafts(self) -> list[Waiting]:
        """Return the drafts that wait, oldest first; those that are put away not."""
        same = (revisions.c.draft == drafts.c.id) & (revisions.c.number == drafts.c.revision)
        query = (
            select(drafts, revisions.c.answer)
            .join(revisions, same)
            .where(drafts.c.status == "open", drafts.c.snoozed_until <= self._clock().isoformat())
            .order_by(drafts.c.id)
            .limit(MOST)
        )
        return await read_apart(
            self._engine, lambda db: [_waiting_draft(row) for row in db.execute(query)]
        )

    async def open_handoffs(self) -> list[Waiting]:
        """Return the conversations that people have, as the team's queue shows them."""
        return [
            Waiting(id=one["id"], revision=1, text=one["text"], about=one["about"], at=one["at"])
            for one in await self.held()
        ]

    async def held(self) -> list[Held]:
        """Return the conversations that people have: overdue ones first, put away ones not."""
        now = self._clock()
        return await read_apart(self._engine, lambda db: held(db, now, MOST))

    async def latest_ideas(self) -> list[Waiting]:
        """Return customers' ideas, newest first."""
        query = select(ideas).order_by(ideas.c.id.desc()).limit(20)
        return await read_apart(
            self._engine,
            lambda db: [
                Waiting(id=row.id, revision=1, text=row.text, about="", at=row.at)
                for row in db.execute(query)
            ],
        )

    async def draft(self, number: int) -> dict[str, Any] | None:
        """Return a draft with all its revisions, decided or not."""

        def read(db: Connection) -> dict[str, Any] | None:
            row = db.execute(select(drafts).where(drafts.c.id == number)).mappings().first()
            if row is None:
                return None
            mine = select(revisions).where(revisions.c.draft == number).order_by(revisions.c.number)
            did = select(decisions).where(decisions.c.draft == number).order_by(decisions.c.id)
            found = {"revisions": mine, "decisions": did}
            return dict(row) | {
                name: [dict(r) for r in db.execute(query).mappings()]
                for name, query in found.items()
            }

        return await read_apart(self._engine, read)

    async def unsent(self, conversation: str) -> list[tuple[int, str]]:
        """Return what is to be said in a conversation and has not been."""
        mine = (outbox.c.conversation == conversation) & (outbox.c.state == "ready")
        query = select(outbox.c.id, outbox.c.text).where(mine).order_by(outbox.c.id)
        return await read_apart(
            self._engine, lambda db: [(row.id, row.text) for row in db.execute(query)]
        )

    async def sent(self, ids: list[int]) -> None:
        """Mark messages as said."""
        await self._mark(ids, "sent")

    async def blocked(self, ids: list[int]) -> None:
        """Mark messages that nobody may send before a person looked."""
        await self._mark(ids, "blocked")

    async def _mark(self, ids: list[int], state: str) -> None:
        mine = outbox.c.id.in_(ids) & (outbox.c.state == "ready")

        def write() -> None:
            with self._engine.begin() as db:
                db.execute(update(outbox).where(mine).values(state=state))

        await asyncio.to_thread(write)

    async def turn(self, id: str) -> Turn | None:
        """Return the record of a turn."""
        query = select(turns.c.record).where(turns.c.id == id)
        return await read_apart(
            self._engine, lambda db: cast(Turn | None, db.execute(query).scalar())
        )

    async def counts(self) -> dict[str, int]:
        """Count what is kept."""
        tables = (turns, lines, drafts, handoffs, outbox, ideas)
        return await read_apart(
            self._engine,
            lambda db: {
                t.name: db.execute(select(func.count()).select_from(t)).scalar_one() for t in tables
            },
        )


def _waiting_draft(row: Row[Any]) -> Waiting:
    return Waiting(
        id=row.id,
        revision=row.revision,
        text=row.answer["text"],
        about=row.message["text"],
        at=row.created_at,
    )
