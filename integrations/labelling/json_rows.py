"""Rows of a JSONL file: one object a line."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from integrations.labelling.rows import (
    CHARACTERS,
    ROWS,
    LabelError,
    check_column,
    judged,
    lines,
    mended,
    shown,
    written,
)

MOST_NAMES = 10_000
BROKEN = "broken_line"  # where a line that is no JSON object is kept


class JsonSource:
    """A JSONL file; one pass finds the names in it, for formats that need them first."""

    def __init__(self, file: Path, column: str) -> None:
        self._file, self._size = file, max(file.stat().st_size, 1)
        self._column = column
        self._handle: io.TextIOWrapper[Any] = io.TextIOWrapper(io.BytesIO())
        self.kinds: dict[str, str] = {}
        try:
            for line in self._lines():
                self._learn(_parsed(line))
        finally:
            self.close()
        check_column(column, self.columns)

    @property
    def columns(self) -> list[str]:
        """Return every name that an object of the file has."""
        return list(self.kinds)

    def batches(self) -> Iterator["JsonBatch"]:
        """Read from the beginning."""
        batch, size = JsonBatch(self.kinds), 0
        for line in self._lines():
            batch.add(line, self._column)
            size += len(line)
            if len(batch.texts) == ROWS or size > CHARACTERS:
                yield batch
                batch, size = JsonBatch(self.kinds), 0
        yield batch  # perhaps empty: a file without rows has columns all the same

    def share(self) -> float:
        """Return how much of the file has been read."""
        return 1.0 if self._handle.closed else self._handle.buffer.tell() / self._size

    def close(self) -> None:
        """Let go of the file."""
        self._handle.close()

    def _lines(self) -> Iterator[str]:
        self.close()
        handle = self._file.open("rb")
        self._handle = io.TextIOWrapper(handle, "utf-8-sig", "surrogateescape", newline="\n")
        return (line.strip() for line in lines(self._handle) if line.strip())

    def _learn(self, row: dict[str, Any] | None) -> None:
        for name, value in (row or {}).items():
            known, new = self.kinds.get(name, ""), _kind(value)
            self.kinds[name] = (
                new if known in ("", new) else known if not new else _wider(known, new)
            )
        if len(self.kinds) > MOST_NAMES:
            raise LabelError(f"the objects have more than {MOST_NAMES:,} different names")


class JsonBatch:
    """Lines, and the objects in them."""

    def __init__(self, kinds: dict[str, str]) -> None:
        self.texts: list[str | None] = []
        self.troubles: list[str] = []
        self._kinds = kinds
        self._rows: list[tuple[str, dict[str, Any] | None]] = []

    def add(self, line: str, column: str) -> None:
        """Take in a line."""
        row = _parsed(line)
        text, trouble = (None, "broken line") if row is None else judged(row.get(column))
        self._rows.append((line, row))
        self.texts.append(text)
        self.troubles.append(trouble)

    def cells(self) -> list[list[str]]:
        """Return one cell a name."""
        return [[shown((row or {}).get(name)) for name in self._kinds] for _, row in self._rows]

    def objects(self) -> list[str]:
        """Return the lines as they were, down to the spelling of numbers."""
        return [written({BROKEN: mended(line)}) if row is None else line
                for line, row in self._rows]  # fmt: skip

    def table(self) -> Any:
        """Return columns; a name whose values are of several kinds holds JSON."""
        import pyarrow as pa

        types = {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64()}
        arrays = []
        for name, kind in self._kinds.items():
            values = [(row or {}).get(name) for _, row in self._rows]
            if kind == "str":
                values = [None if value is None else mended(value) for value in values]
            elif kind not in types:
                values = [None if value is None else written(value) for value in values]
            arrays.append(pa.array(values, types.get(kind, pa.string())))
        return pa.RecordBatch.from_arrays(arrays, names=[mended(name) for name in self._kinds])


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _kind(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return "json"
    name = type(value).__name__
    return name if name in ("bool", "int", "float", "str") else "json"


def _wider(one: str, other: str) -> str:
    return "float" if {one, other} == {"int", "float"} else "json"
