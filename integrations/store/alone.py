"""What only one transaction may do at a time; on SQLite only one writes at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from integrations.store.postgres import WAIT_MS
from integrations.store.quick import Quick


def is_postgres(db: Connection | Engine) -> bool:
    """Say which of the two databases it is."""
    return db.dialect.name == "postgresql"


def alone(db: Connection, *names: str) -> None:
    """Wait until no other transaction holds these names; then hold them until this one ends."""
    if is_postgres(db) and names:  # in one order everywhere, so that nobody deadlocks
        _HELD(db, names=sorted(set(names)))


@contextmanager
def alone_for_long(engine: Engine, name: str) -> Iterator[None]:
    """Hold a name over many transactions; when this process dies, the server gives it back."""
    key = _key(literal(name))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.exec_driver_sql("SET lock_timeout = 0")
        db.execute(select(func.pg_advisory_lock(key)))
        try:
            yield
        finally:
            db.execute(select(func.pg_advisory_unlock(key)))
            db.exec_driver_sql(f"SET lock_timeout = {WAIT_MS}")


def if_free(name: Any) -> Any:
    """Say in SQL whether a name was free; it is held then, as by ``alone``."""
    return func.pg_try_advisory_xact_lock(_key(name))


def upsert(db: Connection, table: Table) -> Any:
    """Return an insert that may say what happens when the row is there already."""
    return postgresql.insert(table) if is_postgres(db) else sqlite.insert(table)


def _key(name: Any) -> Any:
    """Name it in one number, another for each brand of the server."""
    return func.hashtextextended(func.concat(func.current_schema(), " ", name), 0)


_HELD = Quick(
    select(func.pg_advisory_xact_lock(_key(column("name")))).select_from(
        func.unnest(cast(bindparam("names"), postgresql.ARRAY(Text))).alias("name")
    )
)
