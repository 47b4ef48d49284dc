"""Rows as the agent would have left them, many at a time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert

from integrations.store.running_schema import timers
from integrations.store.schema import conversations, drafts, handoffs, lines, revisions, turns

BEGAN = datetime.fromisoformat("2026-11-18T09:00:00+00:00")


def at(minutes: float) -> str:
    """Return a time so many minutes after the beginning."""
    return (BEGAN + timedelta(minutes=minutes)).isoformat()


class Rows:
    """Writes what waits, with numbers as ids."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.time = 0.0

    def talk(self, id: str, **values: Any) -> str:
        """Write a conversation with one turn."""
        with self._engine.begin() as db:
            _talks(db, [_talk(id, values)])
        return id

    def draft(self, number: int, conversation: str = "c1", **values: Any) -> int:
        """Write an open draft; its conversation must be there."""
        with self._engine.begin() as db:
            _drafts(db, [_draft(number, conversation, values)])
        return number

    def drafts(self, count: int, **values: Any) -> None:
        """Write many drafts, each in a conversation of its own with ten lines."""
        names = [f"many-{number}" for number in range(1, count + 1)]
        with self._engine.begin() as db:
            _talks(db, [_talk(name, {}) for name in names])
            _drafts(db, [_draft(i, name, values) for i, name in enumerate(names, 1)])
            db.execute(insert(lines), [_line(name, k) for name in names for k in range(10)])

    def line(self, conversation: str, text: str, who: str = "customer", **values: Any) -> None:
        """Write a line of a conversation."""
        with self._engine.begin() as db:
            db.execute(
                insert(lines), [_line(conversation, 0) | {"text": text, "who": who} | values]
            )

    def handoff(self, number: int, conversation: str = "c1", **values: Any) -> int:
        """Write a conversation that was handed to people."""
        row = {"conversation": conversation, "turn": f"t-{conversation}", "team": "support"}
        row |= {"reason": "asked for a person", "note": "Why: they asked.", "closed_at": ""}
        row |= {"opened_at": at(number)}
        with self._engine.begin() as db:
            db.execute(insert(handoffs).values(id=number, **row | values))
        return number

    def timer(self, conversation: str, kind: str, due: str, **values: Any) -> None:
        """Write a timer that waits."""
        row = {"conversation": conversation, "kind": kind, "state": "ready", "run_at": due}
        row |= {"by": "kim", "why": "", "at": at(10_000)}
        with self._engine.begin() as db:
            db.execute(insert(timers).values(**row | values))


def _talks(db: Connection, rows: list[dict[str, Any]]) -> None:
    db.execute(insert(conversations), rows)
    record: dict[str, Any] = {"episode": 1}
    kind = {"kind": "message", "outcome": "approval", "ms": 1.0, "record": record, "at": at(0)}
    db.execute(
        insert(turns), [{"id": f"t-{r['id']}", "conversation": r["id"], **kind} for r in rows]
    )


def _talk(id: str, values: dict[str, Any]) -> dict[str, Any]:
    row = {"id": id, "contact": id, "channel": "test", "audience": "customer", "version": 1}
    row |= {"episode": 1, "owner": "agent", "team": "", "memory": {}, "updated_at": at(0)}
    return row | values


def _draft(number: int, conversation: str, values: dict[str, Any]) -> dict[str, Any]:
    message = {"text": f"Question {number}", "channel": "test", "conversation": conversation}
    message |= {"id": f"m{number}", "audience": "customer", "at": at(number)}
    row = {"id": number, "conversation": conversation, "turn": f"t-{conversation}"}
    row |= {"route": "help_centre", "message": message, "revision": 1, "status": "open"}
    row |= {"decided_by": "", "decided_at": "", "created_at": at(number), "kind": "reply"}
    row |= {"network": "", "title": "", "team": "", "assignee": "", "risk": "low", "due_at": ""}
    return row | {"snoozed_until": ""} | values


def _drafts(db: Connection, rows: list[dict[str, Any]]) -> None:
    db.execute(insert(drafts), rows)
    answers = [{"draft": r["id"], "number": 1, "answer": _answer(r["id"])} for r in rows]
    written = {"author": "agent", "at": at(0)}
    db.execute(insert(revisions), [one | written for one in answers])


def _answer(number: int) -> dict[str, Any]:
    return {"text": f"Answer {number}", "evidence": [], "confidence": 1.0, "actions": []}


def _line(conversation: str, number: int) -> dict[str, Any]:
    row = {"conversation": conversation, "episode": 1, "turn": f"t-{conversation}", "who": "agent"}
    return row | {"route": "", "text": f"Line {number}", "at": at(number)}
