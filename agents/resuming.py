"""What a customer still waits for: when a draft is open, and when the agent gets them back."""

from agents.deps import Deps
from agents.routing.step import LIGHT
from agents.state import Conversation, Line, Message, State
from agents.understanding.readable import kind, readable
from knowledge.audience import Audience


def waiting(held: Conversation, timer: int, deps: Deps) -> Message | None:
    """Return what was written after the last answer as one message, unless it asks for nothing."""
    lines: list[Line] = []
    for line in reversed(held["history"]):
        if line["who"] in ("agent", "person"):
            break
        lines.insert(0, line)
    text = "\n".join(line["text"] for line in lines).strip()
    if not text or "channel" not in held:
        return None
    audience: Audience = "team" if lines[-1]["who"] == "team" else "customer"
    if not _asks(text, audience, deps):  # a thank-you of yesterday needs no answer today
        return None
    return Message(
        channel=held["channel"],
        conversation=held["id"],
        id=f"timer-{timer}",
        audience=audience,
        text=text,
        at=lines[-1]["at"],
        contact=held.get("contact", held["id"]),
    )


async def together(state: State, deps: Deps) -> State:
    """Take what waits in an open draft along with what the customer writes now.

    A thank-you, a stop word or a lone emoji asks for nothing, so the draft stays as it is.
    """
    message, conversation = state["message"], state["conversation"]
    if message["audience"] != "customer" or not conversation["version"]:
        return state
    contact = message.get("contact", "")
    drafts = await deps.records.waiting(conversation["id"], contact)
    if not drafts:
        return state
    state = {**state, "waiting": [one["id"] for one in drafts]}
    whole = "standing" in state and state["standing"]["whole"]
    text = message["text"]
    if whole or conversation["owner"] == "person" or not _asks(text, "customer", deps):
        return state
    said = "\n".join([*(one["message"]["text"] for one in drafts), text])
    return {**state, "message": {**message, "text": said}, "newly": text}


def _asks(text: str, audience: Audience, deps: Deps) -> bool:
    """Say whether a text wants something."""
    if kind(readable(text)) in ("empty", "emoji"):
        return False
    found, _ = deps.language.read(text, text, audience)
    return bool(found) and found[0].name not in LIGHT
