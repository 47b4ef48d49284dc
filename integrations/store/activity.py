"""What happened lately: turns as they were taken, and what people decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from integrations.store.episodes import PLAYGROUND
from integrations.store.review_schema import decisions
from integrations.store.schema import conversations, drafts, turns

MOST = 60


@dataclass(frozen=True)
class Taken:
    """A turn."""

    id: str
    conversation: str
    channel: str
    kind: str
    outcome: str
    at: str
    ms: float
    record: Mapping[str, Any]

    def part(self, name: str) -> Any:
        """Return a part of the record; older records lack some."""
        return self.record.get(name, "")

    @property
    def tried_out(self) -> bool:
        """Say whether somebody only tried the agent out."""
        return self.conversation.startswith(PLAYGROUND)


@dataclass(frozen=True)
class Decided:
    """A decision about a draft."""

    id: int
    draft: int
    conversation: str
    revision: int
    action: str
    by: str
    reason: str
    at: str


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty is everything."""

    kind: str = ""
    outcome: str = ""
    channel: str = ""
    action: str = ""
    by: str = ""
    before: str = ""  # a time and an id, where the next page begins


def latest_turns(db: Connection, wanted: Wanted, most: int = MOST) -> list[Taken]:
    """Return the newest turns first."""
    channel = func.coalesce(conversations.c.channel, "")  # by time, not all of a channel
    pairs = ((turns.c.kind, wanted.kind), (turns.c.outcome, wanted.outcome),
             (channel, wanted.channel))  # fmt: skip
    fits: list[ColumnElement[bool]] = [column == value for column, value in pairs if value]
    if wanted.before:
        at, _, id = wanted.before.partition(" ")
        fits.append(or_(turns.c.at < at, (turns.c.at == at) & (turns.c.id < id)))
    query = (
        select(turns, conversations.c.channel)
        .join(conversations, conversations.c.id == turns.c.conversation)
        .where(*fits)
        .order_by(turns.c.at.desc(), turns.c.id.desc())
        .limit(most)
    )
    return [_taken(row) for row in db.execute(query)]


def latest_decisions(db: Connection, wanted: Wanted, most: int = MOST) -> list[Decided]:
    """Return the newest decisions first."""
    pairs = ((decisions.c.action, wanted.action), (decisions.c.by, wanted.by))
    fits: list[ColumnElement[bool]] = [column == value for column, value in pairs if value]
    if wanted.before.isdigit():
        fits.append(decisions.c.id < int(wanted.before))
    query = (
        select(decisions, drafts.c.conversation)
        .join(drafts, drafts.c.id == decisions.c.draft)
        .where(*fits)
        .order_by(decisions.c.id.desc())
        .limit(most)
    )
    return [_decided(row) for row in db.execute(query)]


def _taken(row: Row[Any]) -> Taken:
    return Taken(
        id=row.id,
        conversation=row.conversation,
        channel=row.channel,
        kind=row.kind,
        outcome=row.outcome,
        at=row.at,
        ms=row.ms,
        record=row.record,
    )


def _decided(row: Row[Any]) -> Decided:
    return Decided(
        id=row.id,
        draft=row.draft,
        conversation=row.conversation,
        revision=row.revision,
        action=row.action,
        by=row.by,
        reason=row.reason,
        at=row.at,
    )
