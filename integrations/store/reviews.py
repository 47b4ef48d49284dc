"""What people do with drafts beside deciding them: say one yes of several, take back, put away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from agents.deps import Conflict, StaleDecision
from agents.redaction.redact import Clean
from agents.state import Conversation, Decision
from integrations.approving import Yes, may, missing, waits_for
from integrations.store import audit
from integrations.store.drafts import note_decision
from integrations.store.missing import Missing
from integrations.store.open_drafts import draft_of, draft_row, open_draft, refuse_blocked
from integrations.store.people_schema import users
from integrations.store.reading import reading
from integrations.store.review_schema import decisions, notes
from integrations.store.schema import conversations, drafts, outbox
from integrations.store.scribe import scribe_of
from integrations.store.undoing import take_back
from integrations.store.vault import Vault
from knowledge.brands.reviewing import Approval


@dataclass(frozen=True)
class Look:
    """What a face shows of a draft after something was done with it."""

    number: int
    conversation: str
    kind: str
    status: str
    revision: int
    risk: str
    leaves_at: str
    about: str  # what stands against publishing it
    text: str


class Reviews:
    """The drafts of one database, as reviewers change them."""

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], approval: Approval, vault: Vault | None
    ) -> None:
        self._engine, self._clock = engine, clock
        self._approval, self._vault = approval, vault
        self._write = scribe_of(engine).write

    def look(self, number: int) -> Look:
        """Return what there is to know of a draft."""
        with reading(self._engine) as db:
            row = draft_row(db, number)
            draft = draft_of(db, row)
            mine = (outbox.c.turn == row.decided_turn) & (outbox.c.state == "ready")
            leaves = db.scalar(select(outbox.c.run_at).where(mine)) if row.decided_turn else ""
        about = "; ".join(one["says"] for one in draft.get("findings", []) if one["blocks"])
        facts = (row.id, row.conversation, row.kind, row.status, row.revision, row.risk)
        return Look(*facts, leaves or "", about, draft["answer"]["text"])

    def role_of(self, name: str) -> str:
        """Return the role of a person who may sign in; none for others."""
        query = select(users.c.role).where(users.c.name == name, users.c.disabled_at == "")
        with reading(self._engine) as db:
            return str(db.scalar(query) or "")

    def say_yes(self, decision: Decision, role: str) -> str:
        """Return whose yes is missing after this one, which is kept then; nothing when it is last.

        An edit is the editor's yes to their own words, and nobody else's any more.
        """
        if not self._approval.steps:
            return ""
        return self._write(lambda db: self._say_yes(db, decision, role))

    def _say_yes(self, db: Connection, decision: Decision, role: str) -> str:
        number, seen, by = decision["draft"], decision["revision"], decision["by"]
        row = open_draft(db, number, seen, lock=True)
        steps, mine = self._approval.steps_of(row.kind), Yes(by, role)
        if not steps:
            return ""
        said = _said(db, number, seen)
        if any(one.is_named(by) for one in said) and decision["action"] == "approve":
            raise StaleDecision(f"You approved it already; it waits for {waits_for(steps, said)}.")
        said = [one for one in said if not one.is_named(by)]
        if not may(steps, said, mine):
            raise StaleDecision(f"It waits for {waits_for(steps, said)}.")
        said = [mine] if decision["action"] == "edit" else [*said, mine]
        if not missing(steps, said):
            return ""
        if decision["action"] == "approve":
            refuse_blocked(draft_of(db, row))
            note_decision(db, number, seen, "approve", by, self._now(), role)
        return waits_for(steps, said)

    def undo(self, number: int, by: str) -> None:
        """Take back what was decided, while nothing has left."""
        self._write(lambda db: take_back(db, number, by, self._now()))

    def snooze(self, number: int, until: datetime, by: str, why: str) -> None:
        """Put an open draft away until a time."""
        if until <= self._clock():
            raise Missing(f"{until:%Y-%m-%d %H:%M} is over; name a time to come.")
        reason = f"until {until:%Y-%m-%d %H:%M %Z}" + (f": {why}" if why else "")
        self._mark(number, {"snoozed_until": until.isoformat()}, "snooze", by, reason)

    def assign(self, number: int, to: str, by: str) -> None:
        """Give an open draft to a colleague, or to nobody."""
        self._mark(number, {"assignee": to}, "assign", by, to)

    def _mark(self, number: int, values: Mapping[str, Any], action: str, by: str, why: str) -> None:
        def write(db: Connection) -> None:
            row = draft_row(db, number, lock=True)
            open_draft(db, number, row.revision)
            db.execute(update(drafts).where(drafts.c.id == number).values(dict(values)))
            note_decision(db, number, row.revision, action, by, self._now(), why)

        self._write(write)

    def note(self, held: Conversation, clean: Clean, by: str) -> None:
        """Keep a note of the team's; what was taken out of it goes into the vault."""
        self._write(lambda db: self._note(db, held, clean, by))

    def _note(self, db: Connection, held: Conversation, clean: Clean, by: str) -> None:
        mine, now = conversations.c.id == held["id"], self._now()
        query = select(conversations.c.memory, conversations.c.contact).where(mine)
        memory, contact = db.execute(query.with_for_update()).one()
        values = {"memory": {**memory, "placeholders": clean.placeholders}}
        same = mine & (conversations.c.version == held["version"])
        more = update(conversations).where(same).values(**values, version=held["version"] + 1)
        if db.execute(more).rowcount != 1:
            raise Conflict(f"conversation {held['id']} changed meanwhile")
        if self._vault:
            self._vault.keep(db, held["id"], contact, clean.originals)
        row = {"conversation": held["id"], "by": by, "text": clean.text, "at": now}
        db.execute(insert(notes).values(row))
        audit.append(db, by, "note", f"conversation {held['id']}", {}, now)

    def _now(self) -> str:
        return self._clock().isoformat()


def _said(db: Connection, number: int, revision: int) -> list[Yes]:
    """Return who approved a revision, or wrote it."""
    same = (decisions.c.action == "approve") & (decisions.c.revision == revision)
    wrote = (decisions.c.action == "edit") & (decisions.c.revision == revision - 1)
    query = select(decisions.c.by, decisions.c.reason).where(decisions.c.draft == number)
    return [Yes(row.by, row.reason) for row in db.execute(query.where(same | wrote))]
