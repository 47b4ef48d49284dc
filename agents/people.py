"""What people do in conversations, each an event and the turn that it makes."""

import asyncio
from dataclasses import dataclass

from agents.deps import Deps, Event
from agents.outcomes.conversation import given_back
from agents.redaction.redact import Clean
from agents.state import Conversation, Line, Message, State, Turn
from agents.trace import record
from agents.turns import nameless, turn_id
from agents.understanding.readable import stored
from knowledge.language.promises import promises

Written = tuple[Event, Turn]
LONGEST = 2000  # characters of a line


class NotChecked(Exception):
    """A text could not be checked for personal data, so it goes no further."""


@dataclass(frozen=True)
class People:
    """Says what is written when a person speaks, takes a conversation or gives it back."""

    deps: Deps

    async def spoke(self, held: Conversation, text: str, by: str) -> Written:
        """A person's words go out in a conversation that they have."""
        clean = await self.clean(text, held)
        said = clean.text
        state = self._state("person", held, f"{by} answered")
        state["verdict"], state["outcome"] = "reply", {"text": said, "tasks": promises(said)}
        lines = [Line(who="person", text=said[:LONGEST], at=self._now(), route="")]
        after: Conversation = {**held, "placeholders": clean.placeholders}
        event = Event(None, after, state["outcome"], lines, originals=clean.originals, by=by)
        return event, record("person", state, [], 0.0)

    async def answered_elsewhere(
        self, turn: str, held: Conversation, message: Message, by: str
    ) -> Written:
        """A person spoke in the platform's own app, so the conversation is theirs."""
        clean = await self.clean(message["text"], held)
        state = State(turn=turn, conversation=held, verdict="silence", reason=f"{by} answered")
        line = Line(who="person", text=clean.text[:LONGEST], at=message["at"], route="")
        after: Conversation = {**held, "owner": "person", "placeholders": clean.placeholders}
        kept: Message = nameless({**message, "text": clean.text})
        event = Event(kept, after, {}, [line] if clean.text else [], originals=clean.originals)
        return event, record("person", state, [], 0.0)

    def took_over(self, conversation: Conversation, by: str) -> Written:
        """A person takes a conversation that the agent has."""
        state = self._state("take_over", conversation, f"{by} took over")
        team = conversation["team"] or self.deps.brand.team("default")
        after: Conversation = {**conversation, "owner": "person", "team": team}
        note = f"Why: {by} took over."
        if conversation["summary"]:
            note += "\nBefore: " + " / ".join(conversation["summary"][-5:])
        event = Event(None, after, {"note": note}, by=by)
        return event, record("take_over", state, [], 0.0)

    def gave_back(
        self, name: str, held: Conversation, by: str, timer: int | None = None
    ) -> Written:
        """The agent has the conversation again, as a fresh episode."""
        state = State(turn=name, conversation=held, verdict="silence")
        state["reason"] = f"{by} gave the conversation back"
        who = by if timer is None else ""
        event = Event(None, given_back(held), {}, timer=timer, by=who)
        return event, record("hand_back", state, [], 0.0)

    async def clean(self, text: str, conversation: Conversation) -> Clean:
        """Take personal data out of what a colleague wrote."""
        redactor, placeholders = self.deps.redactor, conversation["placeholders"]
        if not text:
            return Clean("", placeholders, {})
        clean = await asyncio.to_thread(redactor.clean_own, stored(text), placeholders)
        if not clean.checked:
            raise NotChecked("Your words could not be checked for personal data; try again.")
        return clean

    def _state(self, kind: str, conversation: Conversation, reason: str) -> State:
        name = turn_id(kind, conversation["id"], str(conversation["version"]))
        return State(turn=name, conversation=conversation, verdict="silence", reason=reason)

    def _now(self) -> str:
        return self.deps.clock().isoformat()
