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

Floats = NDArray[np.float32]
Place = tuple[int, int]


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
        """Yield the words that name something: the mean of their pieces is over the cut."""
        for start, end, share in _worded(text, pieces, shares):
            over = {
                "person": share[PERSON] / self._cuts[0],
                "place": share[PLACE] / self._cuts[1],
            }
            label: Name = "person" if over["person"] >= over["place"] else "place"
            if over[label] >= 1 and over[label] >= share[COMPANY] / self._cuts[2]:
                yield Named(start, end, label, float(share[PERSON] + share[PLACE]))

    @cached_property
    def _cuts(self) -> Floats:
        with np.load(NAMES, allow_pickle=False) as stored:
            return np.asarray(stored["cuts"], dtype=np.float32)


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
