"""What turns are called, and what a message loses before one is taken."""

import hashlib

from agents.state import Message


def turn_id(*parts: str) -> str:
    """Name a turn after its event, so that the same event is always the same turn."""
    return "t" + hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def nameless(message: Message) -> Message:
    """Leave out the name that the channel shows; what was found of it is in the vault."""
    message.pop("name", None)
    message.pop("apart", None)
    return message
