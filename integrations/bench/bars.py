"""Every number we promise, with what was measured and the command that measures it."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from integrations.bench import (
    intents,
    library,
    posts,
    question_sets,
    redaction_sets,
    signals,
    starts,
    turns,
)
from integrations.bench.rows import Rows, read
from integrations.finding import open_finder
from integrations.settings import Settings
from knowledge.brands.brand import load
from knowledge.language.classifier import Progress
from knowledge.language.encoder import Encoder

TWEETS = {"emotion": ("emotion", 0.74), "irony": ("irony", 0.66), "abuse": ("offensive", 0.77),
          "sentiment": ("sentiment", 0.66)}  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One promise: at least or at most so much."""

    name: str
    wanted: float
    measured: float | None
    command: str
    most: bool = False

    @property
    def reached(self) -> bool | None:
        """Say whether it holds; None when it was not measured."""
        if self.measured is None:
            return None
        return self.measured <= self.wanted if self.most else self.measured >= self.wanted


def every(data: Path | None, settings: Settings, progress: Progress) -> Iterator[Bar]:
    """Measure one after the other; what needs data sets is left out without them."""
    encoder = Encoder(settings.cache, settings.threads)
    yield from _turn_bars(turns.measured(settings, 200, progress))
    started = starts.measured()
    yield Bar("--help, seconds", 0.4, started["help_seconds"], "bench start", most=True)
    yield Bar(
        "first reply from cold, seconds", 3.0, started["say_seconds"], "bench start", most=True
    )
    labelled = posts.measured(4000)["posts_per_second"]
    yield Bar("short posts a second, all labels", 300, labelled, "bench label")
    yield from _clinc(data, encoder, progress)
    yield from _banking(data, encoder, progress)
    yield from _library(settings, encoder, progress)
    yield from _documents(data, encoder, progress)
    yield from _redaction(data, settings, progress)
    for task, (name, wanted) in TWEETS.items():
        file = (data or Path("DATA")) / f"tweeteval/dev.{name}.val.jsonl"
        score = signals.measured(task, file, encoder)["score"] if data else None
        yield Bar(f"TweetEval {name}", wanted, score, f"bench signals --task {task} --test {file}")


def _turn_bars(found: dict[str, Any]) -> Iterator[Bar]:
    yield Bar("a turn, p50 ms", 30, found["p50_ms"], "bench turn", most=True)
    yield Bar("a turn, p95 ms", 90, found["p95_ms"], "bench turn", most=True)
    yield Bar("at 500 messages, ratio", 1.2, found["long_ratio"], "bench turn", most=True)
    yield Bar("resident memory, MB", 600, found["resident_mb"], "bench turn", most=True)


def _library(settings: Settings, encoder: Encoder, progress: Progress) -> Iterator[Bar]:
    found = library.read_in(1000, encoder, progress)
    command = "bench library --pages 1000"
    yield Bar("1,000 pages read in, seconds", 180, found["ingest_seconds"], command, most=True)
    grown = found["memory_second_half_ratio"]
    yield Bar("memory in the second half, ratio", 1.1, grown, command, most=True)


def _documents(data: Path | None, encoder: Encoder, progress: Progress) -> Iterator[Bar]:
    folder, command = data or Path("DATA"), "bench all --data DATA"
    found = question_sets.measured(folder, encoder, progress) if data else {}
    for name, wanted in question_sets.WANTED.items():
        yield Bar(name, wanted, found.get(name), command)


def _redaction(data: Path | None, settings: Settings, progress: Progress) -> Iterator[Bar]:
    found = redaction_sets.measured(data, open_finder(settings, load(settings.brand)), progress)
    for name, (wanted, most) in redaction_sets.WANTED.items():
        yield Bar(name, wanted, found.get(name), "bench all --data DATA", most)


def _clinc(data: Path | None, encoder: Encoder, progress: Progress) -> Iterator[Bar]:
    folder = (data or Path("DATA")) / "clinc150"
    train, test = folder / "dev.train.jsonl", folder / "dev.val.jsonl"
    command = f"bench intents --train {train} --test {test}"
    found = intents.from_files(train, test, None, encoder, progress) if data else {}
    yield Bar("CLINC150 in-scope accuracy", 0.955, found.get("in_scope_accuracy"), command)
    yield Bar("CLINC150 out-of-scope AUROC", 0.96, found.get("oos_auroc"), command)


def _banking(data: Path | None, encoder: Encoder, progress: Progress) -> Iterator[Bar]:
    """BANKING77 has no development rows of its own: every seventh training row, shuffled."""
    command, accuracy = "bench all --data DATA (a seventh of the training rows)", None
    if data:
        lines = (data / "banking77/dev.train.jsonl").read_text(encoding="utf-8").splitlines()
        random.Random(7).shuffle(lines)
        with TemporaryDirectory(prefix="quiethand-bench-") as folder:
            train, test = Path(folder) / "train.jsonl", Path(folder) / "test.jsonl"
            train.write_text("\n".join(line for n, line in enumerate(lines) if n % 7))
            test.write_text("\n".join(line for n, line in enumerate(lines) if not n % 7))
            found = intents.measured(read(train), read(test), Rows([], []), encoder, progress)
            accuracy = found["in_scope_accuracy"]
    yield Bar("BANKING77 accuracy", 0.93, accuracy, command)


def as_json(bar: Bar) -> str:
    """Return a bar as one line."""
    return json.dumps(
        {"bar": bar.name, "wanted": bar.wanted, "most": bar.most, "measured": bar.measured,
         "reached": bar.reached, "command": f"quiethand {bar.command}"}
    )  # fmt: skip
