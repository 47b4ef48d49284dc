"""What people decide, for every face: the console, the terminal, Slack."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agents.agent import ATTEMPTS, Agent
from agents.deciding.rewording import KNOWN, reworded
from agents.deps import Conflict, StaleDecision
from agents.people import NotChecked, People
from agents.state import Decision, Turn
from integrations.store.missing import Missing
from integrations.store.reviews import Look, Reviews

REASONS = {
    "wrong": "it is not true",
    "tone": "it does not sound like us",
    "unsafe": "it may do harm",
    "not_ours": "it is not ours to answer",
    "duplicate": "it was said before",
    "other": "something else",
}


@dataclass(frozen=True)
class Decided:
    """What a decision came to, in words that a reviewer may read."""

    draft: int
    revision: int  # that the draft has now
    status: str  # open, approved, edited, rejected, superseded, expired, taken_over
    said: str
    leaves_at: str = ""  # until then it may be taken back; ISO 8601
    waits_for: str = ""  # whose yes is missing
    turn: Turn | None = None


@dataclass(frozen=True)
class Refused:
    """A decision of many that was not carried out, and why."""

    draft: int
    why: str


@dataclass(frozen=True)
class Reviewing:
    """Carries out what people decide, as the brand's steps of approval allow it."""

    agent: Agent
    reviews: Reviews

    async def decide(self, decision: Decision) -> Decided:
        """Carry a decision out; one that another decided first is told who and when."""
        decision = await asyncio.to_thread(self._checked, decision)
        waits = ""
        if decision["action"] in ("approve", "edit"):
            role = decision.get("reason", "")
            waits = await asyncio.to_thread(self.reviews.say_yes, decision, role)
        if waits and decision["action"] == "approve":
            return await self._told(decision, None, waits)
        turn = await self.agent.decide({**decision, "stays": True} if waits else decision)
        return await self._told(decision, turn, waits)

    async def decide_all(self, decisions: Sequence[Decision]) -> list[Decided | Refused]:
        """Carry out many decisions; only what can do little harm is approved unread."""
        return [await self._one_of_many(decision) for decision in decisions]

    async def _one_of_many(self, decision: Decision) -> Decided | Refused:
        number = decision["draft"]
        try:
            look = await asyncio.to_thread(self.reviews.look, number)
            if decision["action"] != "reject" and look.risk != "low":
                return Refused(number, f"Its risk is {look.risk}: look at it on its own.")
            return await self.decide(decision)
        except (StaleDecision, Missing, Conflict, NotChecked) as error:
            return Refused(number, str(error))

    async def undo(self, draft: int, by: str) -> Decided:
        """Take a decision back before what was approved leaves; the draft is open again."""
        await asyncio.to_thread(self.reviews.undo, draft, by)
        look = await asyncio.to_thread(self.reviews.look, draft)
        return Decided(draft, look.revision, look.status, f"{by} took it back; it waits again.")

    async def snooze(self, draft: int, until: datetime, by: str, why: str = "") -> Decided:
        """Put an open draft away until a time."""
        clean = await self._clean(draft, why)
        await asyncio.to_thread(self.reviews.snooze, draft, until, by, clean)
        return await self._done(draft, f"It is put away until {until:%Y-%m-%d %H:%M %Z}.")

    async def assign(self, draft: int, to: str, by: str) -> Decided:
        """Give an open draft to a colleague; to nobody with an empty name."""
        await asyncio.to_thread(self.reviews.assign, draft, to, by)
        return await self._done(draft, f"It is {to}'s now." if to else "It is nobody's now.")

    async def take_over(self, conversation: str, by: str) -> Turn:
        """Give a conversation that the agent has to a person; its open replies close."""
        known = await self.agent.deps.records.known(conversation)
        if known["owner"] == "person":
            raise Missing(f"A person already has conversation {conversation!r}.")
        return await self.agent.take_over(conversation, by)

    async def hand_back(self, conversation: str, by: str) -> Turn:
        """Give a conversation back to the agent."""
        return await self.agent.hand_back(conversation, by)

    async def speak(self, conversation: str, text: str, by: str) -> Turn:
        """Say something in a conversation that people have."""
        if not text.strip():
            raise Missing("Write what is to be said.")
        return await self.agent.speak(conversation, text, by)

    async def note(self, conversation: str, text: str, by: str) -> None:
        """Keep a note beside a conversation; it is redacted, and never sent."""
        if not text.strip():
            raise Missing("Write the note.")
        people = People(self.agent.deps)
        for _ in range(ATTEMPTS):
            known = await self.agent.deps.records.known(conversation)
            clean = await people.clean(text, known)
            try:
                return await asyncio.to_thread(self.reviews.note, known, clean, by)
            except Conflict:
                continue
        raise Conflict(f"conversation {conversation} is too busy")

    def _checked(self, decision: Decision) -> Decision:
        """Return a decision that can be carried out, with the role of whoever approves in it."""
        action, reason = decision["action"], decision.get("reason", "").strip()
        if action == "expire":
            raise Missing("Only time lets a draft expire.")
        if action == "edit" and not decision["text"].strip():
            raise Missing("Write your words; empty ones cannot be approved.")
        if action == "take_over" and self.reviews.look(decision["draft"]).kind == "post":
            raise Missing("There is no customer behind a post; reject it instead.")
        if action == "rewrite":
            self._can_rewrite(decision["draft"], reason)
        if action == "reject" and reason and reason.partition(":")[0].strip() not in REASONS:
            raise Missing(f"Begin the reason with one of {', '.join(REASONS)}.")
        if action in ("approve", "edit"):
            reason = decision.get("role") or self.reviews.role_of(decision["by"])
        return {**decision, "reason": reason}

    def _can_rewrite(self, draft: int, wish: str) -> None:
        """Refuse a wish that would change nothing; a model may understand more."""
        if not wish:
            raise Missing("Say how it shall be: shorter, no exclamation marks, more formal ...")
        text = self.reviews.look(draft).text
        if self.agent.deps.model is None and reworded(text, wish) == text:
            raise Missing(f"That changes nothing here. Without a language model I know: {KNOWN}.")

    async def _clean(self, draft: int, text: str) -> str:
        """Take personal data out of what is only for colleagues, for good."""
        if not text:
            return ""
        look = await asyncio.to_thread(self.reviews.look, draft)
        known = await self.agent.deps.records.known(look.conversation)
        return (await People(self.agent.deps).clean(text, known)).text

    async def _done(self, draft: int, said: str) -> Decided:
        look = await asyncio.to_thread(self.reviews.look, draft)
        return Decided(draft, look.revision, look.status, said, look.leaves_at)

    async def _told(self, decision: Decision, turn: Turn | None, waits: str) -> Decided:
        look = await asyncio.to_thread(self.reviews.look, decision["draft"])
        said = _said(decision, look, waits)
        return Decided(look.number, look.revision, look.status, said, look.leaves_at, waits, turn)


def _said(decision: Decision, look: Look, waits: str) -> str:
    """Say what became of a decision."""
    if waits:
        return f"You said yes; it waits for {waits}."
    if look.status == "open" and decision["action"] == "edit":
        return f"Your words are kept as revision {look.revision}. It is not ready: {look.about}"
    if look.status == "open":
        return f"Revision {look.revision} waits for you."
    done = {"approved": "Approved", "edited": "Edited and approved", "rejected": "Rejected"}
    said = done.get(look.status, "The conversation is with people now")
    return f"{said}; it leaves at {look.leaves_at[11:19]}." if look.leaves_at else f"{said}."
