"""Texts with people, places and companies marked in them, from the public sets and our own."""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge.language.training.personal.example import COMPANY, PERSON, PLACE, Example
from knowledge.language.training.personal.inserting import inserted, negatives
from knowledge.language.training.personal.writing import written

Marks = Mapping[str, str]
_TWEETS: Marks = {"PER": PERSON, "LOC": PLACE, "ORG": COMPANY}
_EMERGING: Marks = {
    "person": PERSON, "location": PLACE, "corporation": COMPANY, "group": COMPANY,
}  # fmt: skip
_SYNTHETIC: Marks = {
    "PERSON": PERSON, "STREET_ADDRESS": PLACE, "GPE": PLACE, "ZIP_CODE": PLACE,
    "ORGANIZATION": COMPANY,
}  # fmt: skip
_TIGHT = re.compile(r" (?=[.,!?;:)\]'’…%])|(?<=[(\[$#@]) | (?=n't)")
_WRITTEN, _PLAIN = 15_000, 5_000


def posts(data: Path) -> list[Example]:
    """Return tweets, each as it is split into words and as it was written."""
    split = [one for file, marks in _tweets(data) for one in tagged(file, marks)]
    return [*split, *map(tightened, split)]


def support(data: Path, own: Sequence[str], seed: int) -> list[Example]:
    """Return written messages, ones with names put in, and ones that name nobody."""
    said = _support(data, seed)
    words = sorted({word for text in said for word in re.findall(r"[a-z]{3,}", text)})
    return [
        *spanned(data / "presidio_synth/dev.jsonl", _SYNTHETIC) * 2,
        *written(seed, _WRITTEN, words=words),
        *inserted([*said[_PLAIN:], *own[:1500]], seed),
        *negatives([*said[:_PLAIN], *own]),
    ]


def _tweets(data: Path) -> list[tuple[Path, Marks]]:
    return [
        (data / "broad_twitter_ner/dev.train.jsonl", _TWEETS),
        (data / "wnut17/dev.train.jsonl", _EMERGING),
        (data / "wnut17/dev.val.jsonl", _EMERGING),
    ]


def tagged(file: Path, marks: Marks) -> Iterator[Example]:
    """Read rows of words and tags; the text is the words with a blank between."""
    for row in _rows(file):
        spans: list[tuple[int, int, str]] = []
        at, within = 0, False
        for word, tag in zip(row["tokens"], row["tags"], strict=True):
            label = marks.get(tag[2:], "")
            if within and tag.startswith("I-") and spans[-1][2] == label:
                spans[-1] = (spans[-1][0], at + len(word), label)
            elif tag.startswith("B-") and label:
                spans.append((at, at + len(word), label))
            within = bool(spans) and spans[-1][1] == at + len(word)
            at += len(word) + 1
        yield Example(" ".join(row["tokens"]), tuple(spans))


def spanned(file: Path, marks: Marks) -> list[Example]:
    """Read rows with spans."""
    found = []
    for row in _rows(file):
        spans = [
            (s["start"], s["end"], marks[s["type"]]) for s in row["spans"] if s["type"] in marks
        ]
        found.append(Example(row["text"], tuple(sorted(spans))))
    return found


def tightened(example: Example) -> Example:
    """Take out the blanks that splitting into words put in, as people write."""
    gone = {found.start() for found in _TIGHT.finditer(example.text)}
    moved, kept = [], 0
    for place in range(len(example.text) + 1):
        moved.append(kept)
        kept += place not in gone
    text = "".join(c for place, c in enumerate(example.text) if place not in gone)
    return Example(text, tuple((moved[s], moved[e], label) for s, e, label in example.spans))


def _support(data: Path, seed: int) -> list[str]:
    """Return customers' messages in an order of chance."""
    texts = [row["text"] for row in _rows(data / "banking77/dev.train.jsonl")]
    random.Random(seed).shuffle(texts)
    return texts


def _rows(file: Path) -> Iterator[Any]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
