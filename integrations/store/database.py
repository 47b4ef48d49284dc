"""Open the database: SQLite in WAL mode, at the newest schema."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

import integrations.store.contacts_schema
import integrations.store.running_schema
import integrations.store.traffic_schema
import integrations.store.vault_schema  # noqa: F401 - so do these

NEWEST = "0008"
BUSY_MS = 10_000  # how long to wait for another process's write


class StoreError(Exception):
    """The store cannot be used, in words an operator can act on."""


def open_database(file: Path) -> Engine:
    """Return an engine for the file, making or migrating it when needed."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)  # nobody else on this machine reads it
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with engine.connect() as connection:
            current = _version(connection)
        if current != NEWEST:
            _migrate(engine)
    except DBAPIError as error:
        raise StoreError(f"{file}: {error.orig}; move the file away or restore it.") from error
    return engine


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say when a transaction begins
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={BUSY_MS}",
                   "foreign_keys=ON"):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once, so that two turns cannot deadlock half-way."""
    options = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN" if options.get("reads") else "BEGIN IMMEDIATE")


def _version(connection: Connection) -> str:
    found = connection.execute(
        text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
    ).first()
    if not found:
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "integrations.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
