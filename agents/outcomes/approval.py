"""Keep the answer for a person to decide."""

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.state import Draft, State


async def approval(state: State, runtime: Runtime[Deps]) -> State:
    """Outcome 2: a row waits, the graph does not; the decision comes back through the door."""
    return {"outcome": {"text": state["answer"]["text"], "asked": []}}


def drafted(state: State) -> Draft | None:
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
