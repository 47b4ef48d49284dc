"""The one door: channels, reviewers, evals and tests all come in here."""

import hashlib
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import cast

from agents.deps import Conflict, Deps, Event
from agents.graph import Graph
from agents.outcomes.conversation import after, began_anew, given_back, new_lines
from agents.outcomes.handoff import handed_off
from agents.redaction.redact import redact
from agents.state import Conversation, Decision, Draft, Kind, Line, Message, State, Step, Turn
from agents.trace import found, record
from agents.understanding.readable import stored
from knowledge.language.promises import promises

log = logging.getLogger(__name__)

OnStep = Callable[[Step], None]
STEPS = 20  # more would be a loop
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
            state = await self._opened(turn, message)
            try:
                return await self._run(state, on_step)
            except Conflict:
                continue
        raise Conflict(f"conversation {message['conversation']} is too busy")

    async def decide(self, decision: Decision, on_step: OnStep = nobody_watches) -> Turn:
        """Carry out a reviewer's decision; refuse one about a revision no longer open."""
        draft, conversation = await self.deps.records.draft(decision)
        name = f"{decision['draft']}.{decision['revision']}"
        turn = turn_id("decision", conversation["id"], name)
        state = State(
            turn=turn,
            message=draft["message"],
            conversation=conversation,
            decision={**decision, "text": self._clean(decision["text"], conversation)[0]},
            draft=draft,
        )
        return await self._run(state, on_step)

    async def hand_back(self, conversation: str, by: str) -> Turn:
        """Give a conversation back to the agent; a new episode begins, with nothing open."""
        held = await self.deps.records.held(conversation)
        name = turn_id("hand_back", held["id"], str(held["version"]))
        state = State(turn=name, conversation=held, verdict="silence")
        state["reason"] = f"{by} gave the conversation back"
        turn = record("hand_back", state, [], 0.0)
        return await self.deps.records.commit(Event(None, given_back(held), {}), turn)

    async def speak(self, conversation: str, text: str, by: str) -> Turn:
        """Say in a person's words what they want said, in a conversation that they have."""
        held = await self.deps.records.held(conversation)
        said, placeholders = self._clean(text, held)
        name = turn_id("person", held["id"], str(held["version"]))
        state = State(turn=name, conversation=held, verdict="reply", reason=f"{by} answered")
        state["outcome"] = {"text": said, "tasks": promises(said)}
        line = Line(who="person", text=said[:2000], at=self.deps.clock().isoformat(), route="")
        event = Event(None, {**held, "placeholders": placeholders}, state["outcome"], [line])
        return await self.deps.records.commit(event, record("person", state, [], 0.0))

    async def _opened(self, turn: str, message: Message) -> State:
        conversation = began_anew(await self.deps.records.conversation(message), self.deps.clock())
        text, placeholders = self._clean(message["text"], conversation)
        return State(
            turn=turn,
            message={**message, "text": text},
            conversation={**conversation, "placeholders": placeholders},
        )

    def _clean(self, text: str, conversation: Conversation) -> tuple[str, dict[str, str]]:
        return redact(stored(text), conversation["placeholders"], self.deps.secret)

    async def _run(self, state: State, on_step: OnStep) -> Turn:
        began, steps = perf_counter(), list[Step]()
        try:
            await self._walk(state, steps, on_step)
        except Exception as error:  # noqa: BLE001 - the one boundary: a person takes over
            _report(state["turn"], error)
            state = handed_off(state, self.deps)
        event = Event(
            message=None if "decision" in state else state["message"],
            conversation=after(state),
            lines=new_lines(state, self.deps.clock()),
            outcome=state.get("outcome", {}),
            decision=state.get("decision"),
            draft=_draft(state),
        )
        kind: Kind = "decision" if "decision" in state else "message"
        turn = record(kind, state, steps, 1000 * (perf_counter() - began))
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


def turn_id(*parts: str) -> str:
    """Name a turn after its event, so that the same event is always the same turn."""
    return "t" + hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def _draft(state: State) -> Draft | None:
    """Return what is left for a reviewer, when the verdict asks for one."""
    if state["verdict"] != "approval":
        return None
    return Draft(
        id=0,
        revision=1,
        message=state["message"],
        route=state["route"],
        answer=state["answer"],
    )
