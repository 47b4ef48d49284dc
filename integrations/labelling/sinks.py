"""Where labelled rows go. What ``write`` returned is safe, and ``resume`` goes on from there."""

import csv
import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Protocol

from integrations.labelling.rows import Batch, LabelError, Labels, Source, mended


class Sink(Protocol):
    """A file that is being written."""

    def resume(self, written: int) -> None:
        """Forget whatever came after that much."""
        ...

    def write(self, batch: Batch, labels: Labels) -> int:
        """Write a batch down for good; return how much is written now."""
        ...

    def finish(self) -> None:
        """Make the output complete."""
        ...

    def close(self) -> None:
        """Let go of what is open, complete or not."""
        ...


class TextSink:
    """A file that grows at its end."""

    def __init__(self, out: Path) -> None:
        self._out, self._header = out, b""
        self._handle: IO[bytes] = io.BytesIO()

    def resume(self, written: int) -> None:
        """Cut off what a killed run may have written after its last note."""
        if written > (self._out.stat().st_size if self._out.exists() else 0):
            raise LabelError(f"{self._out} is shorter than it was; add --restart to begin anew")
        self._handle = self._out.open("r+b" if written else "w+b")
        self._handle.truncate(written)
        self._handle.seek(written)
        if not written:
            self._handle.write(self._header)

    def write(self, batch: Batch, labels: Labels) -> int:
        """Append, and wait until the disk has it."""
        self._handle.write(self._text(batch, labels).encode("utf-8", "surrogateescape"))
        self._flush()
        return self._handle.tell()

    def finish(self) -> None:
        """The rows are all there; a file without any still has its header."""
        self._flush()

    def close(self) -> None:
        """Close the file."""
        self._handle.close()

    def _flush(self) -> None:
        self._handle.flush()
        os.fsync(self._handle.fileno())

    def _text(self, batch: Batch, labels: Labels) -> str:
        raise NotImplementedError


class CsvSink(TextSink):
    """A CSV file."""

    def __init__(self, out: Path, source: Source, added: Mapping[str, str]) -> None:
        super().__init__(out)
        self._delimiter = getattr(source, "delimiter", ",")
        names = [[*map(mended, source.columns), *added]]
        self._header = self._rows(names).encode()

    def _text(self, batch: Batch, labels: Labels) -> str:
        columns = [list(map(_cell, column)) for column in labels.values()]
        rows = zip(batch.cells(), zip(*columns, strict=True), strict=True)
        return self._rows([[*cells, *added] for cells, added in rows])

    def _rows(self, rows: list[list[str]]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self._delimiter).writerows(rows)
        return text.getvalue()


class JsonSink(TextSink):
    """A JSONL file; the labels are spliced into the objects as they stand."""

    def _text(self, batch: Batch, labels: Labels) -> str:
        rows = zip(*labels.values(), strict=True)
        return "".join(
            _spliced(object_, json.dumps(dict(zip(labels, row, strict=True)))) + "\n"
            for object_, row in zip(batch.objects(), rows, strict=True)
        )


def sink(out: Path, source: Source, added: Mapping[str, str]) -> Sink:
    """Return the sink for a file's ending."""
    if out.suffix == ".csv":
        return CsvSink(out, source, added)
    if out.suffix == ".jsonl":
        return JsonSink(out)
    from integrations.labelling.parts import ParquetSink

    return ParquetSink(out, added)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "|".join(value)
    return "" if value is None else str(value)


def _spliced(object_: str, more: str) -> str:
    body = object_[:-1].rstrip()
    return f"{body}{'' if body == '{' else ', '}{more[1:]}"
