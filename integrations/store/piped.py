"""Ask Postgres the next thing before it answered the last: a way to a server takes longer than
most of what is asked.

Only ``Quick`` statements go this way; whatever SQLAlchemy executes itself waits for all before it.
What fails is raised where the next answer is wanted, or by the commit.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from integrations.store.found import Found

PIPE = "quiethand pipe"  # in what SQLAlchemy remembers of a connection
Got = TypeVar("Got")


@contextmanager
def writing(engine: Engine, *, lasting: bool = True) -> Iterator[Connection]:
    """Lend a transaction on Postgres; it commits when the block ends well.

    What need not be lasting may be lost with the server, unless something later is kept.
    """
    with engine.connect() as db, _piped(db):
        db.begin()
        if not lasting:
            Answer(db, "SET LOCAL synchronous_commit = off", {})
        yield db
        db.commit()


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """Lend a connection on which each statement sees what is committed when it begins."""
    once = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with once as db, _piped(db):
        yield db


def straighten(db: Connection, *_: object) -> None:
    """Wait for all answers: SQLAlchemy wants to see each at once."""
    if pipe := db.info.get(PIPE):
        _in_words(db, pipe.leave)


class Answer(Found):
    """What a statement will have done or found."""

    def __init__(self, db: Connection, sql: str, given: dict[str, Any]) -> None:
        self._db, self._pipe = db, db.info.get(PIPE)
        self._cursor = self._in_words(lambda: self._sent(sql, given))

    @property
    def rowcount(self) -> int:
        """Return how many rows it changed."""
        if self._cursor.rowcount < 0 and self._pipe:
            self._in_words(self._pipe.answers)
        return int(self._cursor.rowcount)

    def all(self) -> Any:
        """Return all rows."""
        return self._in_words(self._cursor.fetchall)

    def first(self) -> Any:
        """Return the first row, if there is one."""
        return self._in_words(self._cursor.fetchone)

    def _sent(self, sql: str, given: dict[str, Any]) -> Any:
        connection: Any = self._db.connection.driver_connection
        if self._pipe:
            self._pipe.enter()
        return connection.execute(sql, given)

    def _in_words(self, act: Callable[[], Got]) -> Got:
        return _in_words(self._db, act)


class _Pipe:
    """The pipeline of one connection, while somebody has it."""

    def __init__(self, connection: Any) -> None:
        self._connection, self._end, self._pipeline = connection, ExitStack(), None

    def enter(self) -> None:
        if self._pipeline is None:
            self._pipeline = self._end.enter_context(self._connection.pipeline())

    def answers(self) -> None:
        """Wait for what was asked so far."""
        if self._pipeline is not None:
            self._pipeline.sync()

    def leave(self) -> None:
        self._pipeline = None
        self._end.close()


@contextmanager
def _piped(db: Connection) -> Iterator[None]:
    info, dbapi = db.info, cast(Any, db.dialect.loaded_dbapi)
    pipe = info[PIPE] = _Pipe(db.connection.driver_connection)
    try:
        yield
        _in_words(db, pipe.leave)
    except BaseException as error:
        try:
            pipe.leave()
        except dbapi.Error:
            db.invalidate()
        if isinstance(error, DBAPIError):  # nobody knows what is still on its way; it is forgotten
            db.invalidate()
        raise
    finally:
        info.pop(PIPE, None)


def _in_words(db: Connection, act: Callable[[], Got]) -> Got:
    """Let it fail in SQLAlchemy's words."""
    dbapi: Any = db.dialect.loaded_dbapi
    try:
        return act()
    except dbapi.Error as error:
        connection: Any = db.connection.driver_connection
        gone = bool(connection.closed)
        said = DBAPIError.instance(
            None, None, error, dbapi.Error, connection_invalidated=gone, dialect=db.dialect
        )
        if gone:
            db.invalidate(error)
        raise said from error
