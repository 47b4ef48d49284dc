"""Open the database at the newest schema: SQLite in WAL mode, or a schema on Postgres."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

import integrations.store.contacts_schema
import integrations.store.running_schema
import integrations.store.traffic_schema
import integrations.store.vault_schema  # noqa: F401 - so do these
from integrations.store import postgres
from integrations.store.alone import is_postgres
from integrations.store.places import Place, Server
from integrations.store.trouble import StoreError as StoreError

NEWEST = "0008"
BUSY_MS = 10_000  # how long to wait for another process's write


def open_database(place: Place) -> Engine:
    """Return an engine for the place, making or migrating what is there when needed."""
    engine = postgres.engine_for(place) if isinstance(place, Server) else _sqlite(place)
    try:
        with engine.connect() as connection:
            current = _version(connection)
        if current != NEWEST:
            _migrate(engine, current)
    except StoreError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        if isinstance(place, Server):
            raise postgres.complaint(error, place) from error
        raise StoreError(f"{place}: {error.orig}; move the file away or restore it.") from error
    return engine


def place_behind(engine: Engine) -> Place:
    """Return the place that an engine was opened for."""
    place: Place = engine.get_execution_options()["place"]
    return place


def _sqlite(file: Path) -> Engine:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)  # nobody else on this machine reads it
    engine = create_engine(f"sqlite:///{file}", execution_options={"place": file})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
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
    if is_postgres(connection):
        return postgres.version(connection)
    found = connection.execute(
        text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
    ).first()
    if not found:
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _migrate(engine: Engine, current: str) -> None:
    from alembic import command
    from alembic.config import Config

    if current > NEWEST:
        raise StoreError(
            f"The database is at schema {current}, and this release knows {NEWEST}: "
            "start the newer release, or restore a backup from before it."
        )
    config = Config()
    config.set_main_option("script_location", "integrations.store:migrations")
    with engine.begin() as connection:
        if isinstance(place := place_behind(engine), Server):
            postgres.make_schema(connection, place)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
