"""Print how much personal data is found, ours beside another's."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from integrations.bench.redaction import measured
from integrations.bench.redaction_rows import check_types, read_map, read_rows
from integrations.bench.redaction_spans import Finder
from integrations.cli.terminal import plain, progress
from integrations.settings import read
from knowledge.brands.brand import load


def redaction(data: Path, map: Path, against: str | None, verbose: bool, as_json: bool) -> None:
    """Print the scores of our finder on a file of rows."""
    from integrations.finding import open_finder

    settings = read()
    mapping, rows = read_map(map), read_rows(data)
    check_types(rows, mapping)  # before anything is loaded
    finder: Finder = open_finder(settings, load(settings.brand))
    progress(f"searching {len(rows)} rows")
    found = measured(rows, mapping, finder, _mistake if verbose else None)
    if against:
        from integrations.bench.redaction_stock import Stock

        stock = Stock()
        progress(f"searching them with {stock.name}")
        found["presidio"] = {"engine": stock.name, **measured(rows, mapping, stock)}
    sys.stdout.write(json.dumps(found) + "\n" if as_json else table(found))


def table(found: dict[str, Any]) -> str:
    """Lay numbers out in lines, with a second column for the other."""
    ours = dict(_flat({name: value for name, value in found.items() if name != "presidio"}))
    other = found.get("presidio")
    if not other:
        return "".join(f"{name:56} {_said(value)}\n" for name, value in ours.items())
    theirs = dict(_flat({name: value for name, value in other.items() if name != "engine"}))
    lines = [f"{'':56} {'quiethand':>12}   {other['engine']}"]
    for name in dict.fromkeys((*ours, *theirs)):
        lines.append(f"{name:56} {_said(ours.get(name)):>12}   {_said(theirs.get(name))}")
    return "".join(f"{line}\n" for line in lines)


def _flat(found: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in found.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name} ")
        else:
            yield before + name, value


def _said(value: object) -> str:
    return "-" if value is None else str(value)


def _mistake(line: str) -> None:
    sys.stderr.write(f"{plain(line)}\n")
