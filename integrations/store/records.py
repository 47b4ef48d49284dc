"""Conversations, turns, drafts, handoffs and what is to be sent. A turn commits as a whole."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from agents.deps import Conflict, Event, StaleDecision
from agents.state import Conversation, Decision, Draft, Line, Message, Turn
from integrations.store.schema import (
    conversations,
    drafts,
    handoffs,
    ideas,
    lines,
    outbox,
    revisions,
    turns,
)

HISTORY = 12  # lines given to a turn
MEMORY = ("summary", "question", "topic", "asked_back", "placeholders")
Result = TypeVar("Result")


class Missing(Exception):
    """There is no such thing, in words a user may read."""


class SqlRecords:
    """The records of one database."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    async def seen(self, turn: str) -> Turn | None:
        """Return the turn of an event that was handled before."""
        query = select(turns.c.record).where(turns.c.id == turn)
        return await self._read(lambda db: cast(Turn | None, db.execute(query).scalar()))

    async def conversation(self, message: Message) -> Conversation:
        """Return the conversation a message belongs to, or a new one."""
        found = await self._read(lambda db: _conversation(db, message["conversation"]))
        return found or _new(message["conversation"])

    async def held(self, conversation: str) -> Conversation:
        """Return a conversation that a person has."""
        found = await self._read(lambda db: _conversation(db, conversation))
        if found is None:
            raise Missing(f"There is no conversation {conversation!r}.")
        if found["owner"] != "person":
            raise Missing(f"The agent already has conversation {conversation!r}.")
        return found

    async def draft(self, decision: Decision) -> tuple[Draft, Conversation]:
        """Return the draft a decision names, if that revision is still open."""
        return await self._read(lambda db: _open_draft(db, decision))

    async def commit(self, event: Event, turn: Turn) -> Turn:
        """Write everything the turn changed, or nothing; a lost race is a ``Conflict``."""
        return await self._write(lambda db: _commit(db, event, turn, self._clock().isoformat()))

    async def idea(self, text: str, key: str) -> None:
        """Keep a customer's idea; the same key again changes nothing."""
        row = {"key": key, "text": text, "at": self._clock().isoformat()}
        known = select(ideas.c.id).where(ideas.c.key == key)

        def write(db: Connection) -> None:
            if db.execute(known).first() is None:
                db.execute(insert(ideas).values(row))

        await self._write(write)

    async def _read(self, work: Callable[[Connection], Result]) -> Result:
        def inside() -> Result:
            with self._engine.connect().execution_options(reads=True) as db, db.begin():
                return work(db)

        return await asyncio.to_thread(inside)

    async def _write(self, work: Callable[[Connection], Result]) -> Result:
        def inside() -> Result:
            with self._engine.begin() as db:
                return work(db)

        try:
            return await asyncio.to_thread(inside)
        except IntegrityError as error:
            raise Conflict("another process wrote this turn first") from error


def _new(id: str) -> Conversation:
    return Conversation(
        id=id,
        version=0,
        episode=1,
        owner="agent",
        team="",
        history=[],
        summary=[],
        question=None,
        topic="",
        asked_back=0,
        placeholders={},
    )


def _conversation(db: Connection, id: str) -> Conversation | None:
    row = db.execute(select(conversations).where(conversations.c.id == id)).mappings().first()
    if row is None:
        return None
    known = {key: row[key] for key in ("id", "version", "episode", "owner", "team")}
    history = _history(db, id, row["episode"])
    return cast(Conversation, {**_new(id), **known, **row["memory"], "history": history})


def _history(db: Connection, id: str, episode: int) -> list[Line]:
    """Read the last lines of the episode, by index: as quick at message 500 as at message 5."""
    query = (
        select(lines.c.who, lines.c.text, lines.c.at, lines.c.route)
        .where(lines.c.conversation == id, lines.c.episode == episode)
        .order_by(lines.c.id.desc())
        .limit(HISTORY)
    )
    return [cast(Line, dict(row)) for row in db.execute(query).mappings()][::-1]


def _open_draft(db: Connection, decision: Decision) -> tuple[Draft, Conversation]:
    row = db.execute(select(drafts).where(drafts.c.id == decision["draft"])).first()
    if row is None:
        raise StaleDecision(f"There is no draft {decision['draft']}.")
    if row.status != "open":
        raise StaleDecision(f"Already {row.status} by {row.decided_by} at {row.decided_at[:16]}.")
    if row.revision != decision["revision"]:
        raise StaleDecision(
            f"You saw revision {decision['revision']}, it is now revision {row.revision}."
        )
    conversation = _conversation(db, row.conversation)
    if conversation is None:
        raise StaleDecision("The conversation of this draft is gone.")
    return _draft(db, row), conversation


