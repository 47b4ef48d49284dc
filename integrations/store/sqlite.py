"""Open a SQLite file in WAL mode, for many processes at once."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

BUSY_MS = 10_000  # how long to wait for another process's write
RESTART_MS = 100
LOOK = 0.001  # seconds; SQLite itself would look less and less often, and be overtaken
LONG_LOG = 20_000  # pages, after which it begins anew
# Who writes leaves the tidying to ``tidy``: it waits for the disk, and all others would wait too.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    f"wal_autocheckpoint={5 * LONG_LOG}",  # unless nobody tidies
)


def engine_for(file: Path) -> Engine:
    """Return an engine for the file, which is made when missing."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)  # nobody else on this machine reads it
    engine = create_engine(f"sqlite:///{file}", execution_options={"place": file})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def tidy(engine: Engine, longest: int = LONG_LOG) -> None:
    """Move the log into the file, beside whoever writes; begin it anew when it is long."""
    held = engine.raw_connection()
    try:
        file: Any = held.driver_connection
        _, pages, _ = file.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if pages > longest:
            # Nobody writes until it ends, so it must not wait long for somebody who reads.
            file.execute(f"PRAGMA busy_timeout={RESTART_MS}")
            file.execute("PRAGMA wal_checkpoint(RESTART)")
            file.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    finally:
        held.close()


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say when a transaction begins
    cursor = connection.cursor()
    for pragma in (*PRAGMAS, f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once, so that two turns cannot deadlock half-way."""
    if connection.get_execution_options().get("reads"):
        connection.exec_driver_sql("BEGIN")
        return
    file: Any = connection.connection.driver_connection
    file.execute("PRAGMA busy_timeout=0")
    try:
        if connection.get_execution_options().get("at_once") or not _locked(file):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # may fail, in SQLAlchemy's words
    finally:
        file.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def is_busy(error: OperationalError) -> bool:
    """Say whether it failed only because another process writes."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY


def _locked(file: Any) -> bool:
    """Take the write lock within the time there is; say whether we have it."""
    end = time.monotonic() + BUSY_MS / 1000
    while time.monotonic() < end:
        try:
            file.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                return False
            time.sleep(LOOK)
        else:
            return True
    return False
