"""Read rows with personal data marked in them, and the map from their types to our kinds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import index
from pathlib import Path
from typing import Any

from agents.redaction.kinds import KINDS
from integrations.bench.rows import BenchError
from integrations.bench.shelves import lines

Kinds = tuple[str, ...]  # all of them count as right, the first names the entity; none: ignored


@dataclass(frozen=True)
class Marked:
    """Characters of a text that a data set gives a type."""

    start: int
    end: int
    type: str


@dataclass(frozen=True)
class Row:
    """A text, what is marked in it, and how it tries to evade."""

    text: str
    marked: tuple[Marked, ...] = ()
    evasion: str = ""


def read_rows(file: Path) -> list[Row]:
    """Read rows with spans, or with tokens and BIO tags."""
    return [_row(where, row) for where, row in lines(file)]


def read_map(file: Path) -> dict[str, Kinds]:
    """Read a JSON object from types to a kind, to kinds, or to null."""
    if not file.is_file():
        raise BenchError(f"there is no file {file}")
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BenchError(f"{file}: not JSON") from error
    if not isinstance(found, dict):
        raise BenchError(f"{file}: want a JSON object from types to kinds")
    return mapped(found, str(file))


# An account is somebody's name, and NUMBER is what we call digits that we cannot tell apart.
WIDER = {
    "PERSON": ("HANDLE",),
    "PHONE": ("NUMBER",),
    "CARD": ("NUMBER",),
    "IBAN": ("NUMBER",),
    "ID": ("NUMBER",),
}


def mapped(types: Mapping[str, Any], where: str) -> dict[str, Kinds]:
    """Check the values of a map, and make each a tuple of kinds."""
    found = {type: _kinds(value) for type, value in types.items()}
    wrong = sorted(type for type, kinds in found.items() if kinds is None)
    if wrong:
        said = ", ".join(f"{type}: {json.dumps(types[type])}" for type in wrong)
        known = ", ".join(KINDS)
        raise BenchError(f"{where}: no kind of ours: {said}; want null or of {known}")
    return {type: kinds for type, kinds in found.items() if kinds is not None}


def _kinds(value: object) -> Kinds | None:
    if value is None:
        return ()
    kinds = [value] if isinstance(value, str) else value
    if not isinstance(kinds, list) or not kinds or not all(kind in KINDS for kind in kinds):
        return None
    wider = [more for kind in kinds for more in WIDER.get(kind, ())]
    return tuple(dict.fromkeys([*kinds, *wider]))


def check_types(rows: Iterable[Row], mapping: Mapping[str, Kinds]) -> None:
    """Stop when the map is silent about a type; it may be a kind that leaks unnoticed."""
    missing = {one.type for row in rows for one in row.marked} - set(mapping)
    if missing:
        raise BenchError(f"the map does not name these types: {', '.join(sorted(missing))}")


def _row(where: str, row: dict[str, Any]) -> Row:
    evasion = str(row.get("adversarial_type") or "")
    try:
        if "spans" in row:
            return Row(row["text"], _spans(row["text"], row["spans"]), evasion)
        return from_tags(row["tokens"], row["tags"], evasion)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BenchError(
            f"{where}: want text with spans (type, start, end in the text), or as many tags "
            "(O, B-TYPE, I-TYPE) as tokens"
        ) from error


def _spans(text: str, spans: list[dict[str, Any]]) -> tuple[Marked, ...]:
    if not isinstance(text, str):
        raise TypeError
    found = [Marked(index(one["start"]), index(one["end"]), one["type"]) for one in spans]
    for one in found:
        if not 0 <= one.start < one.end <= len(text) or not isinstance(one.type, str):
            raise ValueError
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def from_tags(tokens: Sequence[str], tags: Sequence[str], evasion: str = "") -> Row:
    """Join tokens by one space and turn their tags into spans."""
    found: list[Marked] = []
    place, before = 0, "O"
    for token, tag in zip(tokens, tags, strict=True):
        mark, _, type = tag.partition("-")
        if tag != "O" and (mark not in {"B", "I"} or not type):
            raise ValueError
        end = place + len(token)
        if mark == "I" and before == type:
            found[-1] = Marked(found[-1].start, end, type)
        elif type and token:
            found.append(Marked(place, end, type))
        place, before = end + 1, type
    return Row(" ".join(tokens), tuple(found), evasion)
