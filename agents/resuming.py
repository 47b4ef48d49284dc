"""What a customer still waits for when the agent gets their conversation back by itself."""

from agents.deps import Deps
from agents.routing.step import LIGHT
from agents.state import Conversation, Line, Message
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
    found, _ = deps.language.read(text, text, audience)
    if not found or found[0].name in LIGHT:  # a thank-you of yesterday needs no answer today
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
