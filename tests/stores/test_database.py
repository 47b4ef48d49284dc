"""The database opens, migrates, and says what is wrong when it cannot."""

import sqlite3
from pathlib import Path

import pytest

from integrations.store.database import StoreError, open_database


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    for number in (1, 2):
        with open_database(tmp_path / "a.sqlite").begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO ideas (key, text, at) VALUES (?, 'x', '')", (str(number),)
            )
            count = connection.exec_driver_sql("SELECT count(*) FROM ideas").scalar()
    assert count == 2


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    file.write_text("this is not a database, and long enough to be looked at " * 20)
    with pytest.raises(StoreError, match=r"a\.sqlite"):
        open_database(file)


def test_it_writes_ahead(tmp_path: Path) -> None:
    open_database(tmp_path / "a.sqlite").dispose()
    connection = sqlite3.connect(tmp_path / "a.sqlite")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
