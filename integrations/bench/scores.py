"""The usual scores, from counts."""

from collections.abc import Sequence
from statistics import fmean
from typing import Literal, TypedDict

import numpy as np


class Score(TypedDict):
    """How well one label was found."""

    precision: float
    recall: float
    f1: float
    rows: int


def by_label(wanted: Sequence[str], found: Sequence[str]) -> dict[str, Score]:
    """Return the scores of every label that was wanted."""
    pairs = list(zip(wanted, found, strict=True))
    scores: dict[str, Score] = {}
    for label in sorted(set(wanted)):
        hits = sum(w == f == label for w, f in pairs)
        named, rows = sum(f == label for _, f in pairs), sum(w == label for w, _ in pairs)
        precision, recall = hits / named if named else 0.0, hits / rows
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        scores[label] = Score(
            precision=round(precision, 4), recall=round(recall, 4), f1=round(f1, 4), rows=rows
        )
    return scores


def macro(scores: dict[str, Score], key: Literal["f1", "recall"]) -> float:
    """Return the mean over labels."""
    return fmean(float(score[key]) for score in scores.values())


def auroc(inside: np.ndarray, outside: np.ndarray) -> float:
    """Return how often a known text scores above an unknown one; a tie counts half."""
    known = np.sort(inside)
    below = np.searchsorted(known, outside, side="left")
    above = len(known) - np.searchsorted(known, outside, side="right")
    ties = len(known) - below - above
    return float((above + ties / 2).mean() / len(known))
