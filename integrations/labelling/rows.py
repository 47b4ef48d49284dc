"""What every file format offers: batches of rows that can be written in any other format."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import IO, Any, Protocol

ROWS = 512  # in a batch: enough for texts of the same length to meet
CHARACTERS = 4_000_000  # in a batch, whichever comes first
LONGEST_LINE = 64_000_000

Labels = Mapping[str, Sequence[Any]]
_BROKEN = re.compile("[\ud800-\udfff]")


class LabelError(Exception):
    """A file cannot be labelled as asked, in words a user may read."""


class Batch(Protocol):
    """Some rows; a text is None where there is nothing to label, and a trouble says why."""

    @property
    def texts(self) -> Sequence[str | None]:
        """Return what to label."""
        ...

    @property
    def troubles(self) -> Sequence[str]:
        """Return what is wrong with each row, mostly nothing."""
        ...

    def cells(self) -> list[list[str]]:
        """Return the rows for a CSV file."""
        ...

    def objects(self) -> list[str]:
        """Return the rows as JSON objects, written out."""
        ...

    def table(self) -> Any:
        """Return the rows as an Arrow record batch."""
        ...


class Source(Protocol):
    """A file of rows."""

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns."""
        ...

    def batches(self) -> Iterator[Batch]:
        """Read from the beginning; the same file always falls into the same batches."""
        ...

    def share(self) -> float:
        """Return how much of the file has been read, from 0 to 1."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def judged(value: object) -> tuple[str | None, str]:
    """Return the text to label, or None and what is wrong with it."""
    if value is None:
        return None, "no text"
    if not isinstance(value, str):
        return None, "not text"
    if _BROKEN.search(value):
        return None, "undecodable"
    return (value, "") if value.strip() else (None, "empty")


def mended(text: str) -> str:
    """Replace what cannot be written as UTF-8."""
    return _BROKEN.sub("\ufffd", text)


def shown(value: object) -> str:
    """Return a value for a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return written(value)


def written(value: object) -> str:
    """Return a value as JSON."""
    return mended(json.dumps(_plain(value), ensure_ascii=False))


def _plain(value: object) -> object:
    if isinstance(value, float) and not isfinite(value):  # JSON knows neither infinity nor NaN
        return None
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | None) else str(value)


def lines(file: IO[str]) -> Iterator[str]:
    """Yield the lines of a file, none of which may fill the memory."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise LabelError(f"line {number} is longer than {LONGEST_LINE:,} characters")
        yield line


def check_column(column: str, columns: Sequence[str]) -> None:
    """Refuse a column that is not there, and name those that are."""
    if column not in columns:
        known = ", ".join(repr(name) for name in list(columns)[:30])
        raise LabelError(f"there is no column {column!r}; there is: {known or 'none at all'}")
