"""Ask a customer how well they were helped. Pure."""

from agents.deps import Deps, Event
from agents.state import Conversation, Line, State, Turn
from agents.trace import record
from knowledge.brands.satisfaction import RATING
from knowledge.language.tongue import language
from prompts import loader


def rating(turn: str, conversation: Conversation, timer: int, deps: Deps) -> tuple[Event, Turn]:
    """Return what is asked, and the turn that asks it; nothing else moves."""
    text = loader.render("messages/rating", language=_language(conversation, deps))
    state = State(turn=turn, conversation=conversation, verdict="reply", route=RATING)
    state["reason"], state["outcome"] = "asks how well we helped", {"text": text}
    line = Line(who="agent", text=text, at=deps.clock().isoformat(), route=RATING)
    event = Event(None, conversation, {"text": text}, [line], timer=timer)
    return event, record("rating", state, [], 0.0)


def _language(conversation: Conversation, deps: Deps) -> str:
    """Return the language that the customer wrote last, if the brand speaks it, or the brand's."""
    known = deps.brand.settings.languages
    said = [line["text"] for line in conversation["history"] if line["who"] == "customer"]
    theirs = language(said[-1]) if said else ""
    return theirs if theirs in known else known[0]
