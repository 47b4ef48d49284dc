"""Score each task by the metric it is judged with."""

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, recall_score

METRICS = {
    "sentiment": "macro-recall",
    "emotion": "macro-F1",
    "emotions": "macro-F1",
    "irony": "F1 of irony",
    "abuse": "macro-F1",
}


def score(task: str, holds: NDArray[np.bool_], targets: NDArray[np.float32]) -> float:
    """Return the task's metric in percent."""
    if task == "emotions":
        return 100 * float(f1_score(targets > 0, holds, average="macro"))
    guess, truth = holds.argmax(1), targets.argmax(1)
    if task == "sentiment":
        return 100 * float(recall_score(truth, guess, average="macro"))
    if task == "irony":
        return 100 * float(f1_score(truth, guess))
    return 100 * float(f1_score(truth, guess, average="macro"))
