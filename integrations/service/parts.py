"""Split what is too long for a platform: after a paragraph, else a sentence, else a word."""

import re
from typing import Literal

Counted = Literal["characters", "bytes"]
_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"(?<=[.!?])\s|\n"), re.compile(r"\s"))


def parts(text: str, longest: int, counted_in: Counted = "characters") -> list[str]:
    """Return the text in parts that the platform takes."""
    left, found = text.strip(), list[str]()
    while len(left.encode() if counted_in == "bytes" else left) > longest:
        end = _end(_fitting(left, longest, counted_in))
        found.append(left[:end].rstrip())
        left = left[end:].lstrip()
    return [*found, left] if left or not found else found


def _fitting(text: str, longest: int, counted_in: Counted) -> str:
    if counted_in == "characters":
        return text[: max(1, longest)]
    return text.encode()[: max(4, longest)].decode("utf-8", "ignore")


def _end(text: str) -> int:
    """Return where the best ending is; one in the first third would leave too little."""
    for ending in _ENDS:
        places = [found.end() for found in ending.finditer(text)]
        if places and places[-1] > len(text) // 3:
            return places[-1]
    return len(text)
