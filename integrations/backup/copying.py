"""Copy a database as it is at one moment, while others work on it; rows travel between kinds."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, text

from integrations.store.alone import is_postgres
from integrations.store.database import open_database
from integrations.store.reading import reading
from integrations.store.schema import metadata

MANY = 500  # rows at once
Progress = Callable[[str], None]


def snapshot(engine: Engine, file: Path, progress: Progress) -> None:
    """Write a copy of a database, of either kind, as one SQLite file without deleted bytes."""
    if is_postgres(engine):
        target = open_database(file)
        try:
            fill(engine, target, progress)
        finally:
            target.dispose()
    else:
        _copied(engine, file, progress)
    alone(file)


def alone(file: Path) -> None:
    """Leave one file: no log beside it, nothing of what was deleted in it."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode=DELETE")
        db.execute("VACUUM")


def _copied(engine: Engine, file: Path, progress: Progress) -> None:
    """Copy in one go: page by page it would begin anew at each write of another process."""
    progress("copying the database")
    raw = engine.raw_connection()
    try:
        with closing(sqlite3.connect(file)) as target:
            cast(sqlite3.Connection, raw.driver_connection).backup(target)
    finally:
        raw.close()


def fill(source: Engine, target: Engine, progress: Progress) -> None:
    """Replace every row of one database by those of another, in one transaction."""
    tables = metadata.sorted_tables
    with _reading(source) as rows, target.begin() as db:
        if not is_postgres(target):
            db.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in reversed(tables):
            db.execute(delete(table))
        for table in tables:
            progress(f"copying {table.name}")
            for part in rows.execute(select(table)).mappings().partitions(MANY):
                db.execute(insert(table), [dict(row) for row in part])
            if is_postgres(target):
                _count_on(db, table)


def _reading(engine: Engine) -> Connection:
    """Open a connection that sees one moment only."""
    if is_postgres(engine):
        return engine.connect().execution_options(
            isolation_level="REPEATABLE READ", yield_per=MANY, postgresql_readonly=True
        )
    return engine.connect().execution_options(reads=True, yield_per=MANY)


def _count_on(db: Connection, table: Table) -> None:
    """Let new rows be numbered after those that came."""
    column: Any = table.autoincrement_column
    if column is None:
        return
    last = db.scalar(select(func.max(column)))
    name = db.scalar(
        text("SELECT pg_get_serial_sequence(:table, :column)"),
        {"table": table.name, "column": column.name},
    )
    if name and last:
        db.execute(text("SELECT setval(:name, :last)"), {"name": name, "last": last})


def is_empty(engine: Engine) -> bool:
    """Say whether a database keeps nothing that a restore would lose."""
    names = ("conversations", "inbox", "contacts", "documents", "erasures")
    with reading(engine) as db:
        first = [db.execute(select(metadata.tables[n]).limit(1)).first() for n in names]
    return not any(first)


def others(engine: Engine) -> int:
    """Count other connections of Quiethand to a server's database."""
    if not is_postgres(engine):
        return 0
    mine = "datname = current_database() AND pid <> pg_backend_pid()"
    query = f"SELECT count(*) FROM pg_stat_activity WHERE {mine} AND application_name = 'quiethand'"
    with engine.connect() as db:
        return int(db.scalar(text(query)) or 0)
