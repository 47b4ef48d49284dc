"""Read without a lock: on SQLite all of it at one moment, on Postgres each statement at its own."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from integrations.store.alone import is_postgres
from integrations.store.piped import looking

Result = TypeVar("Result")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Lend a connection that only reads."""
    if is_postgres(engine):
        with looking(engine) as db:
            yield db
        return
    with engine.connect().execution_options(reads=True) as db, db.begin():
        yield db


async def read(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """Read a few rows for a coroutine: on SQLite sooner than another thread could be asked to."""
    if is_postgres(engine):
        return await read_apart(engine, work)
    return _read(engine, work)


async def read_apart(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """Read for a coroutine what may take longer; others go on meanwhile."""
    return await asyncio.to_thread(_read, engine, work)


def _read(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    with reading(engine) as db:
        return work(db)


def parsed(value: Any) -> Any:
    """Return a JSON column; Postgres's own cursor has parsed it."""
    return json.loads(value) if isinstance(value, str) else value
