"""Train our intent classifier on rows and judge it on others."""

import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from integrations.bench.rows import OUTSIDE, BenchError, Rows, read
from integrations.bench.scores import auroc, by_label, macro
from knowledge.language.classifier import Classifier, Progress, energy, train
from knowledge.language.encoder import Encoder

TIMED = 200  # messages


def from_files(
    train_file: Path, test_file: Path, oos_file: Path | None, encoder: Encoder, progress: Progress
) -> dict[str, Any]:
    """Return the scores of a classifier that saw the training file alone."""
    known, test = read(train_file), read(test_file)
    if OUTSIDE in (*known.labels, *test.labels):
        sys.stderr.write(f"rows labelled {OUTSIDE}: left out of training, moved out of the test\n")
    outside = test.where(outside=True).joined(read(oos_file) if oos_file else Rows([], []))
    return measured(
        known.where(outside=False), test.where(outside=False), outside, encoder, progress
    )


def measured(
    known: Rows, test: Rows, outside: Rows, encoder: Encoder, progress: Progress
) -> dict[str, Any]:
    """Train on the known rows; judge on the test rows, and on rows outside of every intent."""
    if unknown := set(test.labels) - set(known.labels):
        raise BenchError(f"the test has labels that training has not: {sorted(unknown)[:5]}")
    progress(f"reading {len(known.texts)} rows")
    classifier = train(encoder.meaning(known.texts), known.texts, known.labels, progress)
    scores = classifier.scores(encoder.meaning(test.texts), test.texts)
    found = [classifier.labels[place] for place in scores.argmax(axis=1)]
    right = np.array([w == f for w, f in zip(test.labels, found, strict=True)])
    inside = energy(scores)
    result: dict[str, Any] = {
        "in_scope_accuracy": round(float(right.mean()), 4),
        "macro_f1": round(macro(by_label(test.labels, found), "f1"), 4),
        "oos_auroc": None,
        "threshold": round(classifier.threshold, 4),
        "oos_recall": None,
        "in_scope_accuracy_at_threshold": round(
            float((right & (inside >= classifier.threshold)).mean()), 4
        ),
        "ms_per_message": _ms(classifier, encoder, test.texts[:TIMED]),
    }
    if outside.texts:
        strange = energy(classifier.scores(encoder.meaning(outside.texts), outside.texts))
        result["oos_auroc"] = round(auroc(inside, strange), 4)
        result["oos_recall"] = round(float((strange < classifier.threshold).mean()), 4)
    return result


def _ms(classifier: Classifier, encoder: Encoder, texts: list[str]) -> float:
    """Return the median time of one message by itself, warm."""
    times = []
    for text in texts:
        began = perf_counter()
        classifier.probabilities(classifier.scores(encoder.meaning([text]), [text]))
        times.append(1000 * (perf_counter() - began))
    return round(median(times), 3)
