"""Put the heads of one task together from its parts, and measure each part alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from knowledge.language.training import fitting
from knowledge.language.training.fitting import Linear
from knowledge.language.training.rows import MANY
from knowledge.language.training.scores import score

Floats = NDArray[np.float32]
_GRAM_STRENGTH, _DENSE_STRENGTH = 0.3, 0.02


@dataclass(frozen=True)
class Slice:
    """Rows of one task: what the encoders made of them, their n-grams and their targets."""

    base: Floats
    tuned: Floats
    grams: sp.csr_array
    targets: Floats


@dataclass(frozen=True)
class Head:
    """One task's shipped numbers."""

    dense: Linear
    grams: Linear
    cuts: Floats


def assemble(
    task: str, learned: Slice, held: Slice, development: Slice, tuned: Linear | None
) -> tuple[Head, dict[str, float]]:
    """Return the blended head, and the development score of every step towards it."""
    grams = fitting.fit_grams(task, learned.grams, learned.targets, _GRAM_STRENGTH)
    frozen = fit_dense(task, learned.base, learned.targets)
    found = {}

    def measured(name: str, parts: Sequence[Linear], which: Sequence[str]) -> Head:
        head, reached = _blended(task, parts, which, held, development)
        found[name] = reached
        return head

    measured("n-grams", [grams], ["grams"])
    measured("frozen", [frozen], ["base"])
    head = measured("frozen + n-grams", [frozen, grams], ["base", "grams"])
    if tuned is not None:
        measured("tuned", [tuned], ["tuned"])
        head = measured("tuned + n-grams", [tuned, grams], ["tuned", "grams"])
    return head, found


def fit_dense(task: str, vectors: Floats, targets: Floats) -> Linear:
    """Fit a logistic regression on standardised vectors, the standardising folded in."""
    mean, spread = vectors.mean(0), vectors.std(0) + 1e-6
    features = (vectors - mean) / spread
    columns = targets.T if task in MANY else [targets.argmax(1)]
    fitted = [LogisticRegression(C=_DENSE_STRENGTH, max_iter=300).fit(features, c) for c in columns]
    weight = np.concatenate([one.coef_ for one in fitted]) / spread
    bias = np.concatenate([one.intercept_ for one in fitted]) - weight @ mean
    if task not in MANY and targets.shape[1] == 2:
        weight, bias = np.concatenate([-weight, weight]) / 2, np.concatenate([-bias, bias]) / 2
    return Linear(weight.astype(np.float32), bias.astype(np.float32))


def _blended(
    task: str, parts: Sequence[Linear], which: Sequence[str], held: Slice, development: Slice
) -> tuple[Head, float]:
    pairs = list(zip(parts, which, strict=True))
    unseen = [part.logits(getattr(held, name)) for part, name in pairs]
    factors, bias = fitting.fit_blend(task, unseen, held.targets)
    scaled = [Linear(p.weight * f, p.bias * f) for p, f in zip(parts, factors, strict=True)]
    known = sum((f * one for f, one in zip(factors, unseen, strict=True)), bias)
    cuts = fitting.cuts(task, fitting.shares(task, known), held.targets)
    logits = sum(
        (
            one.logits(getattr(development, name))
            for one, (_, name) in zip(scaled, pairs, strict=True)
        ),
        bias,
    )
    ratios = fitting.shares(task, logits) / cuts
    holds = ratios >= 1 if task in MANY else ratios == ratios.max(1, keepdims=True)
    dense = Linear(scaled[0].weight, scaled[0].bias + bias)
    return Head(dense, scaled[-1], cuts), score(task, holds, development.targets)
