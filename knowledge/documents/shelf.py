"""What a store of documents does; integrations/ supplies it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.document import Document
from knowledge.documents.passages import Passage

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Kept:
    """A passage with its number and its vectors.

    The vectors are of the whole, of the headings, of each sentence, and of each way to ask.
    """

    number: int
    passage: Passage
    vectors: Matrix

    def near(self, question: Matrix) -> Matrix:
        """Return how near each sentence is to a question, or the nearest way to ask for it."""
        count = len(self.passage.sentences)
        found = self.vectors[2:] @ question
        near = found[:count].copy()
        if len(found) > count:
            np.maximum.at(near, self._asked, found[count:])
        return near

    @cached_property
    def _asked(self) -> NDArray[np.intp]:
        """Return the sentence that each way to ask belongs to."""
        sentences = enumerate(self.passage.sentences)
        return np.array([place for place, one in sentences for _ in one.asked], np.intp)


@dataclass(frozen=True)
class Entry:
    """What a filter needs to know of a passage."""

    number: int
    audience: str
    product: str
    language: str
    valid_from: date | None
    valid_until: date | None


class Shelf(Protocol):
    """Documents and their passages, by transactions."""

    def generation(self) -> int: ...

    def sources(self, root: str) -> dict[str, str]: ...

    def held(self, root: str, source: str) -> dict[str, str]:
        """Return content by id of the documents of a source."""

    def owners(self, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Return the root and source of each of these documents that is there."""

    def write(
        self,
        root: str,
        source: str,
        digest: str,
        gone: Sequence[str],
        fresh: Sequence[tuple[Document, Sequence[tuple[Passage, Matrix]]]],
    ) -> tuple[list[int], list[int]]:
        """Replace documents of a source; return the numbers of passages gone and new."""

    def drop(self, root: str, source: str) -> tuple[list[str], list[int]]: ...

    def remove(self, id: str) -> list[int] | None: ...

    def documents(self) -> list[Document]: ...

    def document(self, id: str) -> Document | None: ...

    def passages(self, id: str) -> list[Passage]: ...

    def entries(self) -> list[Entry]:
        """Return every passage, by number."""

    def texts(self) -> Iterator[str]:
        """Return name and text of every passage, by number."""

    def read(self, numbers: Sequence[int]) -> dict[int, Kept]: ...
