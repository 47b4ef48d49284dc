"""The help centre's documents: put in, taken out, and searched."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.background import SAMPLE
from knowledge.documents.document import Changes, Document
from knowledge.documents.passages import Passage, cut
from knowledge.documents.scope import Scope
from knowledge.documents.search import Found, search
from knowledge.documents.shelf import Shelf
from knowledge.documents.stock import Stock
from knowledge.documents.vectors import Vectors
from knowledge.language.encoder import Encoder, unit

MOMENT = 0.5  # seconds until a change by another process is seen
Matrix = NDArray[np.float32]
Embedded = tuple[Passage, Matrix]
Lock = Callable[[], AbstractContextManager[object]]


class Library:
    """Documents on a shelf, with what is needed to find them."""

    def __init__(
        self,
        shelf: Shelf,
        vectors: Vectors,
        encoder: Encoder,
        cache: Path,
        lock: Lock = nullcontext,
        few: int = SAMPLE,
        moment: float = MOMENT,
    ) -> None:
        self._shelf, self._vectors, self._encoder = shelf, vectors, encoder
        self._cache, self._lock, self._few, self._moment = cache, lock, few, moment
        self._stock: Stock | None = None
        self._fresh = 0.0  # until when nobody looks whether there is something new
        self._seen = -1  # the generation that our open vectors know

    def search(self, question: str, scope: Scope, follows: str = "", most: int = 8) -> Found:
        """Return what answers a question, best first."""
        return search(self.stock, self._encoder, question, scope, follows, most)

    def lapsed(self, scope: Scope) -> bool:
        """Say whether there are documents that do not hold on this day, but would else be found."""
        return self.stock.lapsed(scope)

    def rarity(self, words: Iterable[str]) -> dict[str, float]:
        """Return how much each word tells in this library."""
        keywords = self.stock.keywords
        return {word: keywords.rarity(word) for word in words}

    def meaning(self, texts: list[str]) -> Matrix:
        """Return the vectors of texts, as the library compares them."""
        return self._encoder.meaning(texts)

    @property
    def stock(self) -> Stock:
        """Return what is there now; what another process changed is seen within moments."""
        if self._stock is not None and monotonic() < self._fresh:
            return self._stock
        generation = self._shelf.generation()
        if self._stock is None or self._stock.generation != generation:
            self._look_again(generation)
            self._stock = Stock(self._shelf, self._vectors, self._cache, self._few)
            count = len(self._stock.entries)
            if count > self._few and self._vectors.count() != count:
                self._mend(self._stock)
        self._fresh = monotonic() + self._moment
        return self._stock

    def sources(self, root: str) -> dict[str, str]:
        """Return the digest of each file that was read below a root."""
        return self._shelf.sources(root)

    def replace(
        self, root: str, source: str, digest: str, documents: Sequence[Document]
    ) -> Changes:
        """Let a source hold these documents and no others, in one step."""
        with self._lock():
            named = self._named(root, source, documents)
            held = self._shelf.held(root, source)
            gone = [id for id in held if id not in named]
            fresh = [one for id, one in named.items() if held.get(id) != one.content]
            stale = [one.id for one in fresh if one.id in held]
            self._write(root, source, digest, [*gone, *stale], fresh)
            return Changes(
                added=[one.id for one in fresh if one.id not in held],
                changed=stale,
                unchanged=[id for id, one in named.items() if held.get(id) == one.content],
                removed=gone,
            )

    def drop(self, root: str, source: str) -> list[str]:
        """Forget a source; return the ids that went with it."""
        with self._lock():
            self._look_again(self._shelf.generation())
            ids, numbers = self._shelf.drop(root, source)
            self._vectors.remove(numbers)
            self._seen, self._fresh = self._shelf.generation(), 0.0
            return ids

    def remove(self, id: str) -> bool:
        """Forget one document, until its source is read again."""
        with self._lock():
            self._look_again(self._shelf.generation())
            numbers = self._shelf.remove(id)
            self._vectors.remove(numbers or [])
            self._seen, self._fresh = self._shelf.generation(), 0.0
            return numbers is not None

    def documents(self) -> list[Document]:
        """Return every document, by id."""
        return self._shelf.documents()

    def document(self, id: str) -> Document | None:
        """Return one document."""
        return self._shelf.document(id)

    def passages(self, id: str) -> list[Passage]:
        """Return the passages of a document in reading order."""
        return self._shelf.passages(id)

    def _write(
        self, root: str, source: str, digest: str, gone: list[str], fresh: list[Document]
    ) -> None:
        self._look_again(self._shelf.generation())
        cut_up = list(self._cut(fresh))
        old, new = self._shelf.write(root, source, digest, gone, cut_up)
        self._vectors.remove(old)
        if new:
            wholes = [vectors[0] for _, parts in cut_up for _, vectors in parts]
            self._vectors.add(new, np.stack(wholes))
        self._seen, self._fresh = self._shelf.generation(), 0.0

    def _cut(self, documents: list[Document]) -> Iterator[tuple[Document, list[Embedded]]]:
        """Cut documents up, and compute all their vectors at once, each text once."""
        parts = [(document, cut(document)) for document in documents]
        texts = {text for _, passages in parts for one in passages for text in _texts(one)}
        chosen = sorted(texts)
        vectors = dict(zip(chosen, self._encoder.meaning(chosen), strict=True))
        for document, passages in parts:
            yield document, [(one, _matrix(one, vectors)) for one in passages]

    def _named(self, root: str, source: str, documents: Sequence[Document]) -> dict[str, Document]:
        """Return documents by id; an id that is taken gets a number."""
        owners = self._shelf.owners([document.id for document in documents])
        taken = {id for id, owner in owners.items() if owner != (root, source)}
        named: dict[str, Document] = {}
        for document in documents:
            id, number = document.id, 1
            while id in taken or id in named:
                number += 1
                id = f"{document.id}-{number}"
            named[id] = replace(document, id=id)
        return named

    def _look_again(self, generation: int) -> None:
        if generation != self._seen:
            self._vectors.reopen()
            self._seen = generation

    def _mend(self, stock: Stock) -> None:
        """Bring the vectors back in step: a process died half-way, or their folder was lost."""
        wanted, there = {entry.number for entry in stock.entries}, self._vectors.numbers()
        self._vectors.remove(sorted(there - wanted))
        missing = sorted(wanted - there)
        for start in range(0, len(missing), 500):
            kept = stock.read(missing[start : start + 500])
            self._vectors.add([one.number for one in kept], np.stack([k.vectors[0] for k in kept]))


def _texts(passage: Passage) -> list[str]:
    """Return what is turned into vectors: headings, each sentence below them, ways to ask."""
    name = passage.name
    above = f"{name}. " if name else ""
    sentences = [f"{above}{sentence.text}" for sentence in passage.sentences]
    asked = [way for sentence in passage.sentences for way in sentence.asked]
    return [name or passage.text, *sentences, *asked]


def _matrix(passage: Passage, vectors: dict[str, Matrix]) -> Matrix:
    """Return the vectors as a shelf keeps them: whole, headings, sentences, ways to ask.

    The mean of the sentences, by length, finds passages as well as a vector of the whole text
    does, costs nothing, and no end of a long passage is cut off.
    """
    heading, *rest = (vectors[text] for text in _texts(passage))
    lengths = [len(sentence.text) for sentence in passage.sentences]
    sentences = rest[: len(lengths)]
    whole = heading if not passage.name else np.average(sentences, axis=0, weights=lengths)
    return np.stack([unit(whole[None])[0], heading, *rest])
