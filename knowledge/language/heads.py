"""Score sentiment, emotion, irony and abuse from the tuned embedding and hashed n-grams."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.language.ngrams import hashed

Floats = NDArray[np.float32]

TASKS = ("sentiment", "emotion", "emotions", "irony", "abuse")
MANY = frozenset({"emotions"})  # tasks where several labels may hold at once


class SignalHeads:
    """The linear heads of one weight file; texts must have gone through ``normalise`` already."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as stored:
            self._stored = {name: stored[name] for name in stored.files}
        self._ready: dict[str, Floats] = {}
        self._grams = np.concatenate([self._gram_weights(task) for task in TASKS], axis=1)

    def labels(self, task: str) -> tuple[str, ...]:
        """Return the labels of a task, in the order of the probabilities' columns."""
        return tuple(str(label) for label in self._stored[f"{task}.labels"])

    def probabilities(self, task: str, pooled: Floats, texts: Sequence[str]) -> Floats:
        """Return one row a text and one column a label."""
        return self.every(pooled, texts)[task]

    def every(self, pooled: Floats, texts: Sequence[str]) -> dict[str, Floats]:
        """Return the probabilities of all tasks, counting the n-grams only once."""
        grams = hashed(texts, self._grams.shape[0]).times(self._grams)
        result, start = {}, 0
        for task in TASKS:
            end = start + len(self._stored[f"{task}.labels"])
            weight, bias = self._floats(f"{task}.weight"), self._floats(f"{task}.bias")
            logits = pooled @ weight.T + grams[:, start:end] + bias
            result[task] = _sigmoid(logits) if task in MANY else _softmax(logits)
            start = end
        return result

    def holds(self, task: str, probabilities: Floats) -> NDArray[np.bool_]:
        """Say which labels hold: those over their cut, or the one that exceeds its cut the most."""
        ratios = probabilities / self._floats(f"{task}.cuts")
        if task in MANY:
            return ratios >= 1.0
        best: NDArray[np.bool_] = ratios == ratios.max(axis=1, keepdims=True)
        return best

    def delta(self) -> dict[str, Floats]:
        """Return what to add to the encoder's weights, by their names in the weight file."""
        names = [name[: -len(".down")] for name in self._stored if name.endswith(".down")]
        return {name: self._floats(f"{name}.up") @ self._floats(f"{name}.down") for name in names}

    def _gram_weights(self, task: str) -> Floats:
        whole = self._floats(f"{task}.grams") * self._floats(f"{task}.scale")[:, None]
        return np.ascontiguousarray(whole.T)

    def _floats(self, name: str) -> Floats:
        if name not in self._ready:
            self._ready[name] = self._stored[name].astype(np.float32)
        return self._ready[name]


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def _sigmoid(logits: Floats) -> Floats:
    shares: Floats = (1.0 / (1.0 + np.exp(-logits))).astype(np.float32)
    return shares
