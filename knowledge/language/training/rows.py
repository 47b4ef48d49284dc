"""Read the public data sets into one form: a text, a task and a row of targets."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.language.normalise import normalise

LABELS: Mapping[str, tuple[str, ...]] = {
    "sentiment": ("negative", "neutral", "positive"),
    "emotion": ("anger", "joy", "optimism", "sadness"),
    "irony": ("non_irony", "irony"),
    "abuse": ("not-offensive", "offensive"),
    "emotions": (
        "anger", "joy", "sadness", "fear", "frustration", "confusion", "appreciation", "neutral",
    ),
    "sarcasm": ("0", "1"),
    "slurs": ("neither", "offensive_language", "hate_speech"),
}  # fmt: skip
MANY = frozenset({"emotions"})  # tasks where several labels may hold at once
SHIPPED = ("sentiment", "emotion", "emotions", "irony", "abuse")
_TOPIC_SCALE = {
    "-2": "negative",
    "-1": "negative",
    "0": "neutral",
    "1": "positive",
    "2": "positive",
}
_GROUPS = {
    "annoyance": "frustration", "disappointment": "frustration", "disapproval": "frustration",
    "confusion": "confusion", "curiosity": "confusion",
    "gratitude": "appreciation", "admiration": "appreciation", "approval": "appreciation",
    "anger": "anger", "joy": "joy", "sadness": "sadness", "fear": "fear", "neutral": "neutral",
}  # fmt: skip
_GOEMOTIONS_ROWS, _SLUR_ROWS = 18_000, 5_000


@dataclass(frozen=True)
class Row:
    """One training example; targets holds a share for each label of its task."""

    task: str
    text: str
    targets: tuple[float, ...]


def development(data: Path) -> list[Row]:
    """Return the rows that scores are reported on."""
    rows = [row for task in ("sentiment", "emotion", "irony") for row in _tweets(data, task, "val")]
    rows += _tweets(data, "offensive", "val")
    return rows + list(_reddit(data / "goemotions/dev.val.jsonl"))


def training(data: Path, seed: int) -> list[Row]:
    """Return every training row once, in a fixed random order, none of them in development."""
    chance = random.Random(seed)
    rows = list(_sentiment(data))
    for task in ("emotion", "irony", "offensive"):
        rows += _tweets(data, task, "train")
    reddit = list(_reddit(data / "goemotions/dev.train.jsonl"))
    rows += chance.sample(reddit, min(_GOEMOTIONS_ROWS, len(reddit)))
    rows += [
        _row("sarcasm", r["text"], str(r["label"]))
        for r in _read(data / "isarcasm/dev.train.jsonl")
    ]
    slurs = list(_read(data / "davidson_hate/dev.jsonl"))
    rows += [
        _row("slurs", r["text"], r["label"])
        for r in chance.sample(slurs, min(_SLUR_ROWS, len(slurs)))
    ]
    held = {row.text for row in development(data)}
    unique = {(row.task, row.text): row for row in reversed(rows) if row.text not in held}
    kept = sorted(unique.values(), key=lambda row: (row.task, row.text))
    chance.shuffle(kept)
    return kept


def _sentiment(data: Path) -> Iterator[Row]:
    """Yield tweet-level labels first, so that they win over labels towards a topic."""
    folder = data / "semeval2017_t4"
    for row in _read(folder / "dev.a.train.jsonl"):
        yield _row("sentiment", row["text"], row["label"])
    for row in _read(data / "xlmt_sentiment/dev.train_val.jsonl"):
        if row["lang"] == "english":
            yield _row("sentiment", row["text"], row["label"])
    for row in _read(folder / "dev.c.train.jsonl"):
        yield _row("sentiment", row["text"], _TOPIC_SCALE[row["label"]])


def _tweets(data: Path, name: str, split: str) -> list[Row]:
    task = "abuse" if name == "offensive" else name
    rows = _read(data / f"tweeteval/dev.{name}.{split}.jsonl")
    return [_row(task, row["text"], row["label"]) for row in rows]


def _reddit(path: Path) -> Iterator[Row]:
    labels = LABELS["emotions"]
    for row in _read(path):
        groups = {_GROUPS[name] for name in row["labels"] if name in _GROUPS}
        yield Row("emotions", normalise(row["text"]), tuple(float(g in groups) for g in labels))


def _row(task: str, text: str, label: str) -> Row:
    return Row(task, normalise(text), tuple(float(label == one) for one in LABELS[task]))


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
