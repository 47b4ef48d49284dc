"""Write labelled batches so that a run that was killed can go on where it stopped."""

import csv
import io
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from integrations.labelling.rows import Batch, Labels, shown


class Writer(Protocol):
    """A place for labelled batches; ``mark`` says how far it is safe."""

    def begin(self, columns: Sequence[str], mark: int) -> None:
        """Start anew at mark 0, or drop whatever came after the mark."""
        ...

    def write(self, batch: Batch, labels: Labels) -> int:
        """Write a batch through to the disk and return the new mark."""
        ...

    def finish(self) -> None:
        """Complete the file."""
        ...

    def close(self) -> None:
        """Let go of the file, complete or not."""
        ...


class TextWriter:
    """CSV or JSONL; the mark is the size of the file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def begin(self, columns: Sequence[str], mark: int) -> None:
        """Cut the file back to the mark; a new one gets its header."""
        self._handle = self._file.open("r+b" if mark else "wb")
        self._handle.truncate(mark)
        self._handle.seek(mark)
        if not mark and self._file.suffix == ".csv":
            self._handle.write(_csv([columns]))

    def write(self, batch: Batch, labels: Labels) -> int:
        """Append the rows."""
        rows = _csv_rows(batch, labels) if self._file.suffix == ".csv" else _json(batch, labels)
        self._handle.write(rows)
        self._handle.flush()
        os.fsync(self._handle.fileno())
        return self._handle.tell()

    def finish(self) -> None:
        """Nothing is missing: the rows are there."""

    def close(self) -> None:
        """Close the file."""
        self._handle.close()


class ParquetWriter:
    """Parquet, in parts that are joined at the end; the mark is the number of parts."""

    def __init__(self, file: Path) -> None:
        self._file, self._parts = file, file.with_name(f"{file.name}.parts")
        self._count = 0

    def begin(self, columns: Sequence[str], mark: int) -> None:
        """Keep the parts up to the mark."""
        if not mark:
            shutil.rmtree(self._parts, ignore_errors=True)
        self._parts.mkdir(parents=True, exist_ok=True)
        self._count = mark

    def write(self, batch: Batch, labels: Labels) -> int:
        """Write one part."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = batch.table()
        for name, values in labels.items():
            table = table.append_column(name, pa.array(values, _arrow(name)))
        pq.write_table(pa.Table.from_batches([table]), self._part(self._count))
        self._count += 1
        return self._count

    def finish(self) -> None:
        """Join the parts, one at a time."""
        import pyarrow.parquet as pq

        if self._count:
            schema = pq.read_schema(self._part(0))
            with pq.ParquetWriter(self._file, schema) as joined:
                for number in range(self._count):
                    joined.write_table(pq.read_table(self._part(number), schema=schema))
        shutil.rmtree(self._parts, ignore_errors=True)

    def close(self) -> None:
        """Parts are closed as they are written."""

    def _part(self, number: int) -> Path:
        return self._parts / f"{number:06}.parquet"


def writer(file: Path) -> Writer:
    """Return the writer for a file's ending."""
    return ParquetWriter(file) if file.suffix == ".parquet" else TextWriter(file)


def _csv_rows(batch: Batch, labels: Labels) -> bytes:
    rows = batch.cells()
    for number, row in enumerate(rows):
        row += [_cell(values[number]) for values in labels.values()]
    return _csv(rows)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(value)
    return str(value).lower() if isinstance(value, bool) else shown(value)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogateescape")


def _json(batch: Batch, labels: Labels) -> bytes:
    written = []
    for number, line in enumerate(batch.objects()):
        added = json.dumps({name: values[number] for name, values in labels.items()})
        body = line.rstrip()[:-1].rstrip()
        written.append(f"{body}{'' if body.endswith('{') else ', '}{added[1:]}\n")
    return "".join(written).encode("utf-8", "surrogateescape")


def _arrow(name: str) -> Any:
    import pyarrow as pa

    if name == "emotions":
        return pa.list_(pa.string())
    if name.endswith("_score"):
        return pa.float64()
    return pa.bool_() if name in ("irony", "abuse") else pa.string()
