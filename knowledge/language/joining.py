"""Words that name the same person or place, as one stretch of text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Name = Literal["person", "place"]

# What may stand within a name; a comma parts people, and holds an address together.
_WITHIN = {
    "person": re.compile(r"[ \t]?[.'’\-]?[ \t]?"),
    "place": re.compile(r"[\s.,'’\-/#()]{1,5}"),
}
OWNS = re.compile(r"['’][sS]$")
_BEHIND = re.compile(rf"{OWNS.pattern}|[\s,]+(?i:tel|telefon|fax|phone|mobile|e-?mail)$")
_TITLE = re.compile(r"(?i:mr|mrs|ms|dr|prof|herr|frau|mme)\.?[ \t]+(?=\S)")


@dataclass(frozen=True)
class Named:
    """A stretch of text that names somebody or some place."""

    start: int
    end: int
    label: Name
    score: float


def joined(text: str, words: Iterable[Named]) -> list[Named]:
    """Join neighbours with the same label; leave what is not the name outside."""
    names: list[Named] = []
    for word in words:
        last = names[-1] if names else None
        if last and _together(text, last, word):
            names[-1] = replace(last, end=word.end, score=max(last.score, word.score))
        else:
            names.append(word)
    return [_trimmed(text, name) for name in names]


def _together(text: str, last: Named, word: Named) -> bool:
    between = text[last.end : word.start]
    if last.label != word.label or not _WITHIN[word.label].fullmatch(between):
        return False
    written = text[last.start : last.end].split()[-1]
    ended = between.startswith(".") and len(written) > 3 and word.label == "person"
    return not ended and not (OWNS.search(text[last.start : last.end]) and word.label == "person")


def _trimmed(text: str, name: Named) -> Named:
    """Leave outside: a title, a possessive ending, and the next line's label ("Tel")."""
    said = text[name.start : name.end]
    title = _TITLE.match(said) if name.label == "person" else None
    behind = _BEHIND.search(said)
    start = name.start + (title.end() if title else 0)
    return replace(name, start=start, end=name.start + behind.start() if behind else name.end)
