"""One draft with everything that a person decides by: words, evidence, history, why."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Row, select

from agents.state import Message, Turn
from integrations.store.missing import Missing
from integrations.store.review_schema import decisions
from integrations.store.schema import conversations, drafts, outbox, revisions, turns
from tools.contract import Answer, Finding

LEAVING = "ready"  # the state of what waits to be sent


@dataclass(frozen=True)
class Revision:
    """Words that a draft had."""

    number: int
    answer: Answer
    author: str
    at: str
    findings: list[Finding]
    note: str


@dataclass(frozen=True)
class Step:
    """What somebody did with a draft."""

    action: str
    by: str
    at: str
    revision: int
    reason: str


@dataclass(frozen=True)
class Sheet:
    """A draft as a page shows it."""

    number: int
    conversation: str
    channel: str
    owner: str
    kind: str
    network: str
    title: str
    route: str
    message: Message
    revision: int
    status: str
    team: str
    assignee: str
    risk: str
    created_at: str
    due_at: str
    snoozed_until: str
    decided_by: str
    decided_at: str
    superseded_by: int
    revisions: list[Revision]
    steps: list[Step]
    turn: Turn  # in which it was drafted; empty once that is gone
    sending: str  # the state of what was approved: ready, sending, sent ...
    leaves_at: str  # when that leaves, while it may be taken back

    @property
    def current(self) -> Revision:
        """Return the words that are decided about."""
        return next(one for one in self.revisions if one.number == self.revision)

    @property
    def first(self) -> Revision:
        """Return the words as the agent wrote them."""
        return self.revisions[0]


SAME = (
    "conversation", "channel", "owner", "kind", "network", "title", "route", "message",
    "revision", "status", "team", "assignee", "risk", "created_at", "due_at", "snoozed_until",
    "decided_by", "decided_at", "superseded_by",
)  # fmt: skip


def sheet(db: Connection, number: int) -> Sheet:
    """Return a draft, open or not."""
    query = select(drafts, conversations.c.channel, conversations.c.owner)
    query = query.join(conversations, conversations.c.id == drafts.c.conversation)
    row = db.execute(query.where(drafts.c.id == number)).mappings().first()
    if row is None:
        raise Missing(f"There is no draft {number}.")
    record = db.scalar(select(turns.c.record).where(turns.c.id == row["turn"]))
    sent = _sending(db, row["decided_turn"])
    return Sheet(
        **{name: row[name] for name in SAME},
        number=number,
        revisions=_revisions(db, number),
        steps=_steps(db, number),
        turn=cast(Turn, record or {}),
        sending=sent.state if sent else "",
        leaves_at=sent.run_at if sent and sent.state == LEAVING else "",
    )


def _revisions(db: Connection, number: int) -> list[Revision]:
    mine = select(revisions).where(revisions.c.draft == number).order_by(revisions.c.number)
    return [
        Revision(row.number, row.answer, row.author, row.at, row.findings, row.note)
        for row in db.execute(mine)
    ]


def _steps(db: Connection, number: int) -> list[Step]:
    mine = select(decisions).where(decisions.c.draft == number).order_by(decisions.c.id)
    return [Step(row.action, row.by, row.at, row.revision, row.reason) for row in db.execute(mine)]


def _sending(db: Connection, turn: str) -> Row[Any] | None:
    if not turn:
        return None
    return db.execute(select(outbox).where(outbox.c.turn == turn)).first()
