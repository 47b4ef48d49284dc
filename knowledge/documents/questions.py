"""The questions of one message, to be answered one by one."""

import re

_ASKS = (
    r"(?:how|what(?:'s)?|which|where|when|who|why|can|could|may|do|does|did|is|are|will|would"
    r"|should|has|have)"
)
_BREAK = re.compile(
    rf"\?+\s+|[.!]\s+(?={_ASKS}\b)"
    rf"|,?\s+(?:and|also|plus|oh and|or)\s+(?=(?:also\s+)?{_ASKS}\s+\S+\s)",
    re.IGNORECASE,
)
_ASKING = re.compile(rf"\W*(?:and|also|so|ok|but)?\s*{_ASKS}\b", re.IGNORECASE)
SHORT = 3  # words; less is a part of its neighbour


def questions(text: str) -> list[str]:
    """Return the questions in order; a text that is one question, or none, stays whole."""
    parts = [part.strip(" ,;") for part in _BREAK.split(text) if part and part.strip(" ,;?!.")]
    asking = [p for p in parts if _ASKING.match(p) and len(p.split()) >= SHORT]
    return asking if len(asking) > 1 else [text]
