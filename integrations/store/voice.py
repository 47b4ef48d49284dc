"""Rules of the voice that edits showed: proposed, approved by a person, versioned, undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, Select, delete, func, insert, select, update

from integrations.store import audit
from integrations.store.alone import alone
from integrations.store.missing import Missing
from integrations.store.reading import reading
from integrations.store.review_schema import voice_rules
from knowledge.voice.learning.edits import Proposal
from knowledge.voice.rules.every import RULES, AnyRule
from knowledge.voice.voice import Learned

State = Literal["proposed", "approved", "refused", "undone"]
FIRST = "`quiethand voice learn` looks for rules, `quiethand voice show` lists them."
AGAIN = 2  # times the edits it had: then a rule that was refused is proposed again


@dataclass(frozen=True)
class KeptRule:
    """A rule with its number, and what was decided about it."""

    id: int
    network: str
    rule: AnyRule
    edits: tuple[int, ...]
    state: State
    decided_by: str
    decided_at: str
    version: int


class VoiceRules:
    """The learned rules of one brand."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def all(self, state: State | None = None) -> list[KeptRule]:
        """Return the rules, the best shown first."""
        query = select(voice_rules).order_by(voice_rules.c.id)
        rows = self._read(query.where(voice_rules.c.state == state) if state else query)
        return sorted(map(_kept, rows), key=lambda one: -len(one.edits))

    def one(self, number: int) -> KeptRule:
        """Return one rule."""
        rows = self._read(select(voice_rules).where(voice_rules.c.id == number))
        if not rows:
            raise Missing(f"There is no rule {number}; {FIRST}")
        return _kept(rows[0])

    def learned(self) -> tuple[Learned, ...]:
        """Return what holds: the approved rules."""
        rows = self._read(select(voice_rules).where(voice_rules.c.state == "approved"))
        kept = sorted(map(_kept, rows), key=lambda one: one.version)
        return tuple(Learned(id=one.id, network=one.network, rule=one.rule) for one in kept)

    def version(self) -> int:
        """Return how often the voice was changed by learned rules."""
        return int(self._read(select(func.max(voice_rules.c.version)))[0][0] or 0)

    def propose(self, proposals: Sequence[Proposal]) -> list[KeptRule]:
        """Keep what is new; a decision stays until a rule is shown twice as often."""
        with self._engine.begin() as db:
            alone(db, "voice")
            known = [_kept(row) for row in db.execute(select(voice_rules))]
            _forget_stale(db, known, proposals)
            for proposal in proposals:
                self._keep(db, proposal, [one for one in known if _same(one, proposal)])
        return self.all("proposed")

    def approve(self, number: int, by: str) -> KeptRule:
        """Let a rule hold; an older one on the same topic and network ends."""
        with self._engine.begin() as db:
            one = self._decide(db, number, ("proposed",), "approved", by)
            for other in map(_kept, db.execute(_approved())):
                same = other.rule.topic == one.rule.topic and other.network == one.network
                if same and other.id != number:
                    self._decide(db, other.id, ("approved",), "undone", by)
        return self.one(number)

    def refuse(self, number: int, by: str) -> KeptRule:
        """Decide that a rule shall not hold."""
        with self._engine.begin() as db:
            self._decide(db, number, ("proposed",), "refused", by)
        return self.one(number)

    def undo(self, number: int, by: str) -> KeptRule:
        """Let an approved rule hold no longer, or propose a refused one again."""
        with self._engine.begin() as db:
            was = self._decide(db, number, ("approved", "refused", "undone"), "undone", by)
            if was.state != "approved":
                again = {"state": "proposed", "decided_by": "", "decided_at": ""}
                db.execute(update(voice_rules).where(voice_rules.c.id == number).values(again))
        return self.one(number)

    def _decide(
        self, db: Connection, number: int, froms: tuple[State, ...], to: State, by: str
    ) -> KeptRule:
        alone(db, "voice")
        row = db.execute(select(voice_rules).where(voice_rules.c.id == number)).first()
        if row is None:
            raise Missing(f"There is no rule {number}; {FIRST}")
        one, now = _kept(row), self._clock().isoformat()
        if one.state not in froms:
            raise Missing(_already(one))
        changes = to == "approved" or one.state == "approved"
        version = _newest(db) + 1 if changes else one.version
        values = {"state": to, "decided_by": by[:100], "decided_at": now, "version": version}
        db.execute(update(voice_rules).where(voice_rules.c.id == number).values(values))
        detail: dict[str, str | int] = {"kind": one.rule.kind, "version": version}
        audit.append(db, by, f"voice_{to}", f"voice rule {number}", detail, now)
        return one

    def _keep(self, db: Connection, proposal: Proposal, known: Sequence[KeptRule]) -> None:
        edits, now = list(proposal.edits), self._clock().isoformat()
        last = known[-1] if known else None
        if last and last.state == "proposed":
            mine = voice_rules.c.id == last.id
            db.execute(update(voice_rules).where(mine).values(edits=edits))
        elif last is None or (last.state != "approved" and len(edits) >= AGAIN * len(last.edits)):
            row: dict[str, Any] = {"network": proposal.network, "kind": proposal.rule.kind}
            row |= {"rule": proposal.rule.model_dump(mode="json"), "edits": edits, "at": now}
            db.execute(
                insert(voice_rules).values(
                    **row, state="proposed", decided_by="", decided_at="", version=0
                )
            )

    def _read(self, query: Select[Any]) -> list[Row[Any]]:
        with reading(self._engine) as db:
            return list(db.execute(query))


def _approved() -> Select[Any]:
    return select(voice_rules).where(voice_rules.c.state == "approved")


def _newest(db: Connection) -> int:
    return int(db.scalar(select(func.max(voice_rules.c.version))) or 0)


def _same(one: KeptRule, proposal: Proposal) -> bool:
    return one.rule == proposal.rule and one.network == proposal.network


def _forget_stale(db: Connection, known: Sequence[KeptRule], fresh: Sequence[Proposal]) -> None:
    """Take back proposals that the edits do not show any more."""
    stale = [
        one.id
        for one in known
        if one.state == "proposed" and not any(_same(one, proposal) for proposal in fresh)
    ]
    db.execute(delete(voice_rules).where(voice_rules.c.id.in_(stale)))


def _already(one: KeptRule) -> str:
    if one.state == "proposed":
        return f"Rule {one.id} waits for a decision; there is nothing to undo."
    undo = f" `quiethand voice undo {one.id}` takes that back." if one.state != "undone" else ""
    at = one.decided_at[11:16]
    return f"Rule {one.id} was already {one.state} by {one.decided_by} at {at}.{undo}"


def _kept(row: Row[Any]) -> KeptRule:
    rule = RULES.validate_python(_tuples(row.rule))
    about = (row.state, row.decided_by, row.decided_at, row.version)
    return KeptRule(row.id, row.network, rule, tuple(row.edits), *about)


def _tuples(rule: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in rule.items()}
