"""One conversation as people read it: what was said and noted, what waits, and where else."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from integrations.store.links import linked
from integrations.store.missing import Missing
from integrations.store.review_schema import notes
from integrations.store.schema import (
    conversations,
    drafts,
    handoffs,
    lines,
    outbox,
    revisions,
    turns,
)
from integrations.store.timers import due_at
from integrations.store.vault_schema import reveals

LINES = 60  # of one page
MOST = 20  # of everything else

Record = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """Something that was said."""

    id: int
    episode: int
    turn: str
    who: str
    text: str
    at: str
    route: str
    record: Record  # of its turn; empty once that is gone
    sending: str  # the state of what was said with it: ready, sent, failed ...
    leaves_at: str


@dataclass(frozen=True)
class Note:
    """Something that only the team reads."""

    by: str
    text: str
    at: str


@dataclass(frozen=True)
class Handoff:
    """A time at which people were asked."""

    team: str
    reason: str
    note: str
    opened_at: str
    closed_at: str
    answered_at: str


@dataclass(frozen=True)
class Elsewhere:
    """Another conversation of the same person."""

    id: str
    channel: str
    updated_at: str
    owner: str
    proven: bool  # by a link between contacts; else the contact is the same


@dataclass(frozen=True)
class Talk:
    """A conversation as a page shows it."""

    id: str
    contact: str
    channel: str
    audience: str
    owner: str
    team: str
    episode: int
    updated_at: str
    summary: list[str]
    lines: list[Line]
    earlier: int  # the number before which older lines stand; 0 when there are none
    notes: list[Note]
    handoffs: list[Handoff]
    drafts: list[Record]
    elsewhere: list[Elsewhere]
    looks: list[Record]  # who saw originals
    back_at: str  # until when it is put away


def talk(db: Connection, id: str, before: int = 0) -> Talk:
    """Return a conversation with its last lines, or with those before one."""
    row = db.execute(select(conversations).where(conversations.c.id == id)).mappings().first()
    if row is None:
        raise Missing(f"There is no conversation {id!r}.")
    said = _lines(db, id, before)
    same = ("id", "contact", "channel", "audience", "owner", "team", "episode", "updated_at")
    return Talk(
        **{name: row[name] for name in same},
        summary=row["memory"].get("summary", []),
        lines=said[-LINES:],
        earlier=said[-LINES].id if len(said) > LINES else 0,
        notes=_notes(db, id),
        handoffs=_handoffs(db, id),
        drafts=_drafts(db, id),
        elsewhere=_elsewhere(db, id, row["contact"]),
        looks=_looks(db, id),
        back_at=_back_at(db, id),
    )


def last_lines(db: Connection, id: str, most: int) -> list[Line]:
    """Return the last lines of a conversation."""
    return _lines(db, id, 0)[-most:]


def _lines(db: Connection, id: str, before: int) -> list[Line]:
    mine = lines.c.conversation == id
    if before:
        mine &= lines.c.id < before
    query = select(lines).where(mine).order_by(lines.c.episode.desc(), lines.c.id.desc())
    found = db.execute(query.limit(LINES + 1)).all()[::-1]
    names = {row.turn for row in found}
    told = select(turns.c.id, turns.c.record).where(turns.c.id.in_(names))
    records = {row.id: row.record for row in db.execute(told)}
    sends = select(outbox.c.turn, outbox.c.state, outbox.c.run_at).where(outbox.c.turn.in_(names))
    sending = {row.turn: row for row in db.execute(sends)}
    return [
        Line(
            id=row.id,
            episode=row.episode,
            turn=row.turn,
            who=row.who,
            text=row.text,
            at=row.at,
            route=row.route,
            record=records.get(row.turn, {}),
            sending=sending[row.turn].state if row.turn in sending else "",
            leaves_at=sending[row.turn].run_at if row.turn in sending else "",
        )
        for row in found
    ]


def _notes(db: Connection, id: str) -> list[Note]:
    query = select(notes).where(notes.c.conversation == id).order_by(notes.c.id.desc())
    return [Note(row.by, row.text, row.at) for row in db.execute(query.limit(MOST))]


def _handoffs(db: Connection, id: str) -> list[Handoff]:
    query = select(handoffs).where(handoffs.c.conversation == id).order_by(handoffs.c.id.desc())
    return [
        Handoff(r.team, r.reason, r.note, r.opened_at, r.closed_at, r.answered_at)
        for r in db.execute(query.limit(MOST))
    ]


def _drafts(db: Connection, id: str) -> list[Record]:
    what = ("id", "kind", "status", "revision", "created_at", "decided_by", "decided_at", "risk")
    same = (revisions.c.draft == drafts.c.id) & (revisions.c.number == drafts.c.revision)
    query = select(*(drafts.c[name] for name in what), revisions.c.answer).join(revisions, same)
    query = query.where(drafts.c.conversation == id).order_by(drafts.c.id.desc()).limit(MOST)
    return [
        {name: row[name] for name in what} | {"text": row["answer"]["text"]}
        for row in db.execute(query).mappings()
    ]


def _elsewhere(db: Connection, id: str, contact: str) -> list[Elsewhere]:
    names = linked(db, contact)
    query = select(conversations).where(conversations.c.contact.in_(names))
    query = query.where(conversations.c.id != id).order_by(conversations.c.updated_at.desc())
    return [
        Elsewhere(r.id, r.channel, r.updated_at, r.owner, r.contact != contact)
        for r in db.execute(query.limit(MOST))
    ]


def _looks(db: Connection, id: str) -> list[Record]:
    query = select(reveals).where(reveals.c.conversation == id).order_by(reveals.c.id.desc())
    return [dict(row) for row in db.execute(query.limit(MOST)).mappings()]


def _back_at(db: Connection, id: str) -> str:
    at = due_at(db, id, "snooze")
    return at.isoformat() if at else ""
