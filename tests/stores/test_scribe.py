"""What many threads write at once is one commit; what fails for one fails for nobody else."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, func, insert, select

from integrations.store.database import open_database
from integrations.store.documents_schema import generations
from integrations.store.scribe import scribe_of

THREADS = 12


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "a.sqlite")
    yield engine
    engine.dispose()


def named(name: str, db: Connection) -> str:
    db.execute(insert(generations).values(name=name, number=1))
    return name


def count(engine: Engine) -> int:
    with engine.connect().execution_options(reads=True) as db, db.begin():
        return int(db.scalar(select(func.count()).select_from(generations)) or 0)


def all_at_once(engine: Engine, names: list[str]) -> tuple[list[str | Exception], int]:
    """Write all while a first one holds the pen; return results and commits."""
    scribe, commits, written = scribe_of(engine), [0], threading.Event()
    may_end = threading.Event()

    def slowly(db: Connection) -> str:
        written.set()
        may_end.wait(10)
        return named("first", db)

    def one(name: str) -> str | Exception:
        try:
            return scribe.write(lambda db: named(name, db))
        except Exception as error:  # noqa: BLE001 - it is what is looked at
            return error

    @event.listens_for(engine, "commit")
    def committed(_: Connection) -> None:
        commits[0] += 1

    with ThreadPoolExecutor(THREADS + 1) as threads:
        first = threads.submit(scribe.write, slowly)
        written.wait(10)
        rest = [threads.submit(one, name) for name in names]
        while scribe.waiting < len(names):
            threading.Event().wait(0.01)
        may_end.set()
        return [first.result(), *(each.result() for each in rest)], commits[0]


def test_what_waits_together_is_committed_together(engine: Engine) -> None:
    names = [f"n{number}" for number in range(THREADS)]
    results, commits = all_at_once(engine, names)
    assert results == ["first", *names]
    assert commits == 2
    assert count(engine) == THREADS + 1


def test_one_that_fails_takes_nobody_with_it(engine: Engine) -> None:
    results, _ = all_at_once(engine, ["a", "b", "first", "c"])
    assert [isinstance(one, Exception) for one in results] == [False, False, False, True, False]
    assert count(engine) == 4


def test_alone_it_is_written_at_once(engine: Engine) -> None:
    assert scribe_of(engine).write(lambda db: named("x", db)) == "x"
    with pytest.raises(ZeroDivisionError):
        scribe_of(engine).write(lambda _: 1 // 0)
    assert count(engine) == 1
