"""Drafts that wait, as decisions find them; and why one does not wait any more."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from agents.deps import StaleDecision
from agents.state import Draft
from integrations.store.quick import Quick
from integrations.store.schema import drafts, revisions


def open_draft(db: Connection, number: int, revision: int, lock: bool = False) -> Row[Any]:
    """Return a draft's row while it is open at a revision; refuse in words for a reviewer."""
    row = draft_row(db, number, lock)
    if row.status != "open":
        raise StaleDecision(why_closed(row))
    if row.revision != revision:
        raise StaleDecision(f"You saw revision {revision}, it is now revision {row.revision}.")
    return row


def draft_row(db: Connection, number: int, lock: bool = False) -> Row[Any]:
    """Return a draft's row, open or not; nobody else changes it meanwhile where it is locked."""
    query = select(drafts).where(drafts.c.id == number)
    row = db.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise StaleDecision(f"There is no draft {number}.")
    return row


def why_closed(row: Row[Any]) -> str:
    """Say who closed a draft, when and how."""
    at = row.decided_at[:16].replace("T", " ")
    if row.status == "superseded" and row.superseded_by:
        return f"The customer wrote again; draft {row.superseded_by} replaced it."
    if row.status == "superseded":
        return f"The customer wrote again at {at} and has another answer."
    if row.status == "expired":
        return f"Nobody decided in time; people have the conversation since {at}."
    if row.status == "taken_over":
        return f"{row.decided_by} took the conversation over at {at}."
    return f"Already {row.status} by {row.decided_by} at {at}."


def refuse_blocked(draft: Draft) -> None:
    """Refuse to approve words against which something stands."""
    if why := [one["says"] for one in draft.get("findings", []) if one["blocks"]]:
        raise StaleDecision(f"It is not ready: {why[0]}")


_REPLIES = Quick(
    select(drafts.c.id)
    .where(drafts.c.conversation == bindparam("conversation"), drafts.c.status == "open")
    .where(drafts.c.kind != "post")
    .order_by(drafts.c.id)
)


def open_replies(db: Connection, conversation: str) -> list[Draft]:
    """Return what waits to be said in a conversation."""
    ids = [row[0] for row in _REPLIES(db, conversation=conversation)]
    return [draft_of(db, draft_row(db, id)) for id in ids]


def draft_of(db: Connection, row: Row[Any]) -> Draft:
    """Return a draft with the words that it has now."""
    where = (revisions.c.draft == row.id) & (revisions.c.number == row.revision)
    words = db.execute(select(revisions.c.answer, revisions.c.findings).where(where)).one()
    return Draft(
        id=row.id,
        revision=row.revision,
        message=row.message,
        route=row.route,
        answer=words.answer,
        kind=row.kind,
        team=row.team,
        risk=row.risk,
        findings=words.findings,
        assignee=row.assignee,
    )
