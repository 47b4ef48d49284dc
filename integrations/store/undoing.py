"""Take a decision back before anything has left; the send and this cannot both happen."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from agents.deps import StaleDecision
from integrations.store.counting import count_sends
from integrations.store.drafts import newest_revision, note_decision
from integrations.store.missing import Missing
from integrations.store.open_drafts import draft_row
from integrations.store.schema import (
    conversations,
    drafts,
    lines,
    outbox,
    revisions,
    tasks,
    turns,
)

LEFT = "It has left already."
KEPT_NOTES = 20  # of a conversation's summary


def take_back(db: Connection, number: int, by: str, now: str) -> None:
    """Open a draft again at its next revision, so that clicks on what was decided are stale."""
    place = draft_row(db, number).conversation
    mine = select(conversations).where(conversations.c.id == place)
    held = db.execute(mine.with_for_update()).one()  # as turns and senders do: this one first
    row = draft_row(db, number, lock=True)
    words = _words(db, row)
    _refuse(row, words)
    dropped = row.kind != "post"
    if dropped:
        _drop(db, row, by)
        _unsay(db, held, row.decided_turn)
    last = newest_revision(db, number)
    copy = {"draft": number, "number": last + 1, "author": by, "at": now, "note": "taken back"}
    db.execute(insert(revisions).values(**copy, answer=words.answer, findings=words.findings))
    fresh = {"status": "open", "decided_by": "", "decided_at": "", "decided_turn": ""}
    db.execute(update(drafts).where(drafts.c.id == number).values(**fresh, revision=last + 1))
    note_decision(db, number, row.revision, "undo", by, now, turn=row.decided_turn)
    if dropped:
        count_sends(db, [place], "dropped", "")


def _words(db: Connection, row: Row[Any]) -> Row[Any]:
    mine = (revisions.c.draft == row.id) & (revisions.c.number == row.revision)
    return db.execute(select(revisions).where(mine)).one()


def _refuse(row: Row[Any], words: Row[Any]) -> None:
    if row.status == "open":
        raise Missing(f"Draft {row.id} is open; there is nothing to take back.")
    decided = ("approved", "edited", "rejected") if row.kind == "post" else ("approved", "edited")
    if row.status not in decided:
        raise StaleDecision(f"Draft {row.id} is {row.status.replace('_', ' ')}: people have it.")
    if words.answer["actions"]:
        raise StaleDecision("What it says was done already, and cannot be taken back.")


def _drop(db: Connection, row: Row[Any], by: str) -> None:
    """Keep it from leaving; a sender that has it, or had it, was quicker."""
    mine = (outbox.c.turn == row.decided_turn) & (outbox.c.attempts == 0)
    gone = {"state": "dropped", "error": f"{by} took it back"}
    waits = update(outbox).where(mine, outbox.c.state == "ready").values(gone)
    if db.execute(waits).rowcount != 1:
        raise StaleDecision(LEFT)


def _unsay(db: Connection, held: Row[Any], turn: str) -> None:
    """Forget in the conversation what was not said after all."""
    record = db.execute(select(turns.c.record).where(turns.c.id == turn)).scalar_one()
    db.execute(delete(lines).where(lines.c.turn == turn))
    db.execute(delete(tasks).where(tasks.c.turn == turn))
    memory = {**held.memory, "question": None}
    if record.get("discloses"):
        memory["disclosed"] = False
    notes = [*memory.get("summary", []), "the answer was taken back before it left"]
    memory["summary"] = notes[-KEPT_NOTES:]
    after = update(conversations).where(conversations.c.id == held.id)
    db.execute(after.values(memory=memory, version=held.version + 1))
