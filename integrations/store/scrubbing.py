"""Leave no deleted bytes behind in what the database keeps on disk."""

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from integrations.store.alone import is_postgres
from integrations.store.postgres import quoted

_OTHERS = text(  # who began before us may still see what was deleted, so it would be copied
    "SELECT count(*) FROM pg_stat_activity WHERE backend_xmin IS NOT NULL "
    "AND datname = current_database() AND pid <> pg_backend_pid()"
)


def overwrite(db: Connection) -> None:
    """Let what this transaction deletes be overwritten, where the database can do that."""
    if not is_postgres(db):
        db.exec_driver_sql("PRAGMA secure_delete=ON")


def compact(engine: Engine, tables: Iterable[str]) -> bool:
    """Write anew what holds deleted rows; another process that reads can prevent it."""
    if is_postgres(engine):
        return _tables_anew(engine, tables)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    except engine.dialect.loaded_dbapi.OperationalError:
        return False
    finally:
        connection.close()
    return not busy


def _tables_anew(engine: Engine, tables: Iterable[str]) -> bool:
    """Copy each table without its dead rows; a server's log of changes is its operator's."""
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            free = not db.scalar(_OTHERS)
            for table in tables:
                db.exec_driver_sql(f"VACUUM (FULL) {quoted(table)}")
    except OperationalError:  # somebody holds it for longer than we may wait
        return False
    return free
