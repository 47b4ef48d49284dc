"""What a turn means for the timers of its conversation; written with the turn, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, select

from agents.deps import Conflict, Event
from agents.state import Turn
from integrations.store.missing import Missing
from integrations.store.opt_outs import OptOuts
from integrations.store.schema import conversations
from integrations.store.timers import KINDS, answered, cancel, close, due_at, given_back, set_timer
from knowledge.brands.handing import Handoff, Sla

OURS = "quiethand"  # who sets the timers that no person sets
UNASKED = ("notice", "reminder")  # turns that neither side wrote


@dataclass(frozen=True)
class Timing:
    """Sets, puts off and cancels timers as the brand settles it."""

    handoff: Handoff
    sla: Sla
    clock: Callable[[], datetime]

    def turned(self, db: Connection, event: Event, turn: Turn) -> None:
        """Do what a turn means; runs in its transaction."""
        now, conversation = self.clock(), turn["conversation"]
        if event.timer is not None:
            self._went_off(db, event.timer, turn, now)
        if turn["kind"] == "hand_back":
            cancel(db, conversation, KINDS, turn["reason"])
        elif event.conversation["owner"] != "person" or turn["kind"] in UNASKED:
            return
        elif _by_person(turn):
            self._person(db, conversation, bool(event.lines), now)
        else:
            cancel(db, conversation, ("snooze",), "the customer wrote")
            if turn["outcome"] == "handoff":
                self._promise(db, turn, now)

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
        with engine.connect().execution_options(reads=True) as db, db.begin():
            row = db.execute(query).first()
            return bool(row and row.audience == "customer" and not OptOuts.has(db, row.contact))

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

    def _promise(self, db: Connection, turn: Turn, now: datetime) -> None:
        minutes = self.sla.minutes(turn["team"])
        if minutes and not due_at(db, turn["conversation"], "first_answer"):
            due = now + timedelta(minutes=minutes)
            why = f"{turn['team']} answers within {minutes:g} minutes"
            set_timer(db, turn["conversation"], "first_answer", due, now, OURS, why)


def _by_person(turn: Turn) -> bool:
    """Say whether a person's words went out in their own or the agent's place."""
    return turn["kind"] == "person" or (turn["kind"] == "decision" and turn["outcome"] == "reply")


def _owner(db: Connection, conversation: str) -> str:
    """Return who has a conversation; no turn of it commits before we do."""
    mine = select(conversations.c.owner).where(conversations.c.id == conversation)
    owner = db.scalar(mine.with_for_update())
    if owner is None:
        raise Missing(f"There is no conversation {conversation!r}.")
    return str(owner)
