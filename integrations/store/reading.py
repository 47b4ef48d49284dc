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
    """Read for a coroutine."""

    def inside() -> Result:
        with reading(engine) as db:
            return work(db)

    if not is_postgres(engine):
        return inside()  # shorter than the way to another thread and back
    return await asyncio.to_thread(inside)


def parsed(value: Any) -> Any:
    """Return a JSON column; Postgres's own cursor has parsed it."""
    return json.loads(value) if isinstance(value, str) else value
