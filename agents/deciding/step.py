"""Turn a reviewer's decision into an outcome."""

from langgraph.runtime import Runtime

from agents.deciding.rewriting import rewritten
from agents.deps import Deps
from agents.outcomes.findings import blocks, findings, with_words
from agents.state import Decision, Draft, State

DID = {
    "approve": "approved",
    "edit": "edited and approved",
    "reject": "rejected",
    "take_over": "took over the conversation of",
    "rewrite": "asked for other words of",
}


async def deciding(state: State, runtime: Runtime[Deps]) -> State:
    """Carry a decision out: the only way past policy, and only for the revision decided."""
    decision, draft, deps = state["decision"], state["draft"], runtime.context
    action = decision["action"]
    written: State = {"route": draft["route"], "says": "", "answer": draft["answer"]}
    written["reason"] = _reason(decision)
    if action == "edit":
        written["answer"] = with_words(draft["answer"], decision["text"])
        written["stays"] = _not_yet(written, decision, draft, deps)
    if action == "rewrite":
        written["answer"] = await rewritten(draft, decision.get("reason", ""), deps)
        written["stays"] = True
    if draft.get("kind") == "post" or action == "take_over" or written.get("stays"):
        return {**written, "verdict": "silence"}
    if action in ("reject", "expire"):
        return {**written, "verdict": "handoff", "says": "handoff"}
    return {**written, "verdict": "reply"}


def _not_yet(written: State, decision: Decision, draft: Draft, deps: Deps) -> bool:
    """Say whether new words wait: for others to approve, or for what stands against them."""
    found = findings(written["answer"], draft["message"]["channel"], deps)
    return decision.get("stays", False) or blocks(found)


def _reason(decision: Decision) -> str:
    if decision["action"] == "expire":
        return "nobody decided in time"
    said = f"{decision['by']} {DID[decision['action']]} the draft"
    why = decision.get("reason", "") if decision["action"] == "reject" else ""
    return f"{said} ({why})" if why else said