def _draft(db: Connection, row: Row[Any]) -> Draft:
    where = (revisions.c.draft == row.id) & (revisions.c.number == row.revision)
    answer = db.execute(select(revisions.c.answer).where(where)).scalar_one()
    return Draft(
        id=row.id, revision=row.revision, message=row.message, route=row.route, answer=answer
    )


def _commit(db: Connection, event: Event, turn: Turn, now: str) -> Turn:
    _save_conversation(db, event, now)
    if event.draft:
        turn = {**turn, "draft": _next_draft(db)}
    db.execute(
        insert(turns).values(
            id=turn["id"],
            conversation=turn["conversation"],
            kind=turn["kind"],
            outcome=turn["outcome"],
            ms=turn["timings"]["total"],
            record=turn,
            at=now,
        )
    )
    _save_lines(db, event, turn)
    if event.draft:
        _save_draft(db, event.draft, turn, now)
    if event.decision:
        _close_draft(db, event.decision)
    if turn["outcome"] in ("reply", "handoff") and turn["text"]:
        row = {"conversation": turn["conversation"], "turn": turn["id"], "text": turn["text"]}
        db.execute(insert(outbox).values(**row, state="ready", at=now))
    _save_handoff(db, event, turn, now)
    return turn


def _save_conversation(db: Connection, event: Event, now: str) -> None:
    after, message = event.conversation, event.message
    values = {
        "version": after["version"] + 1,
        "episode": after["episode"],
        "owner": after["owner"],
        "team": after["team"],
        "memory": {key: dict(after)[key] for key in MEMORY},
        "updated_at": now,
    }
    if after["version"] == 0 and message is not None:
        who = {"channel": message["channel"], "audience": message["audience"]}
        db.execute(insert(conversations).values(id=after["id"], **who, **values))
        return
    same = (conversations.c.id == after["id"]) & (conversations.c.version == after["version"])
    if db.execute(update(conversations).where(same).values(values)).rowcount != 1:
        raise Conflict(f"conversation {after['id']} changed meanwhile")


def _save_lines(db: Connection, event: Event, turn: Turn) -> None:
    common = {
        "conversation": turn["conversation"],
        "episode": event.conversation["episode"],
        "turn": turn["id"],
    }
    if event.lines:
        db.execute(insert(lines), [{**common, **line} for line in event.lines])


def _next_draft(db: Connection) -> int:
    return 1 + (db.execute(select(drafts.c.id).order_by(drafts.c.id.desc()).limit(1)).scalar() or 0)


def _save_draft(db: Connection, draft: Draft, turn: Turn, now: str) -> None:
    db.execute(
        insert(drafts).values(
            id=turn["draft"],
            conversation=turn["conversation"],
            turn=turn["id"],
            route=draft["route"],
            message=draft["message"],
            revision=draft["revision"],
            status="open",
            decided_by="",
            decided_at="",
            created_at=now,
        )
    )
    row = {"draft": turn["draft"], "number": draft["revision"], "answer": draft["answer"]}
    db.execute(insert(revisions).values(**row, author="agent", at=now))


def _close_draft(db: Connection, decision: Decision) -> None:
    """Close the draft if it is still open at the revision the reviewer saw."""
    status = {"approve": "approved", "edit": "edited", "reject": "rejected"}[decision["action"]]
    same = (
        (drafts.c.id == decision["draft"])
        & (drafts.c.revision == decision["revision"])
        & (drafts.c.status == "open")
    )
    decided = {"status": status, "decided_by": decision["by"], "decided_at": decision["at"]}
    if db.execute(update(drafts).where(same).values(decided)).rowcount != 1:
        raise StaleDecision("Somebody else decided this draft a moment ago.")
    if decision["action"] == "edit":
        old = revisions.c.draft == decision["draft"]
        last = select(revisions).where(old).order_by(revisions.c.number.desc()).limit(1)
        row = db.execute(last).one()
        answer = {**row.answer, "text": decision["text"]}
        new = {"draft": row.draft, "number": row.number + 1, "answer": answer}
        db.execute(insert(revisions).values(**new, author=decision["by"], at=decision["at"]))


def _save_handoff(db: Connection, event: Event, turn: Turn, now: str) -> None:
    if turn["outcome"] == "handoff":
        row = {"conversation": turn["conversation"], "turn": turn["id"], "team": turn["team"]}
        note = event.outcome.get("note", "")
        db.execute(
            insert(handoffs).values(
                **row, reason=turn["reason"], note=note, opened_at=now, closed_at=""
            )
        )
    if turn["kind"] == "hand_back":
        mine = (handoffs.c.conversation == turn["conversation"]) & (handoffs.c.closed_at == "")
        db.execute(update(handoffs).where(mine).values(closed_at=now))
