"""Give the conversation to a person."""

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.outcomes.acting import acted
from agents.outcomes.disclosure import disclosed
from agents.outcomes.words import words
from agents.state import State


async def handoff(state: State, runtime: Runtime[Deps]) -> State:
    """Outcome 3: a person takes over, knows why, and the customer is told something true."""
    done = await acted(state, runtime.context) if state.get("acts") else []
    return _taken_over(state, runtime.context, done)


def handed_off(state: State, deps: Deps, reason: str) -> State:
    """Return the state of a turn that broke, as a handoff: never silence, never an exception."""
    broken: State = {
        **state,
        "verdict": "handoff",
        "reason": reason,
        "says": "handoff",
        "acts": False,
    }
    return {**broken, **_taken_over(broken, deps, [])}


def _taken_over(state: State, deps: Deps, done: list[str]) -> State:
    team = state.get("team") or state["conversation"]["team"] or deps.brand.team("default")
    said = disclosed(words(state, deps, team), state, deps)
    return {"team": team, "outcome": {**said, "note": _note(state, done), "asked": []}}


def _note(state: State, done: list[str]) -> str:
    """Sum up for the colleague: why, what was done, what is wanted, the mood, what was tried."""
    conversation, signals = state["conversation"], state.get("signals")
    lines = [f"Why: {state['reason']}.", *done, f"Says: {state['message']['text'][:500]}"]
    if wanted := [i["name"] for i in state.get("intents", [])[:3] if i["confidence"] >= 0.3]:
        lines.append(f"Wants: {', '.join(wanted)}.")
    if signals:
        mood = [signals["sentiment"], *signals["emotions"], *signals["crisis"]]
        lines.append(f"Mood: {', '.join(part for part in mood if part)}.")
    if doubts := state.get("answer", {}).get("doubts"):
        lines.append(f"Articles: {'; '.join(doubts)}.")
    if conversation["summary"]:
        lines.append("Before: " + " / ".join(conversation["summary"][-5:]))
    return "\n".join(lines)
