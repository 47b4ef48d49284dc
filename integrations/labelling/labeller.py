"""Work out the labels of a batch of texts."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from agents.understanding.readable import readable
from integrations.labelling.rows import LabelError, Labels
from knowledge.audience import Audience
from knowledge.language.found import READ
from knowledge.language.normalise import plain
from knowledge.language.reader import Reader

COLUMNS = {
    "sentiment": {"sentiment": "text", "sentiment_score": "score"},
    "emotion": {"emotion": "text", "emotion_score": "score", "emotions": "list"},
    "irony": {"irony": "flag", "irony_score": "score"},
    "abuse": {"abuse": "flag", "abuse_score": "score"},
    "intent": {"intent": "text", "intent_score": "score"},
}
FLAGS = {"irony": "irony", "abuse": "offensive"}  # the label that makes the flag true
CALM = "neutral"
Shares = Mapping[str, np.ndarray]


def chosen(tasks: str) -> list[str]:
    """Read a list of tasks as it was typed; keep our order."""
    asked = {task.strip() for task in tasks.split(",") if task.strip()}
    if unknown := asked - set(COLUMNS):
        raise LabelError(f"no task {min(unknown)!r}; there is: {', '.join(COLUMNS)}")
    if not asked:
        raise LabelError(f"name at least one task of: {', '.join(COLUMNS)}")
    return [task for task in COLUMNS if task in asked]


def added(tasks: Sequence[str]) -> dict[str, str]:
    """Return the columns that the tasks add, and what they hold."""
    return {name: kind for task in tasks for name, kind in COLUMNS[task].items()}


class Labeller:
    """The parts of a reader that some tasks need."""

    def __init__(self, reader: Reader, tasks: Sequence[str], audience: Audience) -> None:
        self._tasks, self._encoder = tasks, reader.encoder
        self._mood = any(task != "intent" for task in tasks)
        self._intents = reader.intents(audience) if "intent" in tasks else None
        self._heads = reader.heads
        self._encoder.both(["warm"])

    def labels(self, texts: Sequence[str | None]) -> Labels:
        """Return the added columns; equal texts are worked out once."""
        read = [plain(readable(text[:READ])) if text else "" for text in texts]
        distinct = sorted(set(read) - {""})
        place = {text: number for number, text in enumerate(distinct)}
        found = self._found(distinct) if distinct else {}
        return {
            name: [found[name][place[text]] if text else None for text in read]
            for name in added(self._tasks)
        }

    def _found(self, plain: Sequence[str]) -> dict[str, list[Any]]:
        meaning, mood = self._vectors(plain)
        found: dict[str, list[Any]] = {}
        if self._mood:
            shares = self._heads.every(mood, plain)
            for task in self._tasks:
                if task != "intent":
                    found |= self._signal(task, shares)
        if self._intents:
            confidences = self._intents.shares(meaning, plain)
            names, best = self._intents.names, confidences.argmax(1)
            found["intent"] = [names[place] for place in best]
            found["intent_score"] = _rounded(confidences.max(1))
        return found

    def _vectors(self, plain: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Ask the encoder for no more than is needed."""
        if self._intents and self._mood:
            return self._encoder.both(plain)
        vectors = self._encoder.meaning(plain) if self._intents else self._encoder.mood(plain)
        return vectors, vectors

    def _signal(self, task: str, shares: Shares) -> dict[str, list[Any]]:
        if task == "emotion":
            return self._emotions(shares["emotions"])
        names, holds = self._heads.labels(task), self._heads.holds(task, shares[task])
        if task in FLAGS:
            place = names.index(FLAGS[task])
            scores = _rounded(shares[task][:, place])
            return {task: holds[:, place].tolist(), f"{task}_score": scores}
        best = holds.argmax(1)
        scores = _rounded(shares[task][np.arange(len(best)), best])
        return {task: [names[place] for place in best], f"{task}_score": scores}

    def _emotions(self, shares: np.ndarray) -> dict[str, list[Any]]:
        """The main emotion is the likeliest that holds; calm where none does."""
        names, holds = self._heads.labels("emotions"), self._heads.holds("emotions", shares)
        every = [
            [names[place] for place in np.argsort(-row) if on[place] and names[place] != CALM]
            for row, on in zip(shares, holds, strict=True)
        ]
        main = [held[0] if held else CALM for held in every]
        scores = shares[np.arange(len(main)), [names.index(name) for name in main]]
        return {"emotion": main, "emotion_score": _rounded(scores), "emotions": every}


def _rounded(scores: np.ndarray) -> list[float]:
    return [round(float(score), 4) for score in scores]
