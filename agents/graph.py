"""The whole agent on one page, in the order an event meets it."""

from typing import Literal

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

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


async def first_step(state: State) -> Literal["understanding", "deciding"]:
    """A message starts at understanding, a reviewer's decision at deciding."""
    return "deciding" if "decision" in state else "understanding"


async def after_understanding(state: State) -> Literal["routing", "policy"]:
    """Nothing is worked out while a person has the conversation."""
    return "policy" if state["conversation"]["owner"] == "person" else "routing"


async def after_routing(state: State) -> Literal["answering", "policy"]:
    """No tool, no answer: policy says what happens instead."""
    return "policy" if state["route"] in (NOBODY, STANDING) else "answering"


async def after_verdict(state: State) -> str:
    """The verdict is the name of the outcome; silence is the end."""
    return END if state["verdict"] == "silence" else state["verdict"]


def build() -> Graph:
    """Compile the graph. It handles one event and ends: whatever waits, waits in a row.

    The branches are ``async``, or LangGraph would send each to a thread and back.
    """
    graph = StateGraph(State, context_schema=Deps)
    for step in (understanding, routing, answering, policy, deciding, reply, approval, handoff):
        graph.add_node(step)

    graph.add_conditional_edges(START, first_step)
    graph.add_conditional_edges("understanding", after_understanding)
    graph.add_conditional_edges("routing", after_routing)
    graph.add_edge("answering", "policy")
    graph.add_conditional_edges("policy", after_verdict, ["reply", "approval", "handoff", END])
    graph.add_conditional_edges("deciding", after_verdict, ["reply", "handoff", END])
    return graph.compile()
