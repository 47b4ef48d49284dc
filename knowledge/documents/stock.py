"""What a library holds right now, ready to be searched; read again when it changes."""

import shutil
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.background import SAMPLE, Background
from knowledge.documents.keywords import Keywords
from knowledge.documents.passages import Passage
from knowledge.documents.scope import Scope
from knowledge.documents.shelf import Entry, Kept, Shelf
from knowledge.documents.vectors import Vectors
from knowledge.documents.words import words

Matrix = NDArray[np.float32]

READY = 8192  # passages kept in memory, those used last
SMALL = 300  # passages whose words are counted anew at each start; more are read from a file


class Stock:
    """The passages of one generation."""

    def __init__(self, shelf: Shelf, vectors: Vectors, cache: Path, few: int = SAMPLE) -> None:
        self.generation = shelf.generation()
        self._shelf, self._vectors = shelf, vectors
        self.entries = shelf.entries()
        self._numbers = np.array([entry.number for entry in self.entries], np.int64)
        self._allowed: dict[Scope, NDArray[np.bool_]] = {}
        self._lapsed: dict[Scope, bool] = {}
        self._ready: OrderedDict[int, Kept] = OrderedDict()
        self._special: dict[int, Matrix] = {}
        self.keywords = self._counted(cache / f"keywords-{self.generation}")
        self.background = self._sampled()
        self._wholes = self._compared() if len(self.entries) <= few else None

    def near(self, asked: Matrix, most: int, scope: Scope) -> list[list[int]]:
        """Return, a question, the numbers of the passages nearest in meaning."""
        if not self.entries:
            return [[] for _ in asked]
        if self._wholes is not None:
            near = np.where(self._mask(scope), asked @ self._wholes.T, -2.0)
            most = min(most, int(self._mask(scope).sum()))
            best = np.argsort(-near, axis=1, kind="stable")[:, :most]
            return [[int(self._numbers[place]) for place in row] for row in best]
        allowed = {int(one) for one in self._numbers[self._mask(scope)]}
        wanted, most = min(most, len(allowed)), min(most, len(self.entries))
        while True:
            found = self._vectors.near(asked, most)
            kept = [[n for n in numbers if n in allowed] for numbers in found]
            if most >= len(self.entries) or min(map(len, kept)) >= wanted:
                return [numbers[:wanted] for numbers in kept]
            most = min(most * 4, len(self.entries))

    def sharing(self, question: str, most: int, scope: Scope) -> list[int]:
        """Return the numbers of the passages that share the question's rare words."""
        scores = np.where(self._mask(scope), self.keywords.scores(question), 0)
        most = min(most, len(scores))
        if not most:
            return []
        best = np.argpartition(-scores, most - 1)[:most]
        best = best[np.argsort(-scores[best], kind="stable")]
        return [int(self._numbers[place]) for place in best if scores[place] > 0]

    def lapsed(self, scope: Scope) -> bool:
        """Say whether a scope leaves something out only because of its day."""
        if scope not in self._lapsed:
            ever = replace(scope, today=None)
            left = [_allowed(one, ever) and not _allowed(one, scope) for one in self.entries]
            self._lapsed = {scope: any(left)}
        return self._lapsed[scope]

    def rare(self, question: str, numbers: Sequence[int]) -> Matrix:
        """Return how much of the question's rare words each passage has."""
        places = np.searchsorted(self._numbers, np.array(numbers, np.int64))
        return self.keywords.scores(question)[places]

    def within(self, asking: Sequence[str], passage: Passage) -> Matrix:
        """Return how much of the question's rare words each sentence has, with its headings."""
        above = words(passage.name)
        shares = [
            self.keywords.coverage(
                asking, above + words(" ".join((sentence.text, *sentence.asked)))
            )
            for sentence in passage.sentences
        ]
        return np.array(shares, np.float32)

    def read(self, numbers: Sequence[int]) -> list[Kept]:
        """Return passages with their vectors, in the order asked for."""
        missing = [number for number in numbers if number not in self._ready]
        self._ready.update(self._shelf.read(missing))
        found = [self._ready[number] for number in numbers if number in self._ready]
        if len(self.entries) <= READY:
            return found  # all of them stay
        for kept in found:
            self._ready.move_to_end(kept.number)
        while len(self._ready) > READY:
            self._ready.popitem(last=False)
        return found

    def special(self, kept: Sequence[Kept]) -> Matrix:
        """Return a row a passage: what is special about it and its heading, added up."""
        if new := [one for one in kept if one.number not in self._special]:
            if len(self._special) > READY:
                self._special.clear()
                new = list(kept)
            pairs = self.background.white(np.stack([one.vectors[:2] for one in new]))
            numbers = (one.number for one in new)
            self._special.update(zip(numbers, pairs.sum(axis=1), strict=True))
        return np.stack([self._special[one.number] for one in kept])

    def _mask(self, scope: Scope) -> NDArray[np.bool_]:
        if scope not in self._allowed:
            mask = [_allowed(entry, scope) for entry in self.entries]
            self._allowed = {scope: np.array(mask, bool)}
        return self._allowed[scope]

    def _compared(self) -> Matrix:
        """Return the vectors of few passages, which are quicker compared than asked for."""
        kept = self.read([entry.number for entry in self.entries])
        return np.stack([one.vectors[0] for one in kept] or [np.zeros(384, np.float32)])

    def _counted(self, folder: Path) -> Keywords:
        if len(self.entries) <= SMALL:
            return Keywords.of(self._shelf.texts())
        try:
            return Keywords.load(folder, len(self.entries))
        except (OSError, ValueError, KeyError):  # not there yet, or damaged
            counted = Keywords.of(self._shelf.texts())
            counted.save(folder)
            for old in folder.parent.glob("keywords-*"):
                if old != folder:
                    shutil.rmtree(old, ignore_errors=True)  # of a generation that is gone
            return counted

    def _sampled(self) -> Background:
        chosen = self._numbers[:: max(1, -(-len(self._numbers) // SAMPLE))]
        vectors = [kept.vectors for kept in self.read([int(one) for one in chosen])]
        if not vectors:
            vectors = [np.zeros((2, 384), np.float32)]
        return Background.of(np.stack([v[0] for v in vectors]), np.stack([v[1] for v in vectors]))


def _allowed(entry: Entry, scope: Scope) -> bool:
    if entry.audience != scope.audience and scope.audience == "customer":
        return False  # a colleague may read what customers read, never the other way round
    if scope.product and entry.product != scope.product:
        return False
    if scope.languages and entry.language not in scope.languages:
        return False
    day = scope.today
    return day is None or (entry.valid_from or day) <= day <= (entry.valid_until or day)
