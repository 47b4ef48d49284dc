"""The whole agent on one page, in the order an event meets it."""

from collections.abc import Awaitable, Callable
from typing import cast

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command

from agents.answering.step import answering
from agents.deciding.step import deciding
from agents.deps import Deps
from agents.outcomes.approval import approval
from agents.outcomes.handoff import handoff
from agents.outcomes.reply import reply
from agents.policy.step import policy
from agents.routing.step import NOBODY, STANDING, routing
from agents.state import State
from agents.understanding.step import understanding

Graph = CompiledStateGraph[State, Deps, State, State]
Does = Callable[[State, Runtime[Deps]], Awaitable[State]]


async def first_step(state: State) -> str:
    """A message starts at understanding, a reviewer's decision at deciding."""
    return "deciding" if "decision" in state else "understanding"


def after_understanding(state: State) -> str:
    """Nothing is worked out while a person has the conversation."""
    return "policy" if state["conversation"]["owner"] == "person" else "routing"


def after_routing(state: State) -> str:
    """No tool, no answer: policy says what happens instead."""
    return "policy" if state["route"] in (NOBODY, STANDING) else "answering"


def after_verdict(state: State) -> str:
    """The verdict is the name of the outcome; silence is the end."""
    return END if state["verdict"] == "silence" else state["verdict"]


def build() -> Graph:
    """Compile the graph. It handles one event and ends: whatever waits, waits in a row."""
    graph = StateGraph(State, context_schema=Deps)

    def step(does: Does, then: Callable[[State], str], *places: str) -> None:
        graph.add_node(does.__name__, _and_then(does, then), destinations=places)

    graph.add_conditional_edges(START, first_step, ["understanding", "deciding"])
    step(understanding, after_understanding, "routing", "policy")
    step(routing, after_routing, "answering", "policy")
    graph.add_node(answering)
    graph.add_edge("answering", "policy")
    step(policy, after_verdict, "reply", "approval", "handoff", END)
    step(deciding, after_verdict, "reply", "handoff", END)
    for outcome in (reply, approval, handoff):
        graph.add_node(outcome)
    return graph.compile()


def _and_then(does: Does, then: Callable[[State], str]) -> Callable[..., Awaitable[Command[str]]]:
    """Let a step say itself what follows: an edge with a choice costs as much as a step."""

    async def done(state: State, runtime: Runtime[Deps]) -> Command[str]:
        written = await does(state, runtime)
        return Command(update=written, goto=then(cast(State, {**state, **written})))

    return done
