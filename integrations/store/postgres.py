"""Reach a Postgres server: a schema for each brand, and one clear line when it cannot be used."""

import re
import time
from functools import partial
from selectors import EVENT_READ, DefaultSelector
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError

from integrations.store.piped import straighten
from integrations.store.places import Server
from integrations.store.trouble import StoreError

VARIABLE = "QUIETHAND_DATABASE_URL"
SCHEMES = ("postgres", "postgresql", "postgresql+psycopg")
HOW = f"{VARIABLE}: write postgresql://USER:PASSWORD@HOST:5432/DATABASE"
WAIT_MS = 10_000  # for another transaction's lock
FORGET_MS = 60_000  # a transaction of a machine that went away ends then
CONNECTING = {
    "application_name": "quiethand", "connect_timeout": 10, "keepalives_idle": 30,
    "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000,
}  # fmt: skip
REST = 5.0  # seconds, after which a connection is asked whether its server is there
RESTS = "quiethand rests"  # since when, in what SQLAlchemy remembers of a connection
LONGEST = 300  # characters of a server's complaint


def engine_for(server: Server) -> Engine:
    """Return an engine whose connections see the one schema and nothing else."""
    url = address(server)
    engine = create_engine(
        url,
        connect_args={key: it for key, it in CONNECTING.items() if key not in url.query},
        pool_size=10,  # as many as write at once and a few that read; more are closed again
        max_overflow=10,
        pool_use_lifo=True,  # the same few, which know our statements
        execution_options={"place": server},
    )

    def prepare(connection: Any, _: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET search_path TO {quoted(server.schema)}")
            cursor.execute(f"SET lock_timeout = {WAIT_MS}")
            cursor.execute(f"SET idle_in_transaction_session_timeout = {FORGET_MS}")
        connection.commit()

    event.listen(engine, "connect", prepare)
    event.listen(engine, "checkout", partial(_ask, engine))
    event.listen(engine, "checkin", _rest)
    event.listen(engine, "before_cursor_execute", straighten)
    return engine


def _rest(_: object, record: Any) -> None:
    record.info[RESTS] = time.monotonic()


def _ask(engine: Engine, connection: Any, record: Any, _: object) -> None:
    """Ask a connection whether its server is there, unless it was just used.

    A server that ends says so before; one that was started again is no error.
    """
    now = time.monotonic()
    if now - record.info.get(RESTS, now) < REST and not _has_word(connection):
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _has_word(connection: Any) -> bool:
    with DefaultSelector() as look:
        look.register(connection, EVENT_READ)
        return bool(look.select(0))


def address(server: Server) -> URL:
    """Return the address for SQLAlchemy; a wrong one is never quoted, it may hold a password."""
    try:
        url = make_url(server.url.get_secret_value())
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{HOW}; what is set is no address.") from error
    if url.drivername not in SCHEMES:
        raise StoreError(f"{HOW}; for SQLite leave it empty.")
    if "@" in (url.host or ""):
        raise StoreError(f"{HOW}, with %40 for an @ in the password.")
    return url.set(drivername="postgresql+psycopg")


def version(db: Connection) -> str:
    """Return the version of the schema, or nothing when it is not there yet."""
    if db.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return ""
    return str(db.scalar(text("SELECT version_num FROM alembic_version")) or "")


def make_schema(db: Connection, server: Server) -> None:
    """Make the schema when it is missing; of many machines that start at once, one does."""
    db.execute(text("SET LOCAL lock_timeout = 0"))
    name = {"name": f"quiethand schema {server.schema}"}
    db.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), name)
    if db.scalar(text("SHOW server_encoding")) != "UTF8":
        raise StoreError(f"{VARIABLE}: the database must have the encoding UTF8.")
    known = text("SELECT 1 FROM pg_namespace WHERE nspname = :schema")
    if not db.scalar(known, {"schema": server.schema}):
        db.execute(text(f"CREATE SCHEMA {quoted(server.schema, colons=True)}"))


def complaint(error: DBAPIError, server: Server) -> StoreError:
    """Return one line that names the variable, and never the password."""
    lines = str(error.orig).strip().splitlines() or [type(error).__name__]
    said = re.sub(r"\s+", " ", lines[0])[:LONGEST].rstrip(".")
    if secret := address(server).password:
        said = said.replace(str(secret), "***")
    if getattr(error.orig, "sqlstate", "") == "42501":
        said += f"; let its user make the schema {server.schema!r}, or own it"
    return StoreError(f"{VARIABLE}: {said}.")


def quoted(name: str, colons: bool = False) -> str:
    """Write a name as SQL does; with colons as ``text`` wants them."""
    written = '"' + name.replace('"', '""') + '"'
    return written.replace(":", r"\:") if colons else written
