"""Put questions that ask the same thing together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.55  # how near in meaning the questions of a group are, on average
MOST = 4000  # the latest; older ones wait until these are answered


def grouped(vectors: NDArray[np.float32]) -> list[list[int]]:
    """Return the places of the questions of each group, largest group first."""
    first = max(0, len(vectors) - MOST)
    labels = _labels(vectors[first:])
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        groups.setdefault(label, []).append(first + place)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def _labels(vectors: NDArray[np.float32]) -> Sequence[int]:
    if len(vectors) < 2:
        return [0] * len(vectors)
    from sklearn.cluster import AgglomerativeClustering

    found = AgglomerativeClustering(
        n_clusters=None, distance_threshold=1 - ALIKE, metric="cosine", linkage="average"
    )
    return [int(label) for label in found.fit_predict(vectors)]


def central(vectors: NDArray[np.float32]) -> int:
    """Return the place of the question that is nearest to all others."""
    return int((vectors @ vectors.sum(axis=0)).argmax())
