"""Do what the answer promises, then say it."""

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.outcomes.acting import acted
from agents.outcomes.disclosure import disclosed
from agents.outcomes.words import words
from agents.policy.promised import promised
from agents.state import Outcome, State


async def reply(state: State, runtime: Runtime[Deps]) -> State:
    """Outcome 1: what the answer says it does is done first."""
    deps, answer = runtime.context, state.get("answer")
    await acted(state, deps)
    unknown = state.get("says", "").startswith("unknown")
    outcome = Outcome(asked=["person_request"] if unknown else state.get("options", []))
    outcome |= disclosed(words(state, deps, state.get("team", "")), state, deps)
    if answer and "confirm" in answer:
        outcome |= {"asked": [answer["confirm"]["intent"]], "confirms": answer["confirm"]["what"]}
    if answer and "asks" in answer:
        outcome |= {"asked": [answer["asks"]], "goes_on": True}
    if answer and unknown:
        outcome |= {"gaps": answer["missing"], "doubts": answer["doubts"]}
    if answer and "decision" in state:  # a person let it pass, so a person has to keep it
        outcome["tasks"] = promised(answer)
    return {"outcome": outcome}
