"""Judge the shipped heads on labelled rows, by the measure of the data set."""

from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from integrations.bench.rows import BenchError, read
from integrations.bench.scores import Score, by_label, macro
from knowledge.language.encoder import SIGNALS, Encoder
from knowledge.language.heads import SignalHeads

METRICS = {
    "sentiment": "macro_recall",
    "emotion": "macro_f1",
    "irony": "f1_of_irony",
    "abuse": "macro_f1",
}
# Other names for our labels, as data sets spell them.
NAMES = {
    "irony": {"1": "irony", "0": "non_irony", "not_irony": "non_irony", "non-irony": "non_irony"},
    "abuse": {"1": "offensive", "0": "not-offensive", "not_offensive": "not-offensive",
              "non-offensive": "not-offensive"},
    "sentiment": {"0": "negative", "1": "neutral", "2": "positive"},
    "emotion": {"0": "anger", "1": "joy", "2": "optimism", "3": "sadness"},
}  # fmt: skip
TIMED = 200


def measured(task: str, file: Path, encoder: Encoder) -> dict[str, Any]:
    """Return the score of a task's head on a file of rows."""
    heads, rows = SignalHeads(SIGNALS), read(file)
    wanted = [NAMES[task].get(label, label) for label in rows.labels]
    head = _head(task, set(wanted), heads, file)
    shares = heads.every(encoder.mood(rows.texts), rows.texts)[head]
    labels = heads.labels(head)
    found = [labels[int(place)] for place in (shares * heads.holds(head, shares)).argmax(axis=1)]
    scores = by_label(wanted, found)
    return {
        "task": task,
        "metric": METRICS[task],
        "score": round(_score(task, scores), 4),
        "by_label": scores,
        "rows": len(wanted),
        "ms_per_message": _ms(heads, encoder, rows.texts[:TIMED]),
    }


def _head(task: str, wanted: set[str], heads: SignalHeads, file: Path) -> str:
    """Pick the head that knows the labels; feelings beyond the basic four have one of their own."""
    choices = ("emotion", "emotions") if task == "emotion" else (task,)
    for head in choices:
        if wanted <= set(heads.labels(head)):
            return head
    known = ", ".join(heads.labels(choices[0]))
    raise BenchError(f"{file}: labels {sorted(wanted)[:8]} are not ours for {task}: {known}")


def _score(task: str, scores: dict[str, Score]) -> float:
    if task == "irony":
        return scores["irony"]["f1"] if "irony" in scores else 0.0
    return macro(scores, "recall" if task == "sentiment" else "f1")


def _ms(heads: SignalHeads, encoder: Encoder, texts: list[str]) -> float:
    times = []
    for text in texts:
        began = perf_counter()
        heads.every(encoder.mood([text]), [text])
        times.append(1000 * (perf_counter() - began))
    return round(median(times), 3)
