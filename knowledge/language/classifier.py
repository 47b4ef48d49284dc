"""A text classifier over the encoder and hashed n-grams, trained in seconds, calibrated.

Two linear models, one over what a text means and one over how it is spelt, add up their scores.
A temperature makes the scores probabilities; the free energy of the scores says how much a text
looks like anything known at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.language.encoder import Vectors
from knowledge.language.ngrams import hashed

if TYPE_CHECKING:
    import scipy.sparse as sp

BUCKETS = 2**15
SPELLING = 3.0  # weight of the n-gram scores, between the best for CLINC150 and for BANKING77
MEANING_C, SPELLING_C = 10.0, 0.5
HELD_OUT = 4  # one row in so many calibrates
KEPT = 0.95  # share of known texts that stay above the threshold

Scores = NDArray[np.float32]
Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Report nothing."""


@dataclass(frozen=True)
class Classifier:
    """Linear weights, a temperature, and the energy below which a text is like nothing known."""

    labels: tuple[str, ...]
    meaning: Scores  # (384 + 1, labels)
    spelling: Scores  # (BUCKETS + 1, labels)
    temperature: float
    threshold: float

    def scores(self, vectors: Vectors, texts: Sequence[str]) -> Scores:
        """Return a row of scores a text."""
        grams = hashed(texts, BUCKETS)
        return np.asarray(
            vectors @ self.meaning[:-1]
            + self.meaning[-1]
            + SPELLING * (grams.times(self.spelling[:-1]) + self.spelling[-1]),
            dtype=np.float32,
        )

    def probabilities(self, scores: Scores) -> Scores:
        """Return calibrated probabilities."""
        return softmax(scores / self.temperature)

    def save(self, file: Path) -> None:
        """Write the weights to a file, whole or not at all."""
        draft = file.with_suffix(".part.npz")
        numbers = np.array([self.temperature, self.threshold])
        np.savez(draft, labels=self.labels, meaning=self.meaning, spelling=self.spelling,
                 numbers=numbers)  # fmt: skip
        draft.replace(file)

    @classmethod
    def load(cls, file: Path) -> "Classifier":
        """Read what ``save`` wrote."""
        with np.load(file, allow_pickle=False) as data:
            labels = tuple(str(label) for label in data["labels"])
            temperature, threshold = (float(number) for number in data["numbers"])
            return cls(labels, data["meaning"], data["spelling"], temperature, threshold)


def train(
    vectors: Vectors, texts: Sequence[str], labels: Sequence[str], progress: Progress = silent
) -> Classifier:
    """Train on rows; calibrate on a quarter of them with a model that has not seen it."""
    names = tuple(sorted(set(labels)))
    y = np.array([names.index(label) for label in labels])
    grams = hashed(texts, BUCKETS).sparse()
    progress(f"calibrating on {len(y)} examples of {len(names)} intents")
    held = np.random.default_rng(7).permutation(len(y)) % HELD_OUT == 0
    scores = _held_out_scores(vectors, grams, y, held)
    temperature = _temperature(scores, y[held])
    threshold = float(np.quantile(energy(scores), 1 - KEPT))
    progress("training")
    meaning, spelling = _fit(vectors, grams, y)
    return Classifier(names, meaning, spelling, temperature, threshold)


def energy(scores: Scores) -> Scores:
    """Say how much each row of scores looks like anything known."""
    top = scores.max(axis=1, keepdims=True)
    return np.asarray(top[:, 0] + np.log(np.exp(scores - top).sum(axis=1)), dtype=np.float32)


def softmax(scores: Scores) -> Scores:
    """Return probabilities a row."""
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), dtype=np.float32)


def _fit(vectors: Vectors, grams: "sp.csr_array", y: NDArray[np.int64]) -> tuple[Scores, Scores]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    meaning = LogisticRegression(C=MEANING_C, max_iter=200).fit(vectors, y)
    spelling = LinearSVC(C=SPELLING_C).fit(grams, y)
    return _weights(meaning), _weights(spelling)


def _weights(model: object) -> Scores:
    """Stack weights and intercept; two classes are one column, seen from both sides."""
    weights, bias = model.coef_, model.intercept_  # type: ignore[attr-defined]
    stacked = np.vstack([weights.T, bias[None, :]]).astype(np.float32)
    both: Scores = np.hstack([-stacked, stacked]) / np.float32(2)
    return both if stacked.shape[1] == 1 else np.asarray(stacked)


def _held_out_scores(
    vectors: Vectors, grams: "sp.csr_array", y: NDArray[np.int64], held: NDArray[np.bool_]
) -> Scores:
    """Return scores for the held-out rows from a model that has not seen them."""
    rest = np.flatnonzero(~held)
    known = np.unique(y[rest])
    meaning, spelling = _fit(vectors[rest], grams[rest], y[rest])
    scores = np.full((int(held.sum()), int(y.max()) + 1), -10.0, np.float32)
    found = vectors[held] @ meaning[:-1] + meaning[-1]
    scores[:, known] = found + SPELLING * (grams[held] @ spelling[:-1] + spelling[-1])
    return scores


def _temperature(scores: Scores, y: NDArray[np.int64]) -> float:
    """Pick the temperature under which the right labels were likeliest."""
    grid = np.geomspace(0.2, 4.0, 40)
    rows = np.arange(len(y))
    losses = [-np.log(softmax(scores / t)[rows, y] + 1e-9).mean() for t in grid]
    return float(grid[int(np.argmin(losses))])
