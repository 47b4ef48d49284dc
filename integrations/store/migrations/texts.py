"""Make texts on Postgres what they are on SQLite: of any length, and compared byte by byte.

Times are stored as ISO texts, so their order must not depend on the language of a server.
"""

from itertools import groupby

from sqlalchemy import Connection, text

from integrations.store.alone import is_postgres
from integrations.store.postgres import quoted

_OTHERWISE = text(
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND data_type IN ('character varying', 'text') "
    "AND (data_type <> 'text' OR collation_name IS DISTINCT FROM 'C') ORDER BY 1, 2"
)


def as_sqlite_has_them(db: Connection) -> None:
    """Change the columns that a migration has just made; the others are so already."""
    if not is_postgres(db):
        return
    for table, columns in groupby(db.execute(_OTHERWISE).all(), key=lambda row: row.table_name):
        names = (quoted(row.column_name) for row in columns)
        changes = ", ".join(f'ALTER COLUMN {name} TYPE text COLLATE "C"' for name in names)
        db.exec_driver_sql(f"ALTER TABLE {quoted(table)} {changes}")
