"""What a turn means for the timers of its conversation; written with the turn, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, select

from agents.deps import Conflict, Event
from agents.state import Turn
from integrations.store.due import Due, Late
from integrations.store.missing import Missing
from integrations.store.opt_outs import OptOuts
from integrations.store.ratings import check_rating, rate_later
from integrations.store.reading import reading
from integrations.store.schema import conversations
from integrations.store.scribe import scribe_of
from integrations.store.timers import KINDS, answered, cancel, close, due_at, given_back, set_timer
from knowledge.brands.brand import Settings
from knowledge.brands.handing import Handoff, Sla
from knowledge.brands.reviewing import Approval
from knowledge.brands.satisfaction import Satisfaction

OURS = "quiethand"  # who sets the timers that no person sets
AT_ONCE = Approval(undo_seconds=0)
NOT_ASKED = Satisfaction()
UNASKED = ("notice", "reminder", "rating")  # turns that neither side wrote


@dataclass(frozen=True)
class Timing:
    """Sets, puts off and cancels timers as the brand settles it."""

    handoff: Handoff
    sla: Sla
    clock: Callable[[], datetime]
    approval: Approval = AT_ONCE
    satisfaction: Satisfaction = NOT_ASKED

    def turned(self, db: Connection, event: Event, turn: Turn) -> None:
        """Do what a turn means; runs in its transaction."""
        self._turned(db, event, turn)
        if event.draft and turn["draft"]:
            self._due.opened(db, turn["draft"], self.clock())
        rate_later(db, event, turn, self.clock(), self.satisfaction)

    def _turned(self, db: Connection, event: Event, turn: Turn) -> None:
        now, conversation = self.clock(), turn["conversation"]
        if event.timer is not None:
            self._went_off(db, event.timer, turn, now)
        if turn["kind"] == "hand_back":
            cancel(db, conversation, KINDS, turn["reason"])
        elif event.conversation["owner"] != "person" or _says_nothing(event, turn):
            return
        elif _by_person(turn):
            self._person(db, conversation, bool(event.lines), now)
            if not event.lines and (event.by or event.decision):  # taken without a word
                self._promise(db, conversation, event.conversation["team"], now)
        else:
            cancel(db, conversation, ("snooze",), "the customer wrote")
            if turn["outcome"] == "handoff":
                self._promise(db, turn["conversation"], turn["team"], now)

    def _went_off(self, db: Connection, timer: int, turn: Turn, now: datetime) -> None:
        """Close the timer that made the turn; who wrote meanwhile has kept it from going off."""
        kind = close(db, timer, now)
        if not kind:
            raise Conflict("the timer is not due any more")
        if kind == "hand_back":
            cancel(db, turn["conversation"], KINDS, turn["reason"])
            given_back(db, turn["conversation"], turn["id"], now)

    def snooze(self, engine: Engine, conversation: str, until: datetime, by: str, why: str) -> None:
        """Put a conversation away until a time; until then the agent does not get it back."""
        now = self.clock()
        if until <= now:
            raise Missing(f"{until:%Y-%m-%d %H:%M} is over; name a time to come.")
        with engine.begin() as db:
            if _owner(db, conversation) != "person":
                said = f"The agent has conversation {conversation!r}; there is nothing to put away."
                raise Missing(said)
            set_timer(db, conversation, "snooze", until, now, by, why)
            self._give_back_later(db, conversation, now)

    def unsnooze(self, engine: Engine, conversation: str, by: str) -> None:
        """Take a conversation back on the list before its time."""
        with engine.begin() as db:
            _owner(db, conversation)
            if not cancel(db, conversation, ("snooze",), f"{by} took it back"):
                raise Missing(f"Conversation {conversation!r} is not put away.")
            self._give_back_later(db, conversation, self.clock())

    def tells(self, engine: Engine, conversation: str) -> bool:
        """Say whether a customer whose answer is late hears of it."""
        if not self.sla.tell_customer:
            return False
        mine = conversations.c.id == conversation
        query = select(conversations.c.contact, conversations.c.audience).where(mine)
        with reading(engine) as db:
            row = db.execute(query).first()
            return bool(row and row.audience == "customer" and not OptOuts.has(db, row.contact))

    def undecided(self, engine: Engine, conversation: str) -> list[Late]:
        """Escalate drafts that nobody decided in time; return those that waited long enough."""
        return scribe_of(engine).write(lambda db: self._due.passed(db, conversation, self.clock()))

    def wait_on(self, engine: Engine, conversation: str) -> bool:
        """Set the timer for the drafts that are open still; say whether there are any."""
        return scribe_of(engine).write(lambda db: self._due.again(db, conversation, self.clock()))

    @property
    def _due(self) -> Due:
        return Due(self.approval, self.sla)

    def check_rating(self, engine: Engine, conversation: str) -> None:
        """Raise ``Missing`` unless a customer may be asked how well they were helped."""
        check_rating(engine, conversation, self.clock(), self.satisfaction)

    def _person(self, db: Connection, conversation: str, wrote: bool, now: datetime) -> None:
        """A person has it from now, and has answered if they wrote."""
        if wrote:
            cancel(db, conversation, ("first_answer",), "a person answered")
            answered(db, conversation, now)
        if not self.handoff.return_after_hours:
            return
        why = f"no line of a person for {self.handoff.return_after_hours:g} hours"
        set_timer(db, conversation, "hand_back", self._back(db, conversation, now), now, OURS, why)

    def _give_back_later(self, db: Connection, conversation: str, now: datetime) -> None:
        """Move the hand-back, if there is one, behind what was just settled."""
        if due_at(db, conversation, "hand_back"):
            self._person(db, conversation, False, now)

    def _back(self, db: Connection, conversation: str, now: datetime) -> datetime:
        away = due_at(db, conversation, "snooze")
        hours = timedelta(hours=self.handoff.return_after_hours)
        return max(now, away or now) + hours

    def _promise(self, db: Connection, conversation: str, team: str, now: datetime) -> None:
        minutes = self.sla.minutes(team)
        if minutes and not due_at(db, conversation, "first_answer"):
            due = now + timedelta(minutes=minutes)
            why = f"{team} answers within {minutes:g} minutes"
            set_timer(db, conversation, "first_answer", due, now, OURS, why)


def timing_of(brand: Settings, clock: Callable[[], datetime]) -> Timing:
    """Return what sets timers as a brand settles it."""
    return Timing(brand.handoff, brand.sla, clock, brand.approval, brand.satisfaction)


def _by_person(turn: Turn) -> bool:
    """Say whether a person has answered, approved an answer, or taken the conversation."""
    decided = turn["kind"] == "decision" and turn["outcome"] in ("reply", "silence")
    return turn["kind"] in ("person", "take_over") or decided


def _says_nothing(event: Event, turn: Turn) -> bool:
    """Say whether neither side wrote, and nobody took the conversation."""
    taken = event.decision and event.decision["action"] == "take_over"
    changed = turn["kind"] == "decision" and turn["outcome"] == "silence"
    return turn["kind"] in UNASKED or (changed and not taken)


def _owner(db: Connection, conversation: str) -> str:
    """Return who has a conversation; no turn of it commits before we do."""
    mine = select(conversations.c.owner).where(conversations.c.id == conversation)
    owner = db.scalar(mine.with_for_update())
    if owner is None:
        raise Missing(f"There is no conversation {conversation!r}.")
    return str(owner)
