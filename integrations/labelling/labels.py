"""Work out the labels of a batch of texts, each part of the work once."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from agents.understanding.readable import readable
from integrations.labelling.rows import Labels
from knowledge.audience import Audience
from knowledge.language.heads import SignalHeads
from knowledge.language.normalise import normalise
from knowledge.language.reader import READ, Reader

COLUMNS = {
    "sentiment": ("sentiment", "sentiment_score"),
    "emotion": ("emotion", "emotion_score", "emotions"),
    "irony": ("irony", "irony_score"),
    "abuse": ("abuse", "abuse_score"),
    "intent": ("intent", "intent_score"),
}
POSITIVE = {"irony": "irony", "abuse": "offensive"}
MOODS = frozenset(COLUMNS) - {"intent"}


class Labeller:
    """Labels texts for the chosen tasks; equal texts in a batch are read once."""

    def __init__(self, reader: Reader, tasks: Sequence[str], audience: Audience) -> None:
        self._reader, self._tasks, self._audience = reader, tasks, audience
        self.columns = [name for task in tasks for name in COLUMNS[task]]

    def labels(self, texts: Sequence[str | None]) -> Labels:
        """Return a column a label; None where there was nothing to read."""
        plain = [None if text is None else normalise(readable(text)[:READ]) for text in texts]
        unique = list(dict.fromkeys(text for text in plain if text))
        places = {text: place for place, text in enumerate(unique)}
        found = self._read(unique) if unique else {}
        rows = [places.get(text) if text else None for text in plain]
        return {name: [None if row is None else found[name][row] for row in rows]
                for name in self.columns}  # fmt: skip

    def _read(self, texts: list[str]) -> dict[str, list[Any]]:
        moods, encoder = MOODS.intersection(self._tasks), self._reader.encoder
        if not moods:
            return self._intents(encoder.meaning(texts), texts)
        if "intent" not in self._tasks:
            return self._moods(encoder.mood(texts), texts)
        meaning, mood = encoder.both(texts)
        return self._intents(meaning, texts) | self._moods(mood, texts)

    def _intents(self, vectors: np.ndarray, texts: list[str]) -> dict[str, list[Any]]:
        intents = self._reader.intents(self._audience)
        shares = intents.shares(vectors, texts)
        best = shares.argmax(axis=1)
        return {
            "intent": [intents.names[place] for place in best],
            "intent_score": [round(float(share), 4) for share in shares.max(axis=1)],
        }

    def _moods(self, vectors: np.ndarray, texts: list[str]) -> dict[str, list[Any]]:
        heads = self._reader.heads
        shares = heads.every(vectors, texts)
        found: dict[str, list[Any]] = {}
        for task in MOODS.intersection(self._tasks):
            held, labels = heads.holds(task, shares[task]), heads.labels(task)
            if task in POSITIVE:
                place = labels.index(POSITIVE[task])
                found[task] = [bool(row[place]) for row in held]
                found[f"{task}_score"] = [round(float(row[place]), 4) for row in shares[task]]
            else:
                best = held.argmax(axis=1)
                found[task] = [labels[one] for one in best]
                scored = zip(shares[task], best, strict=True)
                found[f"{task}_score"] = [round(float(row[one]), 4) for row, one in scored]
        if "emotion" in self._tasks:
            found["emotions"] = _feelings(heads, shares["emotions"])
        return found


def _feelings(heads: SignalHeads, shares: np.ndarray) -> list[list[str]]:
    labels, held = heads.labels("emotions"), heads.holds("emotions", shares)
    return [
        [name for name, on in zip(labels, row, strict=True) if on and name != "neutral"]
        for row in held
    ]
