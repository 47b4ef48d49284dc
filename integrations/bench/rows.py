"""Read labelled rows, and say where one is wrong."""

import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.language.normalise import normalise

OUTSIDE = "oos"


class BenchError(Exception):
    """Rows or options that cannot be measured with; says file and line."""


@dataclass(frozen=True)
class Rows:
    """Texts, brought into the form that our models read, and their labels."""

    texts: list[str]
    labels: list[str]

    def where(self, outside: bool) -> "Rows":
        """Return the rows labelled out of scope, or the others."""
        kept = [pair for pair in zip(self.texts, self.labels, strict=True)
                if (pair[1] == OUTSIDE) is outside]  # fmt: skip
        return Rows([text for text, _ in kept], [label for _, label in kept])

    def joined(self, other: "Rows") -> "Rows":
        """Return these rows and others."""
        return Rows(self.texts + other.texts, self.labels + other.labels)


def read(file: Path) -> Rows:
    """Read a JSONL file of rows with a text and a label."""
    if not file.is_file():
        raise BenchError(f"there is no file {file}")
    texts, labels = [], []
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                text, label = _row(file, number, line)
                texts.append(normalise(text))
                labels.append(label)
    if not texts:
        raise BenchError(f"{file} has no rows")
    return Rows(texts, labels)


def _row(file: Path, number: int, line: str) -> tuple[str, str]:
    try:
        row = json.loads(line)
        text, label = row["text"], row["label"]
    except (ValueError, KeyError, TypeError) as error:
        raise BenchError(f"{file}:{number}: want an object with text and label") from error
    if not isinstance(text, str) or not isinstance(label, str | int):
        raise BenchError(f"{file}:{number}: text must be a string, label a string or a number")
    return text, str(label)
