"""The one door: channels, reviewers, evals and tests all come in here."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import cast

from agents.deps import Conflict, Deps, Event
from agents.graph import Graph
from agents.outcomes.approval import drafted, posts, revised
from agents.outcomes.conversation import after, began_anew, given_back, new_lines, replaced
from agents.outcomes.handoff import handed_off
from agents.outcomes.rating import rating
from agents.outcomes.reminder import reminder
from agents.people import NotChecked as NotChecked
from agents.people import People
from agents.redaction.redact import Clean
from agents.resuming import together, waiting
from agents.standing import CODE_SHOWN, standing
from agents.state import Conversation, Decision, Kind, Message, State, Step, Turn
from agents.trace import found, noting, record
from agents.turns import nameless
from agents.turns import turn_id as turn_id
from agents.understanding.readable import stored

log = logging.getLogger(__name__)

OnStep = Callable[[Step], None]
STEPS = 20  # more would be a loop
UNCHECKED = "the message could not be checked for personal data"
BROKEN = "an internal error"
ATTEMPTS = 5  # at one turn, while other turns of the conversation get in between


def nobody_watches(_: Step) -> None:
    """Take a step and do nothing."""


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
        for _ in range(ATTEMPTS):
            state, clean = await self._decided(decision)
            try:
                return await self._run(state, clean, on_step)
            except Conflict:
                continue
        raise Conflict(f"the conversation of draft {decision['draft']} is too busy")

    async def take_over(self, conversation: str, by: str) -> Turn:
        """Give a conversation that the agent has to a person."""
        for _ in range(ATTEMPTS):
            known = await self.deps.records.known(conversation)
            try:
                return await self.deps.records.commit(*self._people.took_over(known, by))
            except Conflict:
                continue
        raise Conflict(f"conversation {conversation} is too busy")

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
        return await self.deps.records.commit(*self._people.gave_back(name, held, by, timer))

    async def remind(self, conversation: str, timer: int) -> Turn:
        """Tell a customer who waits for a person that they are not forgotten; once a timer."""
        held = await self.deps.records.held(conversation)
        name = turn_id("timer", held["id"], str(timer))
        if known := await self.deps.records.seen(name):
            return known
        return await self.deps.records.commit(*reminder(name, held, timer, self.deps))

    async def ask_rating(self, conversation: str, timer: int) -> Turn:
        """Ask a customer how well they were helped; once a timer."""
        name = turn_id("timer", conversation, str(timer))
        if known := await self.deps.records.seen(name):
            return known
        talk = await self.deps.records.known(conversation)
        return await self.deps.records.commit(*rating(name, talk, timer, self.deps))

    async def speak(self, conversation: str, text: str, by: str) -> Turn:
        """Say in a person's words what they want said, in a conversation that they have."""
        held = await self.deps.records.held(conversation)
        return await self.deps.records.commit(*await self._people.spoke(held, text, by))

    async def step_back(self, message: Message, by: str) -> Turn:
        """Keep what a person said in the platform's own app, and leave the conversation to them."""
        held = await self.deps.records.conversation(message)
        turn = turn_id(message["channel"], held["id"], message["id"])
        if known := await self.deps.records.seen(turn):
            return known
        written = await self._people.answered_elsewhere(turn, held, message, by)
        return await self.deps.records.commit(*written)

    @property
    def _people(self) -> People:
        return People(self.deps)

    async def _opened(self, turn: str, message: Message) -> tuple[State, Clean]:
        conversation = began_anew(await self.deps.records.conversation(message), self.deps.clock())
        known = [message["name"]] if "name" in message else []
        text, placeholders = stored(message["text"]), conversation["placeholders"]
        told = await standing(message, self.deps)
        text = CODE_SHOWN if told and told["code"] else text
        clean = await asyncio.to_thread(self.deps.redactor.clean, text, placeholders, known)
        state = State(
            turn=turn,
            message=nameless({**message, "text": clean.text}),
            conversation={**conversation, "placeholders": clean.placeholders},
        )
        if told:
            state["standing"] = told
        return await together(state, self.deps), clean

    async def _decided(self, decision: Decision) -> tuple[State, Clean]:
        draft, conversation = await self.deps.records.draft(decision)
        name = f"{decision['draft']}.{decision['revision']}"
        text = await self._people.clean(decision["text"], conversation)
        before: Conversation = {**conversation, "placeholders": text.placeholders}
        reason = await self._people.clean(decision.get("reason", ""), before)
        said: Decision = {**decision, "text": text.text, "reason": reason.text}
        clean = Clean(text.text, reason.placeholders, {**text.originals, **reason.originals})
        state = State(
            turn=turn_id("decision", conversation["id"], name),
            message=draft["message"],
            conversation={**conversation, "placeholders": clean.placeholders},
            decision=said,
            draft=draft,
        )
        return state, clean

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
            draft=drafted(state, self.deps),
            posts=posts(state),
            revision=revised(state, self.deps),
            stays=state.get("stays", False),
            replaces=replaced(state),
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
