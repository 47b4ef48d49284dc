"""Do what the answer promises, then say it."""

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.outcomes.words import words
from agents.policy.promised import promised
from agents.state import Outcome, State


async def reply(state: State, runtime: Runtime[Deps]) -> State:
    """Outcome 1, the only place where a tool changes anything; the turn is the key."""
    deps, answer = runtime.context, state.get("answer")
    for action in answer["actions"] if answer else []:
        tool = deps.tools[action["tool"]]
        if tool.perform is not None:
            await tool.perform(tool.form.model_validate(action["form"]), state["turn"])
    unknown = state.get("says", "").startswith("unknown")
    outcome = Outcome(
        text=words(state, deps, state.get("team", "")),
        asked=["person_request"] if unknown else state.get("options", []),
    )
    if answer and unknown:
        outcome |= {"gaps": answer["missing"], "doubts": answer["doubts"]}
    if answer and "decision" in state:  # a person let it pass, so a person has to keep it
        outcome["tasks"] = promised(answer)
    return {"outcome": outcome}
