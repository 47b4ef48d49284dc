"""Compare what documents say with each other, each different sentence once."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.claim import claim
from knowledge.documents.disagreement import difference, named, rarity, same
from knowledge.documents.document import Document
from knowledge.documents.passages import cut

# Kinds of processors differ by some thousandths: each of these stands in the middle of a gap.
EQUAL = 0.94  # nearness of two sentences that say the same
NEAR = 0.75  # nearness of two sentences that are about the same
TOGETHER = {"number": 1.58, "negation": 1.45}  # the same, and with what stands above each
COPIED = 0.8  # of the words of each of two documents stand in the other one too
COMMON = 20  # a sentence that stands in more documents is no sign of a copy
BLOCK = 512

Matrix = NDArray[np.float32]
Meaning = Callable[[list[str]], Matrix]
Near = tuple[int, int, float]  # two sentences, and how near they are
Pair = tuple[int, int]  # two documents
Said = tuple[int, str]  # a document and a sentence of it


class Statements:
    """Every different sentence of some documents, with the documents it stands in."""

    def __init__(self, documents: Sequence[Document], meaning: Meaning) -> None:
        self._documents, self._meaning = documents, meaning
        self._texts: list[str] = []
        self._above: list[dict[int, str]] = []  # what stands above a sentence, by document
        places: dict[str, int] = {}
        for number, document in enumerate(documents):
            for text, above in _sentences(document):
                if text not in places:
                    places[text] = len(places)
                    self._texts.append(text)
                    self._above.append({})
                self._above[places[text]].setdefault(number, above)
        self._vectors = np.asarray(meaning(self._texts), np.float32) if places else None
        pairs = zip(self._texts, self._above, strict=True)
        self._claims = named([claim(text, next(iter(above.values()))) for text, above in pairs])

    def copies(self) -> Iterator[Pair]:
        """Return pairs of documents that say nearly the same."""
        size = [0] * len(self._documents)
        for text, above in zip(self._texts, self._above, strict=True):
            for document in above:
                size[document] += len(text.split())
        for pair, shared in sorted(self._common().items()):
            if all(self._words(shared, document) >= COPIED * size[document] for document in pair):
                yield pair

    def contradictions(self) -> Iterator[tuple[Said, Said]]:
        """Return pairs of sentences of different documents that cannot both be right."""
        claims, weights = self._claims, rarity(self._claims)
        valued = np.array([bool(one.values) for one in claims], bool)
        negated = np.array([one.negated for one in claims], bool)
        for one, other, near in self._near(NEAR, valued, negated):
            kind = difference(claims[one], claims[other], weights)
            for pair in self._pairs(one, other) if kind else ():
                if near + self._in_place(one, other, pair) >= TOGETHER[kind]:
                    yield (pair[0], self._texts[one]), (pair[1], self._texts[other])

    def _common(self) -> dict[Pair, set[int]]:
        """Return, for pairs of documents, the sentences that stand in both."""
        common: dict[Pair, set[int]] = defaultdict(set)
        for one, above in enumerate(self._above):
            if len(above) <= COMMON:
                for pair in combinations(sorted(above), 2):
                    common[pair].add(one)
        for one, other, _ in self._near(EQUAL):
            few = len(self._above[one]) + len(self._above[other]) <= COMMON
            if few and same(self._claims[one], self._claims[other]):
                for pair in self._pairs(one, other):
                    common[min(pair), max(pair)].update((one, other))
        return common

    def _near(
        self,
        least: float,
        valued: NDArray[np.bool_] | None = None,
        negated: NDArray[np.bool_] | None = None,
    ) -> Iterator[Near]:
        """Return near sentences; with marks only those that could contradict each other."""
        vectors = self._vectors
        if vectors is None:
            return
        for start in range(0, len(vectors), BLOCK):
            near = vectors[start : start + BLOCK] @ vectors[start:].T
            fits = np.triu(near >= least, 1)
            if valued is not None and negated is not None:
                rows = slice(start, start + BLOCK)
                fits &= (valued[rows, None] & valued[start:]) | (
                    negated[rows, None] != negated[start:]
                )
            for row, column in zip(*np.nonzero(fits), strict=True):
                yield int(row) + start, int(column) + start, float(near[row, column])

    def _pairs(self, one: int, other: int) -> Iterator[Pair]:
        """Return pairs of different documents that two sentences stand in."""
        for first in self._above[one]:
            for second in self._above[other]:
                if first != second and self._same_tongue(first, second):
                    yield first, second

    def _same_tongue(self, first: int, second: int) -> bool:
        return self._documents[first].about.language == self._documents[second].about.language

    def _in_place(self, one: int, other: int, pair: Pair) -> float:
        """Return how near two sentences are together with what stands above them."""
        texts = [
            f"{self._above[one][pair[0]]}. {self._texts[one]}",
            f"{self._above[other][pair[1]]}. {self._texts[other]}",
        ]
        first, second = self._meaning(texts)
        return float(first @ second)

    def _words(self, shared: set[int], document: int) -> int:
        return sum(len(self._texts[one].split()) for one in shared if document in self._above[one])


def _sentences(document: Document) -> Iterator[tuple[str, str]]:
    """Return a document's title and sentences, each with what stands above it."""
    if document.title:
        yield document.title, ""
    for passage in cut(document):
        for sentence in passage.sentences:
            yield sentence.text, passage.name
