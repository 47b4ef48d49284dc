"""The questions of one message, to be answered one by one."""

import re

from knowledge.documents.sentences import ends

_ASKS = (
    r"(?:how|what(?:'s)?|which|where|when|who|why|can|could|may|do|does|did|is|are|will|would"
    r"|should|has|have)"
)
_CONDITION = r"(?:if|when|since|because|after|before|for|with|as|once|while|unless|on|in|at)\b"
_BREAK = re.compile(
    rf"\?+\s+|[.!]\s+(?={_ASKS}\b)"
    rf"|,?\s+(?:and|also|plus|oh and|or)\s+(?=(?:also\s+)?{_ASKS}\s+\S+\s)",
    re.IGNORECASE,
)
_ASKING = re.compile(rf"\W*(?:and|also|so|ok|but)?\s*{_ASKS}\b", re.IGNORECASE)
_FOCUS = re.compile(
    rf"(?:[.!?>:]\s+|(?:^|[.!?]\s+)(?!{_CONDITION})(?:\S+\s+){{0,3}}\S+,\s+)({_ASKS}\b.{{12,}})",
    re.IGNORECASE | re.DOTALL,
)
SHORT = 3  # words; less is a part of its neighbour


def questions(text: str) -> list[str]:
    """Return the questions in order; a text that is one question, or none, stays whole."""
    parts = [part.strip(" ,;") for part in _BREAK.split(text) if part and part.strip(" ,;?!.")]
    asking = [p for p in parts if _ASKING.match(p) and len(p.split()) >= SHORT]
    return asking if len(asking) > 1 else [text]


def focus(text: str) -> str:
    """Return the part that asks, without the greeting or the story before it."""
    found = _FOCUS.search(text)
    return found[1] if found else text


def asks(text: str) -> bool:
    """Say whether something is asked, rather than told or wished for."""
    return bool(_ASKING.match(focus(text)))


def readings(text: str) -> list[str]:
    """Return how a message may be read: all of it, the part that asks, its longest sentence."""
    sentences = [text[start:end] for start, end in ends(text, 0, len(text))]
    return list(dict.fromkeys([text, focus(text), max(sentences, key=len, default=text)]))
