"""Numbers that must be known before their row is written."""

from typing import Any

from sqlalchemy import Column, Connection, Integer, func, select, text

from integrations.store.alone import is_postgres
from integrations.store.schema import metadata


def next_number(db: Connection, column: Column[Any]) -> int:
    """Return a number for a new row, which no other transaction gets."""
    if is_postgres(db):
        number = db.scalar(select(func.nextval(_sequence(column))))
    else:
        number = (db.scalar(select(func.max(column))) or 0) + 1
    return int(number or 0)


def catch_up(db: Connection) -> None:
    """Let numbers go on after the highest there is; for whoever wrote rows with numbers."""
    if not is_postgres(db):
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None and isinstance(column.type, Integer) and _is_counted(db, column):
            highest = func.coalesce(select(func.max(column)).scalar_subquery(), 0) + 1
            db.execute(select(func.setval(_sequence(column), highest, text("false"))))


def _is_counted(db: Connection, column: Column[Any]) -> bool:
    return db.scalar(select(_sequence(column))) is not None


def _sequence(column: Column[Any]) -> Any:
    return func.pg_get_serial_sequence(f'"{column.table}"', column.name)
