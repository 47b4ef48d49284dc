"""Open a house for a command, with its progress on standard error."""

import uuid
from datetime import UTC, datetime
from typing import Any

from agents.state import Message, Turn
from integrations.cli.terminal import progress
from integrations.settings import read
from integrations.wiring import House, wire
from knowledge.audience import Audience

KEYS = ("outcome", "text", "route", "intents", "signals", "evidence", "verdict", "reason", "team",
        "turn", "conversation", "draft", "risk", "timings")  # fmt: skip


def opened(brand: str | None) -> House:
    """Build a house from the environment, with the brand of the command line first."""
    settings = read()
    if brand:
        settings = settings.model_copy(update={"brand": brand})
    return wire(settings, progress)


def message(
    text: str,
    who: Audience,
    conversation: str,
    channel: str = "terminal",
    contact: str = "",
    name: str = "",
) -> Message:
    """Make a message of a line of text; a contact has an id, and a name that the channel shows."""
    said = Message(
        channel=channel,
        conversation=conversation,
        id=uuid.uuid4().hex,
        audience=who,
        text=text,
        at=datetime.now(UTC).isoformat(),
    )
    if contact:
        said["contact"] = contact
    if name:
        said["name"] = name
    return said


def new_conversation(who: Audience) -> str:
    """Name a conversation that nobody had before."""
    return f"{who}-{uuid.uuid4().hex[:8]}"


def public(turn: Turn) -> dict[str, Any]:
    """Return a turn under the keys that we promise."""
    found = {key: turn["id"] if key == "turn" else dict(turn)[key] for key in KEYS}
    return found | ({"drafts": turn["drafts"]} if "drafts" in turn else {})
