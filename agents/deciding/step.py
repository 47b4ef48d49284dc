"""Turn a reviewer's decision into an outcome."""

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.state import State


async def deciding(state: State, runtime: Runtime[Deps]) -> State:
    """Approve, edit or reject: the only way past policy, and only for the revision decided."""
    decision, draft = state["decision"], state["draft"]
    written: State = {"route": draft["route"], "says": "", "answer": draft["answer"]}
    if decision["action"] == "reject":
        reason = f"{decision['by']} rejected the draft"
        return {**written, "verdict": "handoff", "reason": reason, "says": "handoff"}
    if decision["action"] == "edit":
        written["answer"] = {**draft["answer"], "text": decision["text"]}
    past = {"approve": "approved", "edit": "edited and approved"}[decision["action"]]
    return {**written, "verdict": "reply", "reason": f"{decision['by']} {past} the draft"}
