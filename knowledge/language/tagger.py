"""Find names of people and places: a branch of MiniLM that says for each word what it names."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.language.encoder import NAMES, Encoder
from knowledge.language.joining import OWNS, Name, Named, joined
from knowledge.language.words import WORD, at_start, shapes

READ = 2000  # characters; of a longer text, words behind these are judged by their capitals
WINDOWS = 2  # of 128 word pieces; one message shall not hold up the others
PERSON, PLACE, COMPANY = 1, 2, 3  # columns; the first is for nothing
BESIDE = 0.4  # of the cut is enough right beside a word that is over it

Floats = NDArray[np.float32]
Place = tuple[int, int]
Word = tuple[int, int, Floats]


class Tagger:
    """Says which words name people and places."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def found(self, text: str) -> list[Named]:
        """Return the names of a text, in order."""
        windows = self._encoder.windows(text[:READ])
        read = windows[:WINDOWS]
        written = [shapes(text, window.offsets) for window in read]
        shares = self._encoder.tagged([window.ids for window in read], written)
        pieces = [place for window in read for place in window.offsets]
        names = joined(text, self._judged(text, pieces, shares))
        if len(text) > READ or len(windows) > WINDOWS:
            names += _capitals(text, max(end for _, end in pieces))
        return names

    def _judged(self, text: str, pieces: Sequence[Place], shares: Floats) -> Iterator[Named]:
        """Yield the words that name something: sure ones, and less sure ones right beside them."""
        words = list(_worded(text, pieces, shares))
        labels = [self._label(share, 1.0) for *_, share in words]
        for at, (start, end, share) in enumerate(words):
            beside = {labels[near] for near in (at - 1, at + 1) if _beside(text, words, at, near)}
            label = labels[at] or self._label(share, BESIDE)
            if label and (labels[at] or label in beside):
                yield Named(start, end, label, float(share[PERSON] + share[PLACE]))

    def _label(self, share: Floats, part: float) -> Name | None:
        """Say what a word names when its share is over this part of the cut."""
        person, place = share[PERSON] / self._cuts[0], share[PLACE] / self._cuts[1]
        best = max(person, place)
        if best < part or best < share[COMPANY] / self._cuts[2]:
            return None
        return "person" if person >= place else "place"

    @cached_property
    def _cuts(self) -> Floats:
        with np.load(NAMES, allow_pickle=False) as stored:
            return np.asarray(stored["cuts"], dtype=np.float32)


def _beside(text: str, words: Sequence[Word], at: int, near: int) -> bool:
    """Say whether only a blank parts two words."""
    if not 0 <= near < len(words):
        return False
    first, second = sorted((at, near))
    return text[words[first][1] : words[second][0]] == " "


def _worded(
    text: str, pieces: Sequence[Place], shares: Floats
) -> Iterator[tuple[int, int, Floats]]:
    """Yield each word with the mean share of its pieces, the possessive ending left out."""
    number = 0
    for word in WORD.finditer(text):
        while number < len(pieces) and pieces[number][1] <= word.start():
            number += 1
        first = number
        while number < len(pieces) and pieces[number][0] < word.end():
            number += 1
        if first < number:
            end = word.start() + len(OWNS.sub("", word[0]))
            rows = [n for n in range(first, number) if pieces[n][0] < min(pieces[n][1], end)]
            if rows:
                yield word.start(), word.end(), shares[rows].mean(axis=0)


def _capitals(text: str, start: int) -> list[Named]:
    """Take every capitalised word within a sentence for a name: nobody read it."""
    words = (
        Named(word.start(), word.end(), "person", 0.5)
        for word in WORD.finditer(text, start)
        if word[0][0].isupper() and not at_start(text, word.start())
    )
    return joined(text, words)
