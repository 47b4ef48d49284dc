"""Find the sentences of the help centre that answer a question."""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge.documents.follow_up import readings, subject
from knowledge.documents.passages import Passage, Sentence
from knowledge.language.encoder import Encoder

OVERLAP = 0.25  # how much shared rare words add to the nearness in meaning
WORD = re.compile(r"[a-z0-9€%]+")


@dataclass(frozen=True)
class Hit:
    """A passage with a score for each of its sentences, best passage first in a result."""

    passage: Passage
    scores: tuple[float, ...]

    @property
    def best(self) -> float:
        """Return the score of the best sentence."""
        return max(self.scores)


class Index:
    """Every sentence as a vector; small enough to compare with all of them."""

    def __init__(self, passages: Sequence[Passage], encoder: Encoder, cache: Path) -> None:
        self.passages = passages
        self._encoder, self._cache = encoder, cache
        self._rows = [(p, s) for p in passages for s in p.sentences]
        self._words = [set(_stems(_in_context(p, s))) for p, s in self._rows]

    def search(self, question: str, follows: str = "", most: int = 3) -> list[Hit]:
        """Return the passages with the best sentences; a follow-up is read as fits best."""
        if not self._rows:
            return []
        if follows:
            new = OVERLAP * self._overlap(subject(question))
            meant = [scores + new for scores in self._scores(readings(question, follows))]
            scores = max(meant, key=lambda one: float(one.max())) - new
        else:
            scores = self._scores([question])[0]
        found: dict[int, list[float]] = {}
        for (passage, _), score in zip(self._rows, scores, strict=True):
            found.setdefault(id(passage), []).append(float(score))
        hits = [Hit(passage, tuple(found[id(passage)])) for passage in self.passages]
        return sorted(hits, key=lambda hit: -hit.best)[:most]

    def _scores(self, questions: list[str]) -> list[np.ndarray]:
        near = self._encoder.meaning(questions) @ self._vectors.T
        return [
            row + OVERLAP * self._overlap(one) for row, one in zip(near, questions, strict=True)
        ]

    def _overlap(self, question: str) -> np.ndarray:
        """Return, a sentence, the share of the question's rare words that it has."""
        asked = set(_stems(question))
        weights = {word: self._rarity.get(word, self._unknown) for word in asked}
        total = sum(weights.values()) or 1.0
        return np.array([sum(weights[w] for w in asked & words) / total for words in self._words])

    @cached_property
    def _rarity(self) -> dict[str, float]:
        counts = Counter(word for words in self._words for word in words)
        return {word: math.log(1 + len(self._words) / count) for word, count in counts.items()}

    @property
    def _unknown(self) -> float:
        return math.log(1 + len(self._words))

    @cached_property
    def _vectors(self) -> np.ndarray:
        texts = [_in_context(passage, sentence) for passage, sentence in self._rows]
        content = json.dumps([self._encoder.key, texts]).encode()
        file = self._cache / f"index-{hashlib.blake2b(content, digest_size=8).hexdigest()}.npy"
        try:
            return np.asarray(np.load(file, allow_pickle=False))
        except (OSError, ValueError, EOFError):  # not there yet, or damaged
            vectors = self._encoder.meaning(texts)
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(".part.npy")
            np.save(draft, vectors)
            draft.replace(file)
            return vectors


def _in_context(passage: Passage, sentence: Sentence) -> str:
    return f"{passage.title}. {passage.heading}. {sentence.text}"


def _stems(text: str) -> list[str]:
    """Return the words worth matching, without endings."""
    words = WORD.findall(text.lower())
    return [_stem(word) for word in words if len(word) > 2 or word.isdigit()]


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
