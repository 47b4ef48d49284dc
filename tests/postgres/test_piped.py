"""What is asked of a server before it answered: what fails is said, and takes nobody with it."""

import asyncio
from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import Connection, Engine, bindparam, event, insert, select, text
from sqlalchemy.exc import IntegrityError

from integrations.store.database import open_database
from integrations.store.documents_schema import generations
from integrations.store.quick import Quick
from integrations.store.scribe import scribe_of
from tests.postgres.server import Postgres

INTO = Quick(insert(generations).values(name=bindparam("name"), number=bindparam("number")))


@pytest.fixture
def engine(postgres: Postgres) -> Iterator[Engine]:
    engine = open_database(postgres.ready())
    yield engine
    engine.dispose()


def named(name: str, db: Connection) -> str:
    INTO(db, name=name, number=1)
    return name


def names(engine: Engine) -> list[str]:
    with engine.connect() as db:
        return list(db.scalars(select(generations.c.name).order_by(generations.c.name)))


def test_what_fails_by_the_commit_fails_in_sqlalchemys_words(engine: Engine) -> None:
    write = scribe_of(engine).write
    write(partial(named, "a"))
    with pytest.raises(IntegrityError):
        write(lambda db: (named("b", db), named("a", db), named("c", db)))
    assert write(partial(named, "d")) == "d"
    assert names(engine) == ["a", "d"]


def test_what_sqlalchemy_asks_sees_what_was_asked_before(engine: Engine) -> None:
    def work(db: Connection) -> list[object]:
        named("a", db)
        seen: list[object] = [db.scalar(text("SELECT count(*) FROM generations"))]
        return [*seen, INTO(db, name="b", number=2).rowcount]

    assert scribe_of(engine).write(work) == [1, 1]


@pytest.mark.anyio
async def test_what_has_names_is_written_together_and_fails_alone(engine: Engine) -> None:
    commits = [0]

    @event.listens_for(engine, "commit")
    def committed(_: Connection) -> None:
        commits[0] += 1

    soon = scribe_of(engine).soon
    writes = (soon(partial(named, one), [one]) for one in "cab")
    assert await asyncio.gather(*writes) == ["c", "a", "b"]
    assert commits[0] == 1
    again = (soon(partial(named, one), [one]) for one in "dae")
    d, a, e = await asyncio.gather(*again, return_exceptions=True)
    assert (d, e) == ("d", "e")
    assert isinstance(a, IntegrityError)
    assert names(engine) == ["a", "b", "c", "d", "e"]
