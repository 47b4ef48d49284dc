"""Keep words for a person to decide."""

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.outcomes.findings import findings
from agents.state import Draft, State
from tools.contract import Answer, Post


async def approval(state: State, runtime: Runtime[Deps]) -> State:
    """Outcome 2: a row waits, the graph does not; the decision comes back through the door."""
    return {"outcome": {"text": state["answer"]["text"], "asked": []}}


def drafted(state: State, deps: Deps) -> Draft | None:
    """Return what is left for a reviewer, when the verdict asks for one."""
    if state["verdict"] != "approval":
        return None
    message, answer = state["message"], state["answer"]
    return Draft(
        id=0,
        revision=1,
        message=message,
        route=state["route"],
        answer=answer,
        kind="comment" if message["channel"] == "public" else "reply",
        team=state.get("team", ""),
        risk=state.get("risk", "low"),
        findings=findings(answer, message["channel"], deps),
    )


def posts(state: State) -> list[Draft]:
    """Return the drafts for networks that a tool has made, when its answer is given."""
    answer = state.get("answer")
    if "decision" in state or state["verdict"] != "reply" or not answer:
        return []
    return [_post(state, answer, post) for post in answer.get("posts", [])]


def _post(state: State, answer: Answer, post: Post) -> Draft:
    own: Answer = {
        "text": "\n\n".join(post["parts"]),
        "evidence": post["evidence"],
        "confidence": answer["confidence"],
        "actions": [],
        "missing": [],
        "doubts": [],
        "posts": [post],
    }
    return Draft(
        id=0,
        revision=1,
        message=state["message"],
        route=state.get("route", ""),
        answer=own,
        kind="post",
        team=state.get("team", ""),
        risk="low",
        findings=post["findings"],
    )


def revised(state: State, deps: Deps) -> Draft | None:
    """Return the new words of a draft that a person wrote or asked for."""
    if "decision" not in state or state["decision"]["action"] not in ("edit", "rewrite"):
        return None
    draft, answer = state["draft"], state.get("answer")
    if answer is None:  # the turn broke
        return None
    found = findings(answer, draft["message"]["channel"], deps)
    return {**draft, "revision": draft["revision"] + 1, "answer": answer, "findings": found}
