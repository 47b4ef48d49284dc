"""What a statement did or found, when a database's own cursor tells it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.exc import NoResultFound

Row = Sequence[Any]


class Found:
    """A cursor, with the part of SQLAlchemy's results that is asked for here."""

    _cursor: Any

    @property
    def rowcount(self) -> int:
        """Return how many rows it changed."""
        return int(self._cursor.rowcount)

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows."""
        return iter(self.all())

    def all(self) -> Sequence[Row]:
        """Return all rows."""
        rows: Sequence[Row] = self._cursor.fetchall()
        return rows

    def first(self) -> Row | None:
        """Return the first row, if there is one."""
        row: Row | None = self._cursor.fetchone()
        self._cursor.close()  # or the rest would hold SQLite's log back
        return row

    def one(self) -> Row:
        """Return the row that there must be."""
        row = self.first()
        if row is None:
            raise NoResultFound("one row was wanted")
        return row

    def scalar(self) -> Any:
        """Return the first value, if there is one."""
        row = self.first()
        return row[0] if row else None

    def scalar_one(self) -> Any:
        """Return the value that there must be."""
        return self.one()[0]

    def mappings(self) -> "FoundNamed":
        """Return the rows by the names of their columns."""
        return FoundNamed(self)

    @property
    def names(self) -> list[str]:
        """Return the names of the columns."""
        return [column[0] for column in self._cursor.description]


class FoundNamed:
    """Rows whose values have the names of their columns."""

    def __init__(self, found: Found) -> None:
        self._found = found

    def all(self) -> Sequence[Mapping[str, Any]]:
        """Return all rows."""
        rows, names = self._found.all(), self._found.names
        return [dict(zip(names, row, strict=True)) for row in rows]

    def first(self) -> Mapping[str, Any] | None:
        """Return the first row, if there is one."""
        row = self._found.first()
        return None if row is None else dict(zip(self._found.names, row, strict=True))

    def one(self) -> Mapping[str, Any]:
        """Return the row that there must be."""
        row = self._found.one()
        return dict(zip(self._found.names, row, strict=True))
