"""Play every case and say which expectations did not hold."""

import argparse
import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals import report
from evals.case import FOLDER, CaseError, Row, load
from evals.play import Player, Result, shared_reader
from integrations.settings import SettingsError, read


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 1 if any case fails, 2 if the cases or the settings cannot be used."""
    options = _options(arguments)
    logging.disable(logging.CRITICAL if options.json else logging.WARNING)
    try:
        rows = [row for row in load(options.cases) if _chosen(row, options.only)]
        results = list(play(rows, as_json=options.json))
    except (CaseError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    report.write(options.report, results)
    if not options.json:
        show(results, options.report)
    return int(any(result.failures for result in results))


def play(rows: Sequence[Row], *, as_json: bool = False) -> Iterator[Result]:
    """Play the cases one after the other, in one process with one reader."""
    settings = read()
    reader = shared_reader(settings, lambda line: _say(f"{line} ..."))
    with TemporaryDirectory(prefix="quiethand-evals-") as folder:
        player = Player(settings, reader, Path(folder))
        for number, row in enumerate(rows, 1):
            result = player.play(row)
            if as_json:
                sys.stdout.write(json.dumps(public(result)) + "\n")
            elif sys.stderr.isatty():
                sys.stderr.write(f"\r{number}/{len(rows)} cases")
            yield result


def public(result: Result) -> dict[str, Any]:
    """Return what is printed of a case as JSON."""
    return {
        "file": result.row.file,
        "line": result.row.line,
        "name": result.row.case.name,
        "passed": not result.failures and not result.gap,
        "failures": result.failures,
        "known_gap": result.row.case.known_gap,
        "missed": result.missed,
        "turns": [_public_turn(step.said, step.turn) for step in result.steps],
        "ms": round(result.ms, 1),
    }


def _public_turn(said: str, turn: Any) -> dict[str, Any]:
    kept = ("outcome", "route", "reason", "team", "text") if turn else ()
    return {"said": said, **{key: turn[key] for key in kept}}


def show(results: Sequence[Result], where: Path) -> None:
    """Print a table a file, with what does not hold and why, and the totals."""
    console = Console()
    for file, some in groupby(results, key=lambda result: result.row.file):
        console.print(_table(file, list(some)))
    console.print(f"In all: {_counts(results)}. Report: {where}")


def _counts(results: Sequence[Result]) -> str:
    gaps, failed = sum(r.gap for r in results), sum(bool(r.failures) for r in results)
    good = len(results) - gaps - failed
    return f"{good} of {len(results)} hold, {gaps} are known gaps, {failed} fail"


def _table(file: str, results: Sequence[Result]) -> Table:
    title = f"{file}: {_counts(results)}; {_milliseconds(results):.0f} ms a turn"
    table = Table(title=title, title_justify="left", min_width=len(title))
    table.add_column("line", justify="right")
    table.add_column("case")
    table.add_column("what does not hold", overflow="fold")
    for result in results:
        if result.failures or result.gap:
            what = "\n".join(result.failures) or f"known gap: {result.row.case.known_gap}"
            shown = escape(what.encode("utf-8", "replace").decode())
            table.add_row(str(result.row.line), escape(result.row.case.name), shown)
    if not table.row_count:
        table.add_row("", "all", "nothing")
    return table


def _milliseconds(results: Iterable[Result]) -> float:
    turns = [step.turn for result in results for step in result.steps if step.turn]
    return sum(turn["timings"]["total"] for turn in turns) / max(1, len(turns))


def _chosen(row: Row, words: Sequence[str]) -> bool:
    told = f"{row.file} {row.case.name}".lower()
    return not words or any(word.lower() in told for word in words)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.run", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object a case")
    parser.add_argument(
        "--only", action="append", default=[], metavar="WORD", help="cases or files with this word"
    )
    parser.add_argument("--report", type=Path, default=Path("report.html"), metavar="FILE")
    parser.add_argument("--cases", type=Path, default=FOLDER, metavar="FOLDER")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
