"""What is left for people: questions nobody could answer, and promises to keep."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import Connection, Engine, select, update

from integrations.store.episodes import PLAYGROUND
from integrations.store.reading import read_apart
from integrations.store.records import Missing
from integrations.store.schema import gaps, lines, tasks, turns


@dataclass(frozen=True)
class Gap:
    """A question that we could not answer."""

    id: int
    conversation: str
    question: str
    doubts: list[str]
    at: str


class Task(TypedDict):
    """A promise that a person has to keep."""

    id: int
    conversation: str
    text: str
    at: str


class SqlTodo:
    """The gaps and tasks of one database."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    async def gaps(self) -> list[Gap]:
        """Return the open gaps, oldest first."""
        tried_out = gaps.c.conversation.startswith(PLAYGROUND)
        query = select(gaps).where(gaps.c.closed_at == "", ~tried_out).order_by(gaps.c.id)

        def read(db: Connection) -> list[Gap]:
            rows = db.execute(query)
            return [Gap(r.id, r.conversation, r.question, r.doubts, r.at) for r in rows]

        return await read_apart(self._engine, read)

    async def close(self, ids: Sequence[int], document: str) -> None:
        """Close gaps: a document answers them now, or somebody decided that none shall."""
        done = {"closed_at": self._clock().isoformat(), "document": document}
        await self._write(update(gaps).where(gaps.c.id.in_(ids), gaps.c.closed_at == ""), done)

    async def answered(self, found: Sequence[Gap]) -> list[str]:
        """Return what colleagues wrote by hand after these questions, oldest first."""
        first = {gap.conversation: gap.at for gap in reversed(found)}
        query = (
            select(lines.c.conversation, lines.c.text, lines.c.at)
            .join(turns, turns.c.id == lines.c.turn)
            .where(lines.c.conversation.in_(list(first)))
            .where(
                (lines.c.who == "person")
                | ((turns.c.kind == "decision") & (lines.c.who == "agent"))
            )
            .order_by(lines.c.id)
        )

        def read(db: Connection) -> list[str]:
            rows = db.execute(query)
            return [row.text for row in rows if row.at >= first[row.conversation]]

        return list(dict.fromkeys(await read_apart(self._engine, read)))

    async def tasks(self) -> list[Task]:
        """Return the promises that wait, oldest first."""
        query = select(tasks).where(tasks.c.done_at == "").order_by(tasks.c.id)

        def read(db: Connection) -> list[Task]:
            return [
                Task(id=r.id, conversation=r.conversation, text=r.text, at=r.at)
                for r in db.execute(query)
            ]

        return await read_apart(self._engine, read)

    async def done(self, task: int, by: str) -> None:
        """Tick a promise off."""
        done = {"done_at": self._clock().isoformat(), "done_by": by}
        where = (tasks.c.id == task) & (tasks.c.done_at == "")
        if not await self._write(update(tasks).where(where), done):
            raise Missing(f"There is no open task {task}; `quiethand tasks` lists them.")

    async def _write(self, statement: Any, values: dict[str, Any]) -> int:
        def inside() -> int:
            with self._engine.begin() as db:
                return int(db.execute(statement.values(values)).rowcount)

        return await asyncio.to_thread(inside)
