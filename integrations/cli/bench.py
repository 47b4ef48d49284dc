"""Print what was measured."""

import json
import sys
from pathlib import Path
from typing import Any

from integrations.cli.terminal import progress
from integrations.settings import read
from knowledge.language.encoder import Encoder


def intents(train: Path, test: Path, oos: Path | None, as_json: bool) -> None:
    """Print the scores of our classifier."""
    from integrations.bench.intents import from_files

    _show(from_files(train, test, oos, _encoder(), progress), as_json)


def signals(task: str, test: Path, as_json: bool) -> None:
    """Print the score of a shipped head."""
    from integrations.bench.signals import measured

    _show(measured(task, test, _encoder()), as_json)


def turn(turns: int, as_json: bool) -> None:
    """Print the times of turns."""
    from integrations.bench.turns import measured

    _show(measured(read(), turns, progress), as_json)


def start(as_json: bool) -> None:
    """Print the times of fresh processes."""
    from integrations.bench.starts import measured

    _show(measured(), as_json)


def service(messages: int, workers: int, as_json: bool) -> None:
    """Print how the whole service holds up."""
    from integrations.bench.service import measured

    words = ["up", "--workers", str(workers)]
    _show(measured(read(), messages, words, progress), as_json)


def console(drafts: int, messages: int, as_json: bool) -> None:
    """Print the times of the console's pages, and of news."""
    from integrations.bench.console import measured

    _show(measured(read(), drafts, messages, progress), as_json)


def label(rows: int, as_json: bool) -> None:
    """Print posts a second."""
    from integrations.bench.posts import measured

    _show(measured(rows), as_json)


def retrieval(documents: Path, questions: Path, as_json: bool) -> None:
    """Print how well passages are found."""
    from integrations.bench.retrieval import from_files

    _show(from_files(documents, questions, _encoder(), progress), as_json)


def answers(documents: Path, questions: Path, as_json: bool) -> None:
    """Print how well passages are found."""
    from integrations.bench.answers import from_files

    _show(from_files(documents, questions, _encoder(), progress), as_json)


def library(passages: int, pages: int, as_json: bool) -> None:
    """Print how quickly a library is searched and filled."""
    from integrations.bench.library import read_in, searched

    found = read_in(pages, _encoder(), progress) if pages else {}
    found |= searched(passages, _encoder(), progress) if passages else {}
    _show(found, as_json)


def every(data: Path | None, as_json: bool) -> None:
    """Print a table of every bar as it is measured."""
    from integrations.bench.bars import as_json as line
    from integrations.bench.bars import every as bars

    found = []
    for bar in bars(data, read(), progress):
        found.append(bar)
        if as_json:
            sys.stdout.write(line(bar) + "\n")
            sys.stdout.flush()
    if not as_json:
        _table(found)
    if data is None:
        progress("bars over public data sets need --data FOLDER (make bench DATA=FOLDER)")


def _encoder() -> Encoder:
    settings = read()
    return Encoder(settings.cache, settings.threads)


def _show(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, value in found.items():
        if isinstance(value, dict):
            sys.stdout.write(f"{name}\n")
            for key, parts in value.items():
                numbers = ", ".join(f"{part} {number}" for part, number in parts.items())
                sys.stdout.write(f"    {key:24} {numbers}\n")
        else:
            sys.stdout.write(f"{name:32} {value}\n")


def _table(bars: list[Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("bar", "wanted", "measured", "", "command")
    for bar in bars:
        wanted = f"{'<=' if bar.most else '>='} {bar.wanted:g}"
        measured = "-" if bar.measured is None else f"{bar.measured:g}"
        verdict = {True: "reached", False: "short", None: "not measured"}[bar.reached]
        table.add_row(bar.name, wanted, measured, verdict, f"quiethand {bar.command}")
    Console(width=None if sys.stdout.isatty() else 180).print(table)
