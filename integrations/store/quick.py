"""Statements of the hottest paths, turned into SQL once, and handed to the database directly.

SQLAlchemy builds, compares and looks up a statement at each use, and wraps what it returns; for a
lease that is five times what the database needs. Only plain values go in and come out: texts,
numbers, bytes; ``in`` over a list is written as ``or``.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import Connection, Executable
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from integrations.store.found import Found, Row
from integrations.store.piped import Answer


class Named(Protocol):
    """Rows whose values have the names of their columns."""

    def all(self) -> Sequence[Mapping[str, Any]]: ...
    def first(self) -> Mapping[str, Any] | None: ...
    def one(self) -> Mapping[str, Any]: ...


class Result(Protocol):
    """What a statement did or found: the part of SQLAlchemy's results that is asked for here."""

    @property
    def rowcount(self) -> int: ...
    def __iter__(self) -> Iterator[Row]: ...  # noqa: D105 - a protocol
    def all(self) -> Sequence[Row]: ...
    def first(self) -> Row | None: ...
    def one(self) -> Row: ...
    def scalar(self) -> Any: ...
    def scalar_one(self) -> Any: ...
    def mappings(self) -> Named: ...


class Quick:
    """A statement with named parameters."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._ready: dict[str, tuple[str, tuple[str, ...] | None, dict[str, Any]]] = {}

    def __call__(self, db: Connection, **values: Any) -> Result:
        """Execute it with these values."""
        sql, order, fixed = self._ready.get(db.dialect.name) or self._built(db.dialect)
        given = fixed | values
        if order is None:
            return Answer(db, sql, given)
        row = tuple([given[name] for name in order])
        try:
            file: Any = db.connection.driver_connection
            return _Kept(file.execute(sql, row))
        except sqlite3.Error:  # once more, to fail in SQLAlchemy's words
            return cast(Result, db.exec_driver_sql(sql, row))

    def many(self, db: Connection, rows: Sequence[Row]) -> None:
        """Execute it on SQLite for each row, whose values are in the order of the statement."""
        sql, _, _ = self._ready.get(db.dialect.name) or self._built(db.dialect)
        try:
            file: Any = db.connection.driver_connection
            file.executemany(sql, rows)
        except sqlite3.Error:
            for row in rows:
                db.exec_driver_sql(sql, tuple(row))

    def _built(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
        compiled = cast(SQLCompiler, cast(Any, self._statement).compile(dialect=dialect))
        order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._ready[dialect.name] = (str(compiled), order, fixed)
        return self._ready[dialect.name]


class _Kept(Found):
    """A cursor of SQLite."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor
