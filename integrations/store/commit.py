"""Write everything a turn changed; runs inside one transaction."""

import json
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from agents.deps import Conflict, Event
from agents.state import Turn
from integrations.store.counting import count_turn
from integrations.store.drafts import numbered, write_drafts
from integrations.store.episodes import count_episode
from integrations.store.inbox import close
from integrations.store.quick import Quick
from integrations.store.ratings import keep_rating
from integrations.store.schema import (
    conversations,
    gaps,
    handoffs,
    ideas,
    lines,
    outbox,
    tasks,
    turns,
)
from integrations.store.standing import settle
from integrations.store.telling import tell
from integrations.store.vault import Vault

MEMORY = ("summary", "question", "topic", "asked_back", "placeholders", "disclosed")


def write_turn(
    db: Connection,
    event: Event,
    turn: Turn,
    now: str,
    vault: Vault | None = None,
    undo_seconds: float = 0,
) -> Turn:
    """Write the conversation, the turn, and whatever came of it; originals go into the vault.

    What a reviewer approved leaves only after the time in which they may take it back.
    """
    contact = _contact(db, event, _save_conversation(db, event, now))
    if vault:
        vault.keep(db, turn["conversation"], contact, event.originals)
    turn = numbered(db, event, turn)
    _save_turn(db, turn, now)
    _save_lines(db, event, turn)
    write_drafts(db, event, turn, now)
    _save_outbox(db, event, turn, now, undo_seconds)
    _settle(db, event, now)
    _save_handoff(db, event, turn, now)
    _save_todo(db, event, turn, now)
    _close_arrivals(db, event)
    count_turn(db, turn)
    count_episode(db, event, turn, now)
    keep_rating(db, event, turn, now)
    return turn


def _save_turn(db: Connection, turn: Turn, now: str) -> None:
    row = {"id": turn["id"], "conversation": turn["conversation"], "kind": turn["kind"]}
    record = json.dumps(turn, separators=(",", ":"))
    more = {"ms": turn["timings"]["total"], "record": record, "at": now}
    _TURN(db, **row, outcome=turn["outcome"], **more)
    _IDEA(db, key=turn["id"], whose=turn["conversation"])


def _close_arrivals(db: Connection, event: Event) -> None:
    """Close the rows that this turn answers; somebody else may have them by now."""
    ids = event.message.get("arrivals", []) if event.message else []
    if ids and close(db, ids) != len(ids):
        raise Conflict("another worker took these arrivals")


def _settle(db: Connection, event: Event, now: str) -> None:
    if event.standing and event.message:
        who = event.message.get("contact") or event.message["conversation"]
        settle(db, who, event.standing, datetime.fromisoformat(now))


def _save_outbox(db: Connection, event: Event, turn: Turn, now: str, wait: float) -> None:
    if turn["outcome"] in ("reply", "handoff") and turn["text"]:
        row = {"conversation": turn["conversation"], "turn": turn["id"], "text": turn["text"]}
        by_person = turn["kind"] in ("decision", "person", "notice")
        by_person |= bool(event.standing and event.standing["code"])  # a person had asked for it
        decided = event.decision and event.decision["action"] != "expire"
        due = datetime.fromisoformat(now) + timedelta(seconds=wait if decided else 0)
        row |= {"run_at": due.isoformat(), "state": "ready", "at": now}
        _SEND(db, **row, by_person=by_person)
        tell(db, outbox.name)


def _save_conversation(db: Connection, event: Event, now: str) -> str:
    """Write it, if nobody else did meanwhile; return whose it is."""
    after, message = event.conversation, event.message
    values = {
        "version": after["version"] + 1,
        "episode": after["episode"],
        "owner": after["owner"],
        "team": after["team"],
        "memory": json.dumps({key: value for key, value in after.items() if key in MEMORY}),
        "updated_at": now,
    }
    if after["version"] == 0 and message is not None:
        who = {"channel": message["channel"], "audience": message["audience"]}
        who["contact"] = message.get("contact") or after["id"]
        _NEW(db, id=after["id"], **who, **values)
        return who["contact"]
    seen = {"place": after["id"], "seen": after["version"]}
    moved = _MOVED(db, **seen, **{f"to_{name}": value for name, value in values.items()})
    if (whose := moved.scalar()) is None:
        raise Conflict(f"conversation {after['id']} changed meanwhile")
    return str(whose)


