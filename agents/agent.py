"""The one door: channels, reviewers, evals and tests all come in here."""

import asyncio
import hashlib
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import cast

from agents.deps import Conflict, Deps, Event
from agents.graph import Graph
from agents.outcomes.approval import drafted
from agents.outcomes.conversation import after, began_anew, given_back, new_lines
from agents.outcomes.handoff import handed_off
from agents.outcomes.reminder import reminder
from agents.redaction.redact import Clean
from agents.resuming import waiting
from agents.standing import CODE_SHOWN, standing
from agents.state import Conversation, Decision, Kind, Line, Message, State, Step, Turn
from agents.trace import found, noting, record
from agents.understanding.readable import stored
from knowledge.language.promises import promises

log = logging.getLogger(__name__)

OnStep = Callable[[Step], None]
STEPS = 20  # more would be a loop
UNCHECKED = "the message could not be checked for personal data"
BROKEN = "an internal error"
ATTEMPTS = 5  # at one turn, while other turns of the conversation get in between


def nobody_watches(_: Step) -> None:
    """Take a step and do nothing."""


class NotChecked(Exception):
    """A text could not be checked for personal data, so it goes no further."""


@dataclass(frozen=True)
class Agent:
    """A compiled graph together with what it needs."""

    graph: Graph
    deps: Deps

    async def receive(self, message: Message, on_step: OnStep = nobody_watches) -> Turn:
        """Take one message to its outcome; the same message twice has one outcome."""
        turn = turn_id(message["channel"], message["conversation"], message["id"])
        for _ in range(ATTEMPTS):
            if known := await self.deps.records.seen(turn):
                return known
            state, clean = await self._opened(turn, message)
            try:
                return await self._run(state, clean, on_step)
            except Conflict:
                continue
        raise Conflict(f"conversation {message['conversation']} is too busy")

    async def decide(self, decision: Decision, on_step: OnStep = nobody_watches) -> Turn:
        """Carry out a reviewer's decision; refuse one about a revision no longer open."""
        draft, conversation = await self.deps.records.draft(decision)
        name = f"{decision['draft']}.{decision['revision']}"
        turn = turn_id("decision", conversation["id"], name)
        clean = await self._clean_own(decision["text"], conversation)
        state = State(
            turn=turn,
            message=draft["message"],
            conversation={**conversation, "placeholders": clean.placeholders},
            decision={**decision, "text": clean.text},
            draft=draft,
        )
        return await self._run(state, clean, on_step)

    async def hand_back(self, conversation: str, by: str, timer: int | None = None) -> Turn:
        """Give a conversation back to the agent; a new episode begins, with nothing open.

        A timer gives it back whatever was asked meanwhile, so that is answered then.
        """
        held = await self.deps.records.held(conversation)
        name = turn_id("hand_back", held["id"], str(held["version"]))
        if timer is not None:
            name = turn_id("timer", held["id"], str(timer))
            if asked := await asyncio.to_thread(waiting, held, timer, self.deps):
                clean = Clean(asked["text"], held["placeholders"], {})
                state = State(turn=name, message=asked, conversation=given_back(held))
                return await self._run(state, clean, nobody_watches, timer)
        state = State(turn=name, conversation=held, verdict="silence")
        state["reason"] = f"{by} gave the conversation back"
        turn = record("hand_back", state, [], 0.0)
        event = Event(None, given_back(held), {}, timer=timer)
        return await self.deps.records.commit(event, turn)

    async def remind(self, conversation: str, timer: int) -> Turn:
        """Tell a customer who waits for a person that they are not forgotten; once a timer."""
        held = await self.deps.records.held(conversation)
        name = turn_id("timer", held["id"], str(timer))
        if known := await self.deps.records.seen(name):
            return known
        return await self.deps.records.commit(*reminder(name, held, timer, self.deps))

    async def speak(self, conversation: str, text: str, by: str) -> Turn:
        """Say in a person's words what they want said, in a conversation that they have."""
        held = await self.deps.records.held(conversation)
        clean = await self._clean_own(text, held)
        said = clean.text
        name = turn_id("person", held["id"], str(held["version"]))
        state = State(turn=name, conversation=held, verdict="reply", reason=f"{by} answered")
        state["outcome"] = {"text": said, "tasks": promises(said)}
        line = Line(who="person", text=said[:2000], at=self.deps.clock().isoformat(), route="")
        after: Conversation = {**held, "placeholders": clean.placeholders}
        event = Event(None, after, state["outcome"], [line], originals=clean.originals)
        return await self.deps.records.commit(event, record("person", state, [], 0.0))

    async def step_back(self, message: Message, by: str) -> Turn:
        """Keep what a person said in the platform's own app, and leave the conversation to them."""
        held = await self.deps.records.conversation(message)
        turn = turn_id(message["channel"], held["id"], message["id"])
        if known := await self.deps.records.seen(turn):
            return known
        clean = await self._clean_own(message["text"], held)
        state = State(turn=turn, conversation=held, verdict="silence", reason=f"{by} answered")
        line = Line(who="person", text=clean.text[:2000], at=message["at"], route="")
        after: Conversation = {**held, "owner": "person", "placeholders": clean.placeholders}
        kept: Message = _nameless({**message, "text": clean.text})
        event = Event(kept, after, {}, [line] if clean.text else [], originals=clean.originals)
        return await self.deps.records.commit(event, record("person", state, [], 0.0))

    async def _opened(self, turn: str, message: Message) -> tuple[State, Clean]:
        conversation = began_anew(await self.deps.records.conversation(message), self.deps.clock())
        known = [message["name"]] if "name" in message else []
        text, placeholders = stored(message["text"]), conversation["placeholders"]
        told = await standing(message, self.deps)
        text = CODE_SHOWN if told and told["code"] else text
        clean = await asyncio.to_thread(self.deps.redactor.clean, text, placeholders, known)
        state = State(
            turn=turn,
            message=_nameless({**message, "text": clean.text}),
            conversation={**conversation, "placeholders": clean.placeholders},
        )
        if told:
            state["standing"] = told
        return state, clean

    async def _clean_own(self, text: str, conversation: Conversation) -> Clean:
        redactor, placeholders = self.deps.redactor, conversation["placeholders"]
        clean = await asyncio.to_thread(redactor.clean_own, stored(text), placeholders)
        if not clean.checked:
            raise NotChecked("Your words could not be checked for personal data; try again.")
        return clean

    async def _run(
        self, state: State, clean: Clean, on_step: OnStep, timer: int | None = None
    ) -> Turn:
        began, steps = perf_counter(), list[Step]()
        with noting() as noted:
            try:
                if not clean.checked:
                    raise NotChecked(UNCHECKED)
                await self._walk(state, steps, on_step)
            except Exception as error:  # noqa: BLE001 - the one boundary: a person takes over
                _report(state["turn"], error)
                state = handed_off(state, self.deps, UNCHECKED if not clean.checked else BROKEN)
        event = Event(
            message=None if "decision" in state else state["message"],
            conversation=after(state),
            lines=new_lines(state, self.deps.clock()),
            outcome=state.get("outcome", {}),
            decision=state.get("decision"),
            draft=drafted(state),
            originals=clean.originals,
            standing=state.get("standing"),
            timer=timer,
        )
        kind: Kind = "decision" if "decision" in state else "message"
        turn = record(kind, state, steps, 1000 * (perf_counter() - began), noted)
        return await self.deps.records.commit(event, turn)

    async def _walk(self, state: State, steps: list[Step], on_step: OnStep) -> None:
        """Run the graph, keep what each step wrote, and tell whoever watches."""
        last = perf_counter()
        updates = self.graph.astream(
            state, {"recursion_limit": STEPS}, context=self.deps, stream_mode="updates"
        )
        async for update in updates:
            now = perf_counter()
            for name, written in cast(dict[str, State | None], update).items():
                new = written or State()
                state.update(new)
                step = Step(name=name, ms=round(1000 * (now - last), 2), found=found(new))
                steps.append(step)
                on_step(step)
            last = now


def _report(turn: str, error: Exception) -> None:
    """Log what broke and where; never its message, which may quote the customer."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} at {where.filename}:{where.lineno}"
    log.error("turn %s failed: %s", turn, place, extra={"action": "turn_failed", "turn": turn})


def _nameless(message: Message) -> Message:
    """Leave out the name that the channel shows; what was found of it is in the vault."""
    message.pop("name", None)
    message.pop("apart", None)
    return message


def turn_id(*parts: str) -> str:
    """Name a turn after its event, so that the same event is always the same turn."""
    return "t" + hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()
