"""Find the passages that answer a question: by meaning and by rare words, weighed together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.follow_up import readings, subject
from knowledge.documents.kinds import there
from knowledge.documents.passages import Passage
from knowledge.documents.scope import Scope
from knowledge.documents.shelf import Kept
from knowledge.documents.stock import Stock
from knowledge.documents.words import words
from knowledge.language.encoder import Encoder

Matrix = NDArray[np.float32]

# Chosen on development rows of StackFAQ, SQuAD 2 and SciFact: a plateau, not a peak.
WHOLE, SENTENCE, HEADING = 0.3, 0.5, 0.2  # parts of nearness
RARE = 0.45  # what all of the question's rare words add to it
SPECIAL = 0.5  # what nearness with the usual taken out adds to how clear a passage is meant
CANDIDATES = 60  # from each of the two ways to look
WITHIN, AROUND = 0.3, 0.2  # what its share of the rare words and its passage do for a sentence


@dataclass(frozen=True)
class Hit:
    """A passage that may answer, and how well each of its sentences does."""

    passage: Passage
    score: float  # for ranking
    nearness: float
    rare: float
    clear: float  # how clear it is that this matter is meant
    near: tuple[float, ...]  # of each sentence
    covered: tuple[float, ...]  # the share of the question's rare words that each sentence has
    fitting: tuple[bool, ...]  # whether each has the kind of thing that is asked for

    @property
    def sentences(self) -> tuple[float, ...]:
        """Return how well each sentence answers."""
        pairs = zip(self.near, self.covered, strict=True)
        return tuple(near + WITHIN * share + AROUND * self.score for near, share in pairs)


@dataclass(frozen=True)
class Found:
    """What was found for a question, best first, and the question as it was read."""

    question: str
    asked: Matrix = field(repr=False, compare=False)
    hits: tuple[Hit, ...] = ()
    clear: float = -1.0  # the best of all that was looked at
    covered: float = 0.0  # the share of the question's rare words that the best passage has

    @property
    def best(self) -> float:
        """Return how well the best sentence answers."""
        return max(score for hit in self.hits for score in hit.sentences)

    @property
    def prepared(self) -> bool:
        """Say whether an author wrote down how people ask for what was found."""
        return any(sentence.asked for hit in self.hits for sentence in hit.passage.sentences)


def search(
    stock: Stock, encoder: Encoder, question: str, scope: Scope, follows: str = "", most: int = 8
) -> Found:
    """Return the best passages; a follow-up is read as fits best."""
    asked = readings(question, follows) if follows else [question]
    vectors = encoder.meaning(asked)
    near = stock.near(vectors, CANDIDATES, scope)
    found = []
    for one, vector, numbers in zip(asked, vectors, near, strict=True):
        sharing = stock.sharing(one, CANDIDATES, scope)
        found.append(_ranked(stock, one, vector, list(dict.fromkeys([*numbers, *sharing])), most))
    new = words(subject(question)) if follows else []
    return max(found, key=lambda one: _fit(stock, one, new))


def _fit(stock: Stock, found: Found, new: Sequence[str]) -> float:
    """A reading fits when its best passage does, and says what is new in it."""
    if not found.hits:
        return 0.0
    passage = found.hits[0].passage
    said = words(passage.words)
    return found.hits[0].score + RARE * stock.keywords.coverage(new, said)


def _ranked(stock: Stock, question: str, asked: Matrix, numbers: list[int], most: int) -> Found:
    kept = stock.read(numbers)
    if not kept:
        return Found(question, asked)
    rare = stock.rare(question, [one.number for one in kept])
    wholes = np.stack([one.vectors[0] for one in kept])
    headings = np.stack([one.vectors[1] for one in kept])
    best = _best(kept, asked)
    near = WHOLE * (wholes @ asked) + HEADING * (headings @ asked) + SENTENCE * best
    special = stock.special(kept) @ stock.background.white(asked)
    clear = near + SPECIAL / 2 * special
    order = np.argsort(-(near + RARE * rare), kind="stable")[:most]
    asking = words(question)
    hits = tuple(_hit(stock, kept[n], question, asked, (near[n], rare[n], clear[n])) for n in order)
    best_passage = words(hits[0].passage.words)
    covered = stock.keywords.coverage(asking, best_passage)
    return Found(question, asked, hits, float(clear.max()), covered)


def _best(kept: list[Kept], asked: Matrix) -> Matrix:
    """Return how near the best sentence of each passage is, or the best way to ask for one."""
    rows = [one.vectors[2:] for one in kept]
    starts = np.cumsum([0, *map(len, rows[:-1])])
    best: Matrix = np.maximum.reduceat(np.concatenate(rows) @ asked, starts)
    return best


def _hit(
    stock: Stock, kept: Kept, question: str, asked: Matrix, marks: tuple[float, float, float]
) -> Hit:
    near, rare, clear = (float(one) for one in marks)
    return Hit(
        passage=kept.passage,
        score=near + RARE * rare,
        nearness=near,
        rare=rare,
        clear=clear,
        near=tuple(map(float, kept.near(asked))),
        covered=tuple(map(float, stock.within(words(question), kept.passage))),
        fitting=tuple(there(question, sentence.text) for sentence in kept.passage.sentences),
    )
