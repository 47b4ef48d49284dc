"""Tell every open page what changed: at once in this process, within a blink from another one.

What is told is read from the rows, so it is the same whoever wrote them: this console, another
one, Slack or the terminal. Nobody looks while nobody watches.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypedDict

from sqlalchemy import Connection, Engine, Select, bindparam, func, select
from sqlalchemy.exc import SQLAlchemyError

from integrations.store.alone import is_postgres
from integrations.store.quick import Quick
from integrations.store.reading import reading
from integrations.store.review_schema import audit, decisions, notes
from integrations.store.schema import drafts, handoffs, lines

log = logging.getLogger(__name__)
PAUSE = 0.15  # seconds between looks at the rows
LATE = 20  # numbers behind the newest that another transaction may still bring, on Postgres
MOST = 200  # rows of one look, and events that a page leaves unread
HERE = "here"  # the first event: from here on everything is told
MUCH = "much"  # an event in place of many
TABLES = {
    "decision": select(decisions.c.id, decisions.c.draft.label("what"), decisions.c.by),
    "draft": select(drafts.c.id, drafts.c.id.label("what")),
    "handoff": select(handoffs.c.id, handoffs.c.conversation.label("what")),
    "line": select(lines.c.id, lines.c.conversation.label("what")),
    "note": select(notes.c.id, notes.c.conversation.label("what"), notes.c.by),
    "audit": select(audit.c.id, audit.c.what, audit.c.who.label("by")),
}


class Told(TypedDict):
    """That something changed; never what it says."""

    kind: str
    id: str  # of a draft or a conversation, or what an entry of the audit log names
    by: str


def _new(query: Select[Any]) -> Quick:
    id = query.selected_columns[0]
    return Quick(query.where(id > bindparam("floor")).order_by(id).limit(MOST))


_NEW = {kind: _new(query) for kind, query in TABLES.items()}
_HIGHEST = Quick(
    select(
        *(
            select(func.max(query.selected_columns[0])).scalar_subquery().label(kind)
            for kind, query in TABLES.items()
        )
    )
)


@dataclass
class _Seen:
    high: int = 0
    known: set[int] = field(default_factory=set)


class Feed:
    """What changes in one database."""

    def __init__(self, engine: Engine, pause: float = PAUSE) -> None:
        self._engine, self._pause = engine, pause
        self._watchers: set[asyncio.Queue[Told]] = set()
        self._rung = asyncio.Event()
        self._late = LATE if is_postgres(engine) else 0
        self._seen: dict[str, _Seen] = {}
        self._begun: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None

    def tell(self, kind: str, id: str, by: str = "") -> None:
        """Tell it now; what has rows is read from them, at once."""
        if kind in TABLES:
            self._rung.set()
        else:
            self._deliver([Told(kind=kind, id=id, by=by)])

    def mark(self) -> str:
        """Return a little that changes whenever anything does."""
        with reading(self._engine) as db:
            return "-".join(str(number) for number in self._highest(db).values())

    async def watch(self) -> AsyncGenerator[Told]:
        """Yield where we are, then what changes."""
        with self.listening() as told:
            yield await self.here()
            while True:
                yield await told.get()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Told]]:
        """Put what changes into a queue for as long as it is read."""
        told: asyncio.Queue[Told] = asyncio.Queue(MOST)
        self._watchers.add(told)
        if self._begun is None:
            self._begun = asyncio.create_task(self._begin())
        try:
            yield told
        finally:
            self._watchers.discard(told)
            if not self._watchers:
                self._end()

    async def here(self) -> Told:
        """Return where we are, once everything after it is told to whoever listens."""
        if self._begun:
            await asyncio.shield(self._begun)
        return Told(kind=HERE, id=await asyncio.to_thread(self.mark), by="")

    async def _begin(self) -> None:
        await asyncio.to_thread(self._start_here)
        self._looking = asyncio.create_task(self._look())

    def _end(self) -> None:
        for task in (self._begun, self._looking):
            if task:
                task.cancel()
        self._begun = self._looking = None

    async def _look(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._rung.wait(), self._pause)
            self._rung.clear()
            try:
                self._deliver(await asyncio.to_thread(self._news))
            except SQLAlchemyError as error:  # it may come back; pages wait as long
                log.warning("%s", type(error).__name__, extra={"action": "feed_failed"})
                await asyncio.sleep(1)

    def _deliver(self, news: Iterable[Told]) -> None:
        for one in news:
            for told in self._watchers:
                if told.full():
                    while not told.empty():
                        told.get_nowait()
                    told.put_nowait(Told(kind=MUCH, id="", by=""))
                told.put_nowait(one)

    def _start_here(self) -> None:
        with reading(self._engine) as db:
            highest = self._highest(db)
            self._seen = {kind: _Seen(high) for kind, high in highest.items()}
            for kind in TABLES if self._late else ():
                self._new_of(db, kind)

    def _highest(self, db: Connection) -> dict[str, int]:
        row = _HIGHEST(db).mappings().one()
        return {kind: row[kind] or 0 for kind in TABLES}

    def _news(self) -> list[Told]:
        with reading(self._engine) as db:
            return [one for kind in TABLES for one in self._new_of(db, kind)]

    def _new_of(self, db: Connection, kind: str) -> list[Told]:
        seen = self._seen[kind]
        rows = _NEW[kind](db, floor=seen.high - self._late).mappings().all()
        if len(rows) == MOST:  # nobody reads so much one by one
            self._seen[kind] = _Seen(self._highest(db)[kind])
            return [Told(kind=MUCH, id="", by="")]
        fresh = [row for row in rows if row["id"] not in seen.known]
        if fresh:
            seen.high = max(seen.high, fresh[-1]["id"])
            seen.known = {row["id"] for row in rows} if self._late else set()
        return [_told(kind, row) for row in fresh]


def _told(kind: str, row: Mapping[str, Any]) -> Told:
    return Told(kind=kind, id=str(row["what"]), by=row.get("by", ""))
