"""Split a message into the parts that may each want something."""

import re

SHORTEST = 3  # words; a shorter part belongs to its neighbour
MOST = 6

_BREAK = re.compile(
    r"(?<=[.!?;])\s+|\n+|,?\s+(?:and also|also|and then|plus|besides that|oh and|ps:?|btw)\s+"
    r"|,?\s+and\s+(?=(?:can|could|how|what|where|when|why|please|i|is|do|does|would|cancel|send)\b)",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """Return the parts in order; a single part when there is nothing to split."""
    parts: list[str] = []
    for part in _BREAK.split(text):
        if not part or not part.strip():
            continue
        if parts and len(part.split()) < SHORTEST:
            parts[-1] = f"{parts[-1]} {part.strip()}"
        else:
            parts.append(part.strip())
    return parts[:MOST] if len(parts) > 1 else [text]
