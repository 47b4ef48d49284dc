"""Rows of a Parquet file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from integrations.labelling.rows import ROWS, LabelError, check_column, judged, shown, written


class ParquetSource:
    """A Parquet file, read a few rows at a time."""

    def __init__(self, file: Path, column: str) -> None:
        with _readable():
            self._parquet = pq.ParquetFile(file, memory_map=True)
        self.columns: list[str] = self._parquet.schema_arrow.names
        self._column, self._read = column, 0
        try:
            check_column(column, self.columns)
            kind = self._parquet.schema_arrow.field(column).type
            if not _holds_text(kind):
                raise LabelError(f"column {column!r} holds {kind}, not text")
        except LabelError:
            self.close()
            raise

    def batches(self) -> Iterator["ArrowBatch"]:
        """Read from the beginning."""
        self._read = 0
        with _readable():
            for batch in self._parquet.iter_batches(batch_size=ROWS):
                self._read += batch.num_rows
                yield ArrowBatch(batch, self._column)
        empty = pa.RecordBatch.from_pylist([], self._parquet.schema_arrow)
        yield ArrowBatch(empty, self._column)  # a file without rows has columns all the same

    def close(self) -> None:
        """Let go of the file."""
        self._parquet.close()

    def share(self) -> float:
        """Return how much of the file has been read."""
        return float(self._read / max(self._parquet.metadata.num_rows, 1))


class ArrowBatch:
    """A record batch."""

    def __init__(self, batch: Any, column: str) -> None:
        self._batch = batch
        found = [judged(_decoded(value, "surrogateescape"))
                 for value in _values(batch.column(column))]  # fmt: skip
        self.texts = [text for text, _ in found]
        self.troubles = [trouble for _, trouble in found]

    def cells(self) -> list[list[str]]:
        """Return the rows for a CSV file."""
        return [[shown(value) for value in row] for row in self._rows()]

    def objects(self) -> list[str]:
        """Return the rows as JSON objects."""
        names = self._batch.schema.names
        return [written(dict(zip(names, row, strict=True))) for row in self._rows()]

    def table(self) -> Any:
        """Return the batch as it is, types and all."""
        return self._batch

    def _rows(self) -> list[tuple[Any, ...]]:
        columns = [[_decoded(value, "replace") for value in _values(column)]
                   for column in self._batch.columns]  # fmt: skip
        return list(zip(*columns, strict=True))


def _values(column: Any) -> list[Any]:
    """Return Python values; text as bytes, for it may not be what it says it is."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return list(column.cast(pa.large_binary()).to_pylist())
    if pa.types.is_timestamp(column.type) or pa.types.is_time(column.type):
        column = column.cast(pa.string())  # Python's own types have no nanoseconds
    return list(column.to_pylist())


def _decoded(value: Any, errors: str) -> Any:
    return value.decode("utf-8", errors) if isinstance(value, bytes) else value


def _holds_text(kind: Any) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    types = pa.types
    return any(is_it(kind) for is_it in (
        types.is_string, types.is_large_string, types.is_binary, types.is_large_binary,
        types.is_null,
    ))  # fmt: skip


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except pa.ArrowException as error:
        raise LabelError(f"the Parquet file cannot be read: {error}") from error
