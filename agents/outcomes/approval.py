"""Keep the answer for a person to decide."""

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.state import State


async def approval(state: State, runtime: Runtime[Deps]) -> State:
    """Outcome 2: a row waits, the graph does not; the decision comes back through the door."""
    return {"outcome": {"text": state["answer"]["text"], "asked": []}}
