"""Search everything that is kept for values that should be gone."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    LargeBinary,
    Table,
    TableClause,
    Text,
    cast,
    inspect,
    literal_column,
    select,
)
from sqlalchemy.engine.interfaces import ReflectedColumn

from integrations.store.alone import is_postgres
from integrations.store.database import place_behind
from integrations.store.documents_schema import documents, passages
from integrations.store.places import Server
from integrations.store.postgres import quoted
from integrations.store.reading import reading
from integrations.store.schema import metadata
from integrations.store.vault import Kept

RAW = 5  # characters from which bytes are searched; shorter ones would be found by chance
PART = 2**22  # bytes read at once
ROWS = 500  # likewise
PUBLISHED = {"documents", "passages", "sources", "generations", "alembic_version"}
BUILT = ("cache", "chroma")  # folders of what is made from published documents
_COPY = "import shutil, sys; [shutil.copy(file, sys.argv[1]) for file in sys.argv[2:]]"
ENDINGS = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".lock")


@dataclass(frozen=True)
class Found:
    """A value that is still somewhere; its placeholder, never itself."""

    token: str
    place: str


def search(engine: Engine, folder: Path, values: Sequence[Kept]) -> tuple[list[Found], list[str]]:
    """Return where values still are, and the placeholders of those that are published."""
    public = [one for one in values if _is_published(engine, one.value)]
    private = [one for one in values if one not in public]
    found = list(_in_tables(engine, private))
    long = [one for one in private if len(one.value) >= RAW]
    if is_postgres(engine):
        found += [Found(one.token, table) for table, row in _rows(engine) for one in _in(row, long)]
    with TemporaryDirectory(prefix="quiethand-proof-") as away:
        for file in [*_copies(engine, Path(away)), *_files(folder)]:
            found += [Found(one.token, file.name) for one in _in_bytes(file, long)]
    return list(dict.fromkeys(found)), [one.token for one in public]


def _is_published(engine: Engine, value: str) -> bool:
    with reading(engine) as db:
        rows = db.execute(select(documents.c.title, documents.c.text))
        said = any(_holds(f"{row.title}\n{row.text}", value) for row in rows)
        return said or any(
            _holds(json.dumps(row.sentences, ensure_ascii=False), value)
            for row in db.execute(select(passages.c.sentences))
        )


def _in_tables(engine: Engine, values: Sequence[Kept]) -> Iterator[Found]:
    for table in metadata.sorted_tables:
        if table.name in PUBLISHED:
            continue
        for text in _texts(engine, table):
            yield from (Found(one.token, table.name) for one in values if _holds(text, one.value))


def _texts(engine: Engine, table: Table) -> Iterator[str]:
    """Read a table a row at a time, as text; sealed bytes are no text."""
    # On Postgres rows come a few at a time only inside a transaction.
    with engine.connect().execution_options(reads=True) as db, db.begin():
        for row in db.execute(select(table), execution_options={"yield_per": ROWS}):
            parts = (one for one in row if isinstance(one, str | list | dict))
            yield "\n".join(
                one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
                for one in parts
            )


def _holds(text: str, value: str) -> bool:
    """Say whether a text has a value: a short one as a word of its own, written just so."""
    if len(value) >= RAW:
        return value.casefold() in text.casefold()
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text) is not None


def _rows(engine: Engine) -> Iterator[tuple[str, bytes]]:
    """Read every row of a server's tables, ours or not, as bytes in small letters."""
    with engine.connect() as db:
        for table in inspect(db).get_table_names():
            if table in PUBLISHED:
                continue
            columns = [_written(one) for one in inspect(db).get_columns(table)]
            query = select(*columns).select_from(TableClause(table))
            for row in db.execute(query, execution_options={"yield_per": ROWS}):
                yield table, b"\n".join(_bytes(one) for one in row).lower()


def _written(column: ReflectedColumn) -> ColumnElement[Any]:
    """Ask for bytes as they are, and for all else as the server writes it."""
    named: ColumnElement[Any] = literal_column(quoted(column["name"]))
    return named if isinstance(column["type"], LargeBinary) else cast(named, Text)


def _bytes(value: str | bytes | None) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value or b"")


def _in(row: bytes, values: Sequence[Kept]) -> Iterator[Kept]:
    yield from (one for one in values if any(it in row for it in _spellings(one.value)))


def _copies(engine: Engine, away: Path) -> list[Path]:
    """Copy the database and its companions, by a process of its own.

    A file that we open and close here loses every lock that SQLite holds on it in this process.
    """
    database = place_behind(engine)
    if isinstance(database, Server):
        return []  # its files are not ours to read; its rows were searched
    ours = [f"{database}{ending}" for ending in ("", "-wal", "-shm", "-journal")]
    files = [file for file in ours if Path(file).is_file()]
    subprocess.run([sys.executable, "-I", "-c", _COPY, str(away), *files], check=True)
    return sorted(away.iterdir())


def _files(folder: Path) -> list[Path]:
    """Return what else lies in the data folder."""
    return [
        file
        for file in folder.rglob("*")
        if file.is_file()
        and not file.name.endswith(ENDINGS)
        and file.relative_to(folder).parts[0] not in BUILT
    ]


def _in_bytes(file: Path, values: Sequence[Kept]) -> list[Kept]:
    wanted = [(one, _spellings(one.value)) for one in values]
    longest = max((len(spelling) for _, all in wanted for spelling in all), default=0)
    found: dict[str, Kept] = {}
    rest = b""
    with file.open("rb") as stream:
        while part := stream.read(PART):
            part = rest + part.lower()
            hits = (one for one, all in wanted if any(spelling in part for spelling in all))
            found.update({one.token: one for one in hits})
            rest = part[-longest:] if longest else b""
    return list(found.values())


def _spellings(value: str) -> set[bytes]:
    """Return how a value may stand in a file: as UTF-8 or escaped as in JSON, in any case."""
    cases = {value, value.lower(), value.upper(), value.casefold(), value.title()}
    escaped = {json.dumps(one)[1:-1] for one in cases}
    return {one.encode().lower() for one in cases | escaped}
