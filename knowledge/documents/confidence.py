"""How sure we are that the best passage answers the question: from 0 to 1."""

import json
import math
from functools import cache
from pathlib import Path

import numpy as np

from knowledge.documents.search import Found
from knowledge.documents.signs import NAMES, signs

WEIGHTS = Path(__file__).parent / "answerable.json"
FIT = 0.12  # what the signs add to how clear it is that this matter is meant
MIDDLE, STEEP = 0.69, 14.0  # where that becomes one half, and how quickly
# Where authors wrote down how people ask, the best sentence says more than its passage.
ASKED_FIT, ASKED_MIDDLE, ASKED_STEEP = 0.08, 0.88, 10.0


def confidence(found: Found) -> float:
    """Return it, as a probability."""
    if not found.hits:
        return 0.0
    middle, steep = (ASKED_MIDDLE, ASKED_STEEP) if found.prepared else (MIDDLE, STEEP)
    return 1 / (1 + math.exp(-steep * (known(found) - middle)))


def known(found: Found) -> float:
    """Return it on the scale of nearness, where it is compared best."""
    if found.prepared:
        return found.best + ASKED_FIT * fit(found)
    return found.clear + FIT * fit(found)


def fit(found: Found) -> float:
    """Return whether the best sentence says what is asked: above 0 it rather does."""
    weights, bias = _weights()
    return float(np.dot(weights, signs(found)) + bias)


@cache
def _weights() -> tuple[list[float], float]:
    learned = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return [learned["weights"][name] for name in NAMES], learned["bias"]
