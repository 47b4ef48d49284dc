"""Find passages by their rare words: BM25."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.words import words

K1, B = 1.2, 0.6
Scores = NDArray[np.float32]


class Keywords:
    """The words of every passage; the place of a passage is its place in the scores."""

    def __init__(self, index: Any, size: int) -> None:
        self._index, self.size = index, size
        self._places: dict[str, int] = index.vocab_dict if index is not None else {}
        self._rarest = math.log(1 + (size + 0.5) / 0.5)
        self._rarities: dict[str, float] = {}
        self._asked: tuple[str, Scores] = ("", self._scores(""))  # last; it is asked twice

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Keywords":
        """Count the words of texts."""
        from bm25s import BM25
        from bm25s.tokenization import Tokenized

        known: dict[str, int] = {}
        rows = [[known.setdefault(w, len(known)) for w in words(text)] for text in texts]
        if not known:
            return cls(None, len(rows))
        index = BM25(k1=K1, b=B, method="lucene")
        index.index(Tokenized(ids=rows, vocab=known), show_progress=False, create_empty_token=False)
        return cls(index, len(rows))

    def save(self, folder: Path) -> None:
        """Write it down."""
        if self._index is not None:
            self._index.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> "Keywords":
        """Read what was saved; large files stay on the disk until needed."""
        from bm25s import BM25

        return cls(BM25.load(folder, mmap=True), size)

    def scores(self, question: str) -> Scores:
        """Return, a passage, how much of the question's rare words it has: from 0 to about 1."""
        if question != self._asked[0]:
            self._asked = (question, self._scores(question))
        return self._asked[1]

    def _scores(self, question: str) -> Scores:
        asked = words(question)
        most = sum(self.rarity(word) for word in asked)
        found = [self._places[word] for word in asked if word in self._places]
        if self._index is None or not found:
            return np.zeros(self.size, np.float32)
        raw = self._index.get_scores_from_ids(found)
        return np.asarray(raw / most, dtype=np.float32)

    def rarity(self, word: str) -> float:
        """Return how much a word tells; one that is in no passage tells most."""
        if (known := self._rarities.get(word)) is not None:
            return known
        if (place := self._places.get(word)) is None:
            return self._rarest
        edges = self._index.scores["indptr"]
        count = int(edges[place + 1] - edges[place])
        rarity = math.log(1 + (self.size - count + 0.5) / (count + 0.5))
        return self._rarities.setdefault(word, rarity)

    def coverage(self, question: Sequence[str], said: Iterable[str]) -> float:
        """Return the share of a question's words, by rarity, that were said."""
        total = sum(self.rarity(word) for word in question)
        there = frozenset(said)
        return sum(self.rarity(word) for word in question if word in there) / (total or 1.0)