def _contact(db: Connection, event: Event, known: str) -> str:
    """Return whose conversation it is; one without a contact takes the first that comes."""
    id = event.conversation["id"]
    comes = event.message.get("contact") if event.message else None
    if not comes or known != id or comes == known:
        return known
    mine = conversations.c.id == id
    db.execute(update(conversations).where(mine).values(contact=comes))
    return str(comes)


def _save_lines(db: Connection, event: Event, turn: Turn) -> None:
    common = {
        "conversation": turn["conversation"],
        "episode": event.conversation["episode"],
        "turn": turn["id"],
    }
    for line in event.lines:
        _LINE(db, **common, **line)


def _save_handoff(db: Connection, event: Event, turn: Turn, now: str) -> None:
    if turn["kind"] == "hand_back":
        _BACK(db, place=turn["conversation"], now=now)
    elif turn["outcome"] == "handoff" or _took(db, event, turn):
        team = turn["team"] or event.conversation["team"]
        row = {"conversation": turn["conversation"], "turn": turn["id"], "team": team}
        note = event.outcome.get("note") or f"Why: {turn['reason']}."
        times = {"opened_at": now, "closed_at": ""}
        _HANDOFF(db, **row, reason=turn["reason"], note=note, **times)


def _took(db: Connection, event: Event, turn: Turn) -> bool:
    """Say whether somebody took a conversation that was not on the people's list."""
    action = event.decision["action"] if event.decision else turn["kind"]
    if action != "take_over":
        return False
    return _OPEN(db, place=turn["conversation"]).first() is None


def _save_todo(db: Connection, event: Event, turn: Turn, now: str) -> None:
    """Keep what we could not answer, and what was promised."""
    row = {"conversation": turn["conversation"], "turn": turn["id"], "at": now}
    asked = event.outcome.get("gaps", [])
    doubts = json.dumps(event.outcome.get("doubts", []))
    open_gap = {"doubts": doubts, "closed_at": "", "document": ""}
    for one in asked:
        _GAP(db, **row, **open_gap, question=one)
    if promised := event.outcome.get("tasks", []):
        todo = {**row, "done_at": "", "done_by": ""}
        db.execute(insert(tasks), [{**todo, "text": one} for one in promised])


def _into(table: Table, *names: str) -> Quick:
    return Quick(insert(table).values({name: bindparam(name) for name in names}))


_AFTER = ("version", "episode", "owner", "team", "memory", "updated_at")
_NEW = _into(conversations, "id", "channel", "audience", "contact", *_AFTER)
_MOVED = Quick(
    update(conversations)
    .where(conversations.c.id == bindparam("place"), conversations.c.version == bindparam("seen"))
    .values({name: bindparam(f"to_{name}") for name in _AFTER})
    .returning(conversations.c.contact)
)
_TURN = _into(turns, "id", "conversation", "kind", "outcome", "ms", "record", "at")
_IDEA = Quick(
    update(ideas).where(ideas.c.key == bindparam("key")).values(conversation=bindparam("whose"))
)
_LINE = _into(lines, "conversation", "episode", "turn", "who", "route", "text", "at")
_GAP = _into(gaps, "conversation", "turn", "at", "doubts", "closed_at", "document", "question")
_HANDOFF = _into(
    handoffs, "conversation", "turn", "team", "reason", "note", "opened_at", "closed_at"
)
_MINE = (handoffs.c.conversation == bindparam("place")) & (handoffs.c.closed_at == "")
_OPEN = Quick(select(handoffs.c.id).where(_MINE).limit(1))
_BACK = Quick(update(handoffs).where(_MINE).values(closed_at=bindparam("now")))
_SEND = _into(outbox, "conversation", "turn", "text", "by_person", "state", "run_at", "at")
