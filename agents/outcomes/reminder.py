"""Tell a customer who waits for a person that they are not forgotten. Pure."""

from agents.deps import Deps, Event
from agents.outcomes.words import words
from agents.state import Conversation, Line, State, Turn
from agents.trace import record


def reminder(turn: str, held: Conversation, timer: int, deps: Deps) -> tuple[Event, Turn]:
    """Return what is said, and the turn that says it; the conversation stays with its person."""
    state = State(turn=turn, conversation=held, verdict="reply", says="not_forgotten")
    text = words(state, deps, held["team"])
    state["reason"], state["outcome"] = "no person answered in time", {"text": text}
    line = Line(who="agent", text=text[:2000], at=deps.clock().isoformat(), route="")
    return Event(None, held, {"text": text}, [line], timer=timer), record(
        "reminder", state, [], 0.0
    )
