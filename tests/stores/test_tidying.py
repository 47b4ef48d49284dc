"""SQLite's log is moved into the file beside whoever writes, and does not grow for ever."""

import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, insert

from integrations.store.documents_schema import generations
from integrations.store.sqlite import tidy

ROWS = 1200  # a log of more pages than SQLite itself would leave


def write(engine: Engine, first: int) -> None:
    for number in range(first, first + ROWS):
        with engine.begin() as db:
            db.execute(insert(generations).values(name=f"n{number}", number=1))


def in_the_file(folder: Path) -> int:
    """Count what is there without the log."""
    alone = shutil.copy(folder / "a.sqlite", folder / "alone.sqlite")
    file = sqlite3.connect(alone)
    count = int(file.execute("SELECT count(*) FROM generations").fetchone()[0])
    file.close()
    return count


def test_who_writes_leaves_it_to_the_tidying(engine: Engine, tmp_path: Path) -> None:
    tidy(engine)  # the tables
    write(engine, 0)
    assert in_the_file(tmp_path) == 0
    tidy(engine)
    assert in_the_file(tmp_path) == ROWS


def test_a_long_log_begins_anew(engine: Engine, tmp_path: Path) -> None:
    log = tmp_path / "a.sqlite-wal"
    write(engine, 0)
    before = log.stat().st_size
    tidy(engine, longest=100)
    write(engine, ROWS)
    assert log.stat().st_size < before * 1.5
