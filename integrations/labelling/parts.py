"""A Parquet file cannot be gone on with, so it is written as many small ones, joined at the end."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from integrations.labelling.progress import parts_of
from integrations.labelling.rows import Batch, LabelError, Labels

GROUP = 64  # parts that become one row group of the joined file
TYPES = {"text": pa.string(), "score": pa.float64(), "flag": pa.bool_(),
         "list": pa.list_(pa.string())}  # fmt: skip


class ParquetSink:
    """A folder of parts beside the output."""

    def __init__(self, out: Path, added: Mapping[str, str]) -> None:
        self._out, self._parts, self._added = out, parts_of(out), added
        self._count = 0

    def resume(self, written: int) -> None:
        """Check that the noted parts are there; later ones are written over."""
        self._count = written
        self._parts.mkdir(parents=True, exist_ok=True)
        if not all(self._part(number).exists() for number in range(written)):
            raise LabelError(f"parts of {self._parts} are gone; add --restart to begin anew")

    def write(self, batch: Batch, labels: Labels) -> int:
        """Write one more part."""
        table = batch.table()
        for name, kind in self._added.items():
            table = table.append_column(name, pa.array(labels[name], TYPES[kind]))
        with _writer(self._part(self._count), table.schema) as writer:
            writer.write_batch(table)
        self._count += 1
        return self._count

    def finish(self) -> None:
        """Join the parts, as many at a time as make a row group."""
        names = [self._part(number) for number in range(self._count)]
        with _writer(self._out, pq.read_schema(names[0])) as writer:
            for start in range(0, len(names), GROUP):
                group = [_read(name) for name in names[start : start + GROUP]]
                writer.write_table(pa.concat_tables(group))

    def close(self) -> None:
        """Nothing stays open between two parts."""

    def _part(self, number: int) -> Path:
        return self._parts / f"{number:06}.parquet"


def _read(file: Path) -> Any:
    with pq.ParquetFile(file) as part:
        return part.read()


@contextmanager
def _writer(file: Path, schema: Any) -> Iterator[Any]:
    """Write a Parquet file, whole or not at all."""
    draft = file.with_name(f"{file.name}.part")
    with draft.open("wb") as handle:
        with pq.ParquetWriter(handle, schema) as writer:
            yield writer
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(file)
