"""The words of a text as a tagger sees them: how each is written and where it stands."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SHAPES = (
    "title", "upper", "initial", "mixed", "first", "line", "digits", "tag", "share_title",
    "share_upper",
)  # fmt: skip
_BREAK = re.compile(r"[.!?:]\s*[\"'(]*$|^[\"'(\s]*$")

Offsets = Sequence[tuple[int, int]]


def shapes(text: str, pieces: Offsets) -> NDArray[np.float32]:
    """Return, for each piece of a word, how the whole word is written."""
    found = np.zeros((len(pieces), len(SHAPES)), np.float32)
    words = [(match.start(), match.end(), match[0]) for match in WORD.finditer(text)]
    rows = [_shape(text, start, word) for start, _, word in words]
    overall = _overall([word for *_, word in words])
    place = 0
    for number, (start, end) in enumerate(pieces):
        if start == end:
            continue
        while place < len(words) and words[place][1] <= start:
            place += 1
        if place < len(words) and words[place][0] < end:
            found[number, :8] = rows[place]
            found[number, 8:] = overall
    return found


def at_start(text: str, start: int) -> bool:
    """Say whether a sentence or a line begins here."""
    return start == 0 or bool(_BREAK.search(text[max(0, start - 4) : start]))


def _shape(text: str, start: int, word: str) -> list[bool]:
    before = text[max(0, start - 4) : start]
    alone = word[0].isupper() and len(word) == 1
    return [
        word.istitle() and len(word) > 1,
        word.isupper() and len(word) > 1,
        alone,
        not alone and not word.istitle() and not word.isupper() and not word.islower(),
        at_start(text, start),
        start == 0 or "\n" in before,
        any(letter.isdigit() for letter in word),
        (bool(before) and before[-1] in "@#") or before[-2:] == "@ ",
    ]


def _overall(words: list[str]) -> tuple[float, float]:
    letters = [word for word in words if word[0].isalpha()]
    if not letters:
        return 0.0, 0.0
    titled = sum(word[0].isupper() for word in letters) / len(letters)
    return titled, sum(word.isupper() and len(word) > 1 for word in letters) / len(letters)
