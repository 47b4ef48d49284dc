"""Fit the n-gram heads, blend them with the tuned heads, and choose where a label holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from knowledge.language.training.rows import MANY

Floats = NDArray[np.float32]

_STEADY = 4.0  # how many rows' worth of pull the blend feels towards its starting point
_START = (1.0, 0.5)
_IRONY_CUT = 0.4  # the best cut for F1 is half the F1 reached, so no search on a few rows
_CUTS = np.arange(0.15, 0.61, 0.01)


@dataclass(frozen=True)
class Linear:
    """Logits as a matrix and a bias."""

    weight: Floats
    bias: Floats

    def logits(self, features: Any) -> Floats:
        """Score each row of the features."""
        return np.asarray(features @ self.weight.T + self.bias, dtype=np.float32)


def fit_grams(task: str, grams: sp.csr_array, targets: Floats, strength: float) -> Linear:
    """Fit a logistic regression on rarity-weighted n-grams, the weighting folded in."""
    seen = np.bincount(grams.indices, minlength=grams.shape[1])
    rarity = (np.log((1 + grams.shape[0]) / (1 + seen)) + 1.0).astype(np.float32)
    features = sp.csr_array(grams * rarity[None, :])
    columns = targets.T if task in MANY else [targets.argmax(1)]
    fitted = [
        LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(features, column)
        for column in columns
    ]
    weight = np.concatenate([one.coef_ for one in fitted]) * rarity
    bias = np.concatenate([one.intercept_ for one in fitted])
    if task not in MANY and targets.shape[1] == 2:
        weight, bias = np.concatenate([-weight, weight]) / 2, np.concatenate([-bias, bias]) / 2
    return Linear(weight.astype(np.float32), bias.astype(np.float32))


def fit_blend(task: str, parts: Sequence[Floats], targets: Floats) -> tuple[Floats, Floats]:
    """Return a factor for each part and a bias, by the likelihood of rows no part has seen."""
    count = len(parts)

    def cost(values: NDArray[np.float64]) -> float:
        factors, bias = values[:count], values[count:]
        logits = sum(f * part for f, part in zip(factors, parts, strict=True)) + bias
        pull = ((factors - _START[:count]) ** 2).sum() + (bias**2).sum()
        return float(_unlikelihood(task, logits, targets) + _STEADY * pull)

    start = np.concatenate([_START[:count], np.zeros(targets.shape[1])])
    bounds = [(0.0, 4.0)] * count + [(-4.0, 4.0)] * targets.shape[1]
    best = minimize(cost, start, bounds=bounds).x.astype(np.float32)
    return best[:count], best[count:]


def shares(task: str, logits: Floats) -> Floats:
    """Turn logits into probabilities."""
    if task in MANY:
        return np.asarray(1.0 / (1.0 + np.exp(-logits)))
    raised = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def cuts(task: str, probabilities: Floats, targets: Floats) -> Floats:
    """Return the probability that each label must exceed, for the task's metric."""
    prior = targets.mean(0)
    if task == "sentiment":  # macro-recall wants every class judged against its share
        return np.asarray(prior, dtype=np.float32)
    if task == "emotion":
        return np.asarray(prior**0.3, dtype=np.float32)
    if task == "irony":
        return np.array([1 - _IRONY_CUT, _IRONY_CUT], dtype=np.float32)
    if task == "abuse":
        cut = _best_cut(probabilities[:, 1], targets[:, 1], both=True)
        return np.array([1 - cut, cut], dtype=np.float32)
    pairs = zip(probabilities.T, targets.T, strict=True)
    return np.array([_best_cut(one, truth, both=False) for one, truth in pairs], dtype=np.float32)


def _best_cut(probability: Floats, truth: Floats, *, both: bool) -> float:
    """Return the middle of the cuts whose F1 is within one point of the best."""
    scores = np.array([_f1(probability >= cut, truth > 0.5, both=both) for cut in _CUTS])
    return float(_CUTS[scores >= scores.max() - 0.01].mean())


def _f1(guess: NDArray[np.bool_], truth: NDArray[np.bool_], *, both: bool) -> float:
    score = float(2 * (guess & truth).sum() / max(1, guess.sum() + truth.sum()))
    return (score + _f1(~guess, ~truth, both=False)) / 2 if both else score


def _unlikelihood(task: str, logits: NDArray[Any], targets: Floats) -> float:
    if task in MANY:
        return float((np.logaddexp(0, logits) - targets * logits).sum())
    top = logits.max(1)
    total = top + np.log(np.exp(logits - top[:, None]).sum(1))
    return float((total - (targets * logits).sum(1)).sum())
