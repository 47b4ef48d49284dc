"""Statements of the hottest paths, turned into SQL once, and handed to SQLite directly.

SQLAlchemy builds, compares and looks up a statement at each use, and wraps what it returns; for a
lease that is five times what the database needs. Only plain values go in and come out: texts,
numbers, bytes; ``in`` over a list is written as ``or``.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import Connection, Executable
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import NoResultFound
from sqlalchemy.sql.compiler import SQLCompiler

Row = Sequence[Any]


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
            return cast(Result, db.exec_driver_sql(sql, given))
        row = tuple([given[name] for name in order])
        try:
            file: Any = db.connection.driver_connection
            return _Found(file.execute(sql, row))
        except sqlite3.Error:  # once more, to fail in SQLAlchemy's words
            return cast(Result, db.exec_driver_sql(sql, row))

    def _built(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
        compiled = cast(SQLCompiler, cast(Any, self._statement).compile(dialect=dialect))
        order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._ready[dialect.name] = (str(compiled), order, fixed)
        return self._ready[dialect.name]


class _Found:
    """A cursor of SQLite."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    def __iter__(self) -> Iterator[Row]:
        return iter(self._cursor)

    def all(self) -> Sequence[Row]:
        return self._cursor.fetchall()

    def first(self) -> Row | None:
        row: Row | None = self._cursor.fetchone()
        self._cursor.close()  # or the rest would hold the log back
        return row

    def one(self) -> Row:
        row = self.first()
        if row is None:
            raise NoResultFound("one row was wanted")
        return row

    def scalar(self) -> Any:
        row = self.first()
        return row[0] if row else None

    def scalar_one(self) -> Any:
        return self.one()[0]

    def mappings(self) -> "_FoundNamed":
        return _FoundNamed(self, [column[0] for column in self._cursor.description])


class _FoundNamed:
    def __init__(self, found: _Found, names: list[str]) -> None:
        self._found, self._names = found, names

    def all(self) -> Sequence[Mapping[str, Any]]:
        return [dict(zip(self._names, row, strict=True)) for row in self._found.all()]

    def first(self) -> Mapping[str, Any] | None:
        row = self._found.first()
        return None if row is None else dict(zip(self._names, row, strict=True))

    def one(self) -> Mapping[str, Any]:
        return dict(zip(self._names, self._found.one(), strict=True))
