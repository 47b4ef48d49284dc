"""The benches print the promised keys, and name the row that is wrong."""

import json
from pathlib import Path

import numpy as np
import pytest

from integrations.bench import intents, signals
from integrations.bench.rows import BenchError, read
from integrations.bench.scores import auroc, by_label, macro
from knowledge.language.encoder import Encoder
from tests.language.test_classifier import ROWS


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    rows = [{"text": text, "label": label} for label, texts in ROWS.items() for text in texts]
    paths = tmp_path / "t.jsonl", tmp_path / "e.jsonl", tmp_path / "o.jsonl"
    for path, kept in zip(paths, (rows, rows[::3], None), strict=True):
        kept = kept or [{"text": "my hovercraft is full of eels", "label": "oos"}]
        path.write_text("".join(json.dumps(row) + "\n" for row in kept))
    return paths


def quiet(_: str) -> None:
    pass


def test_intents(data: Path, files: tuple[Path, Path, Path]) -> None:
    found = intents.from_files(*files, Encoder(data / "cache"), quiet)
    assert list(found) == [
        "in_scope_accuracy", "macro_f1", "oos_auroc", "threshold", "oos_recall",
        "in_scope_accuracy_at_threshold", "ms_per_message",
    ]  # fmt: skip
    assert found["in_scope_accuracy"] == 1.0
    assert found["oos_auroc"] == 1.0


def test_a_label_that_was_not_taught_is_named(data: Path, files: tuple[Path, Path, Path]) -> None:
    files[1].write_text('{"text": "hi", "label": "greeting"}\n')
    with pytest.raises(BenchError, match="greeting"):
        intents.from_files(*files, Encoder(data / "cache"), quiet)


@pytest.mark.parametrize("line", ["{", '{"text": "a"}', '{"text": 1, "label": "a"}', "[]"])
def test_a_wrong_row_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "a", "label": "b"}\n\n' + line)
    with pytest.raises(BenchError, match=r"a\.jsonl:3"):
        read(tmp_path / "a.jsonl")


def test_signals(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    file.write_text('{"text": "I love it", "label": "positive"}\n'
                    '{"text": "I hate it", "label": "negative"}\n')  # fmt: skip
    found = signals.measured("sentiment", file, Encoder(data / "cache"))
    assert list(found) == ["task", "metric", "score", "by_label", "rows", "ms_per_message"]
    assert (found["score"], found["metric"]) == (1.0, "macro_recall")
    file.write_text('{"text": "I love it", "label": "purple"}\n')
    with pytest.raises(BenchError, match="purple"):
        signals.measured("sentiment", file, Encoder(data / "cache"))


def test_scores() -> None:
    scores = by_label(["a", "a", "b"], ["a", "b", "b"])
    assert scores["a"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "rows": 2}
    assert macro(scores, "recall") == 0.75
    assert auroc(np.array([3.0, 2.0]), np.array([1.0, 2.0])) == 0.875
