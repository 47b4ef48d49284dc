"""A library in a folder that goes away, filled with rows."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from integrations.bench.rows import BenchError
from integrations.store.database import open_database
from integrations.store.shelf import SqlShelf
from knowledge.documents.document import Document
from knowledge.documents.library import Library
from knowledge.documents.vectors import Vectors, embedded
from knowledge.language.encoder import Encoder

AT_ONCE = 64  # documents encoded together


@contextmanager
def filled(documents: Sequence[Document], encoder: Encoder) -> Iterator[Library]:
    """Put documents into a library of their own."""
    with TemporaryDirectory(prefix="quiethand-bench-", ignore_cleanup_errors=True) as folder:
        engine = open_database(Path(folder) / "bench.sqlite")
        vectors = Vectors(embedded(Path(folder) / "chroma"), "passages")
        library = Library(SqlShelf(engine), vectors, encoder, Path(folder))
        for start in range(0, len(documents), AT_ONCE):
            part = documents[start : start + AT_ONCE]
            library.replace("bench", str(start), "", part)
        assert library.stock  # built before anything is timed
        yield library
        engine.dispose()


def read_documents(file: Path) -> list[Document]:
    """Read rows with an id, a text and perhaps a title."""
    found = {}
    for where, row in lines(file):
        try:
            id, text = str(row["id"]), str(row["text"])
        except KeyError as error:
            raise BenchError(f"{where}: want an object with id and text") from error
        found[id] = Document(id, str(row.get("title") or ""), text, source=id)
    return list(found.values())


def lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return each JSON object of a file, with where it stands."""
    if not file.is_file():
        raise BenchError(f"there is no file {file}")
    empty = True
    with file.open(encoding="utf-8", errors="replace") as rows:
        for number, line in enumerate(rows, 1):
            if line.strip():
                empty = False
                yield f"{file}:{number}", _object(f"{file}:{number}", line)
    if empty:
        raise BenchError(f"{file} has no rows")


def _object(where: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BenchError(f"{where}: not JSON") from error
    if not isinstance(row, dict):
        raise BenchError(f"{where}: want a JSON object")
    return row
