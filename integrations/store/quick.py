"""Statements of the hottest paths, turned into SQL once.

SQLAlchemy builds, compares and looks up a statement at each use; for a lease that is five times
what the database needs. Only plain values go in and come out: texts, numbers, bytes;
``in`` over a list is written as ``or``.
"""

from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler


class Quick:
    """A statement with named parameters."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._ready: dict[str, tuple[str, tuple[str, ...] | None, dict[str, Any]]] = {}

    def __call__(self, db: Connection, **values: Any) -> CursorResult[Any]:
        """Execute it with these values."""
        sql, order, fixed = self._ready.get(db.dialect.name) or self._built(db.dialect)
        given = fixed | values
        if order is None:
            return db.exec_driver_sql(sql, given)
        return db.exec_driver_sql(sql, tuple([given[name] for name in order]))

    def _built(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
        compiled = cast(SQLCompiler, cast(Any, self._statement).compile(dialect=dialect))
        order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._ready[dialect.name] = (str(compiled), order, fixed)
        return self._ready[dialect.name]
