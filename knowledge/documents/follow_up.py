"""Complete a follow-up from its question: "and for teams?" after "how much is Starter?"."""

import re

MOST = 8  # ways to read it
SHORT = 2  # words; "and for Business?" says nothing alone

_OPENER = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|and|or|but|so|then|what|how|is it|same|about|for|with|on|in|the|if"
    r"|also)\b[\s,]*)+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w'-]*")
_PLAIN = frozenset(
    ["how", "much", "many", "what", "when", "where", "which", "who", "why", "the", "and", "for",
     "are", "can", "does", "did", "you", "your", "our", "with", "from", "there", "have", "has"]
)  # fmt: skip


def readings(follow_up: str, question: str) -> list[str]:
    """Return what may be meant: the follow-up in the place of each word that carries meaning."""
    new = subject(follow_up)
    words = [m for m in _WORD.finditer(question) if len(m[0]) > 2 and m[0].lower() not in _PLAIN]
    swapped = [f"{question[: m.start()]}{new}{question[m.end() :]}" for m in words[: MOST - 1]]
    return [*swapped, f"{question} {new}"]


def subject(follow_up: str) -> str:
    """Return the part of a follow-up that is new."""
    return _OPENER.sub("", follow_up).strip(" ?!.,") or follow_up


def alone(text: str) -> bool:
    """Say whether a text can be understood without what was asked before it."""
    return not _OPENER.match(text) or len(subject(text).split()) > SHORT
