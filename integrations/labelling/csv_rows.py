"""Rows of a CSV file."""

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from integrations.labelling.rows import (
    CHARACTERS,
    LONGEST_LINE,
    ROWS,
    LabelError,
    check_column,
    judged,
    lines,
    mended,
    written,
)

DELIMITERS = (",", ";", "\t")


class CsvSource:
    """A CSV file with a header; bytes that are not UTF-8 pass through unharmed."""

    def __init__(self, file: Path, column: str) -> None:
        csv.field_size_limit(LONGEST_LINE)
        self._file, self._size = file, max(file.stat().st_size, 1)
        self._handle: io.TextIOWrapper[Any] = io.TextIOWrapper(io.BytesIO())
        try:
            self._place = self._read_header(column)
        except LabelError:
            self.close()
            raise

    def _read_header(self, column: str) -> int:
        """Find out what separates the cells, and where the column is."""
        found = [next(filter(None, self._rows(mark)), list[str]()) for mark in DELIMITERS]
        if not any(found):
            raise LabelError("the file is empty")
        fitting = [place for place, names in enumerate(found) if column in names]
        best = fitting[0] if fitting else max(range(3), key=lambda place: len(found[place]))
        self.columns, self.delimiter = found[best], DELIMITERS[best]
        check_column(column, self.columns)
        return self.columns.index(column)

    def batches(self) -> Iterator["CsvBatch"]:
        """Read from the beginning."""
        rows = self._rows(self.delimiter)
        next(rows, None)  # the header
        batch, size = CsvBatch(self), 0
        for row in rows:
            batch.add(row, self._place)
            size += sum(map(len, row or ()))
            if len(batch.texts) == ROWS or size > CHARACTERS:
                yield batch
                batch, size = CsvBatch(self), 0
        yield batch  # perhaps empty: a file without rows has columns all the same

    def share(self) -> float:
        """Return how much of the file has been read."""
        return 1.0 if self._handle.closed else self._handle.buffer.tell() / self._size

    def close(self) -> None:
        """Let go of the file."""
        self._handle.close()

    def _rows(self, delimiter: str) -> Iterator[list[str] | None]:
        """Yield cells, or None for what the CSV reader cannot take in."""
        reader = csv.reader(lines(self._opened()), delimiter=delimiter)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield None
            else:
                if row:
                    yield row

    def _opened(self) -> "io.TextIOWrapper[Any]":
        self.close()
        handle = self._file.open("rb")
        wide = handle.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE)
        handle.seek(0)
        encoding, errors = ("utf-16", "replace") if wide else ("utf-8-sig", "surrogateescape")
        self._handle = io.TextIOWrapper(handle, encoding, errors, newline="")
        return self._handle


class CsvBatch:
    """Rows of cells, as many as the header has."""

    def __init__(self, source: CsvSource) -> None:
        self.texts: list[str | None] = []
        self.troubles: list[str] = []
        self._source = source
        self._cells: list[list[str]] = []

    def add(self, row: list[str] | None, place: int) -> None:
        """Take in a row; what is too many goes into the last cell, so that nothing is lost."""
        width = len(self._source.columns)
        if row is None or len(row) != width:
            trouble = "broken row" if row is None else "ragged row"
            cells = row or []
            rest = self._source.delimiter.join(cells[width - 1 :])
            row = [*cells[: width - 1], rest, *[""] * (width - 1 - len(cells))]
            text = None
        else:
            text, trouble = judged(row[place])
        self._cells.append(row)
        self.texts.append(text)
        self.troubles.append(trouble)

    def cells(self) -> list[list[str]]:
        """Return the rows as they were."""
        return self._cells

    def objects(self) -> list[str]:
        """Return the rows as JSON objects."""
        names = self._source.columns
        return [written(dict(zip(names, row, strict=True))) for row in self._cells]

    def table(self) -> Any:
        """Return the rows as columns of strings."""
        import pyarrow as pa

        names = [mended(name) for name in self._source.columns]
        columns = [[mended(row[place]) for row in self._cells] for place in range(len(names))]
        arrays = [pa.array(column, pa.string()) for column in columns]
        return pa.RecordBatch.from_arrays(arrays, names=names)
