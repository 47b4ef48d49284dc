"""Drafts in the transaction of a turn: each change of one is a decision in a row of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from agents.deps import Event, StaleDecision
from agents.state import Decision, Draft, Turn
from integrations.store import audit
from integrations.store.numbering import next_number
from integrations.store.quick import Quick
from integrations.store.review_schema import decisions
from integrations.store.schema import drafts, revisions
from integrations.store.traffic_schema import addresses

OURS = "quiethand"  # who changes a draft when no person does
LATE = "Somebody else decided this draft a moment ago."
STATUS = {
    "approve": "approved",
    "edit": "edited",
    "reject": "rejected",
    "take_over": "taken_over",
    "expire": "expired",
}


def numbered(db: Connection, event: Event, turn: Turn) -> Turn:
    """Return the turn with the numbers of the drafts that it makes."""
    if event.draft:
        turn = {**turn, "draft": next_number(db, drafts.c.id)}
    if event.posts:
        first = next_number(db, drafts.c.id)
        others = [_after(db, first, place) for place in range(1, len(event.posts))]
        turn = {**turn, "drafts": [first, *others]}
    return turn


def _after(db: Connection, first: int, place: int) -> int:
    number = next_number(db, drafts.c.id)  # on SQLite the same, as no row is there yet
    return number if number != first else first + place


def write_drafts(db: Connection, event: Event, turn: Turn, now: str) -> None:
    """Open, decide and replace what a turn opens, decides and replaces."""
    if event.draft and turn["draft"]:
        _open(db, event.draft, turn["draft"], turn, now)
    for post, number in zip(event.posts, turn.get("drafts", []), strict=True):
        _open(db, post, number, turn, now)
    if event.decision:
        _decide(db, event, event.decision, turn, now)
    if event.replaces:
        _replace(db, event.replaces, turn, now)
    if _left_to_people(event, turn) and _ANY(db, conversation=turn["conversation"]).first():
        _take_over(db, event, turn, now)


def _open(db: Connection, draft: Draft, number: int, turn: Turn, now: str) -> None:
    post = next(iter(draft["answer"].get("posts", [])), None)
    row = {
        "id": number,
        "conversation": turn["conversation"],
        "turn": turn["id"],
        "route": draft["route"],
        "message": {key: part for key, part in draft["message"].items() if key != "name"},
        "revision": draft["revision"],
        "status": "open",
        "decided_by": "",
        "decided_at": "",
        "created_at": now,
        "kind": draft.get("kind", "reply"),
        "network": post["network"] if post else _network(db, turn, draft["message"]["channel"]),
        "title": post["title"] if post else "",
        "team": draft.get("team", ""),
        "risk": draft.get("risk", "low"),
    }
    db.execute(insert(drafts).values(row))
    new_revision(db, number, draft, "agent", "", now)


def _network(db: Connection, turn: Turn, channel: str) -> str:
    """Return the kind of channel; in public there is only a mark for it."""
    home = select(addresses.c.channel).where(addresses.c.conversation == turn["conversation"])
    return db.scalar(home) or channel


def new_revision(
    db: Connection, number: int, draft: Draft, author: str, note: str, now: str
) -> None:
    """Keep words, what is found in them, and why there are these."""
    row = {"draft": number, "number": draft["revision"], "answer": draft["answer"]}
    about = {"author": author, "at": now, "findings": draft.get("findings", []), "note": note}
    db.execute(insert(revisions).values(**row, **about))


def _decide(db: Connection, event: Event, decision: Decision, turn: Turn, now: str) -> None:
    """Change the draft if it is still open at the revision the reviewer saw."""
    action, revision = decision["action"], event.revision
    reason = decision.get("reason", "")
    values: dict[str, Any] = {}
    if event.stays and revision:
        values = {"revision": revision["revision"]}
    else:
        status = STATUS.get(action, "taken_over")
        values = {"status": status, "decided_by": decision["by"], "decided_at": decision["at"]}
        values |= {"decided_turn": turn["id"]}
        values |= {"revision": revision["revision"]} if revision else {}
    change(db, decision["draft"], decision["revision"], values)
    if revision:
        new_revision(db, decision["draft"], revision, decision["by"], reason, now)
    note_decision(
        db, decision["draft"], decision["revision"], action, decision["by"], now, reason, turn["id"]
    )


def change(db: Connection, number: int, revision: int, values: Mapping[str, Any]) -> None:
    """Change an open draft at a revision, or say that somebody was quicker."""
    same = (drafts.c.id == number) & (drafts.c.revision == revision) & (drafts.c.status == "open")
    if db.execute(update(drafts).where(same).values(dict(values))).rowcount != 1:
        raise StaleDecision(LATE)


def note_decision(
    db: Connection,
    number: int,
    revision: int,
    action: str,
    by: str,
    now: str,
    reason: str = "",
    turn: str = "",
) -> None:
    """Write down who changed a draft and how, also in the audit log."""
    row = {"draft": number, "revision": revision, "action": action, "by": by[:100]}
    db.execute(insert(decisions).values(**row, reason=reason, turn=turn, at=now))
    detail: dict[str, str | int] = {"revision": revision, "turn": turn}
    audit.append(db, by, f"draft_{action}", f"draft {number}", detail, now)


def _replace(db: Connection, ids: Iterable[int], turn: Turn, now: str) -> None:
    """Close open drafts that a later turn answers anew."""
    new = turn["draft"] or 0
    values = {"status": "superseded", "superseded_by": new, "decided_turn": turn["id"]}
    _close(db, ids, values, "supersede", OURS, turn, now)
    if new:
        _inherit(db, new)


def _inherit(db: Connection, new: int) -> None:
    """Leave a draft with whoever had the ones that it replaces, and as late as they were."""
    old = drafts.c.superseded_by == new
    had = (drafts.c.assignee, drafts.c.team, drafts.c.escalated_at, drafts.c.due_at)
    for row in db.execute(select(*had).where(old).order_by(drafts.c.id)):
        kept = {"due_at": row.due_at} | ({"assignee": row.assignee} if row.assignee else {})
        kept |= {"team": row.team, "escalated_at": row.escalated_at} if row.escalated_at else {}
        db.execute(update(drafts).where(drafts.c.id == new).values(kept))


def _left_to_people(event: Event, turn: Turn) -> bool:
    return event.conversation["owner"] == "person" and turn["kind"] in ("person", "take_over")


_ANY = Quick(
    select(drafts.c.id).where(
        drafts.c.conversation == bindparam("conversation"),
        drafts.c.status == "open",
        drafts.c.kind != "post",
    )
)


def _take_over(db: Connection, event: Event, turn: Turn, now: str) -> None:
    """Close open replies once a person answers in their place."""
    ids = [row[0] for row in _ANY(db, conversation=turn["conversation"])]
    values = {"status": "taken_over", "decided_turn": turn["id"]}
    _close(db, ids, values, "take_over", event.by or "a person", turn, now)


def _close(
    db: Connection,
    ids: Iterable[int],
    values: Mapping[str, Any],
    action: str,
    by: str,
    turn: Turn,
    now: str,
) -> None:
    said = {**values, "decided_by": by, "decided_at": now}
    for id in ids:
        open_ = update(drafts).where(drafts.c.id == id, drafts.c.status == "open")
        revision = db.scalar(open_.values(said).returning(drafts.c.revision))
        if revision is not None:
            note_decision(db, id, revision, action, by, now, turn=turn["id"])


def newest_revision(db: Connection, number: int) -> int:
    """Return the number of the last words that a draft had."""
    query = select(func.max(revisions.c.number)).where(revisions.c.draft == number)
    return int(db.scalar(query) or 0)
