"""What many write at once is one commit; what fails for one fails for nobody else."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, bindparam, event, func, insert, select
from sqlalchemy.exc import IntegrityError

from integrations.store.documents_schema import generations
from integrations.store.quick import Quick
from integrations.store.scribe import scribe_of
from tests.stores.locked import locked

THREADS = 12


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


@pytest.mark.anyio
async def test_what_coroutines_write_at_once_is_committed_together(engine: Engine) -> None:
    commits = [0]

    @event.listens_for(engine, "commit")
    def committed(_: Connection) -> None:
        commits[0] += 1

    names = [f"n{number}" for number in range(THREADS)]
    writes = (scribe_of(engine).soon(partial(named, name)) for name in names)
    assert await asyncio.gather(*writes) == names
    assert (commits[0], count(engine)) == (1, THREADS)


@pytest.mark.anyio
async def test_one_coroutine_that_fails_takes_nobody_with_it(engine: Engine) -> None:
    scribe = scribe_of(engine)
    await scribe.soon(partial(named, "first"))
    writes = (scribe.soon(partial(named, name)) for name in ("a", "first", "b"))
    a, again, b = await asyncio.gather(*writes, return_exceptions=True)
    assert (a, b) == ("a", "b")
    assert isinstance(again, IntegrityError)
    assert count(engine) == 3


@pytest.mark.anyio
async def test_while_another_process_writes_a_coroutine_lets_others_go_on(
    engine: Engine, tmp_path: Path
) -> None:
    with locked(tmp_path / "a.sqlite"):
        waits = asyncio.create_task(scribe_of(engine).soon(partial(named, "x")))
        for _ in range(5):
            await asyncio.sleep(0.01)
        assert not waits.done()
    assert await waits == "x"


@pytest.mark.anyio
async def test_what_is_given_up_before_it_began_is_not_written(
    engine: Engine, tmp_path: Path
) -> None:
    scribe = scribe_of(engine)
    with locked(tmp_path / "a.sqlite"):
        given_up, kept = (asyncio.create_task(scribe.soon(partial(named, n))) for n in "xy")
        await asyncio.sleep(0.01)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        await asyncio.sleep(0.01)
    assert await kept == "y"
    assert count(engine) == 1


@pytest.mark.parametrize("began", [True, False])
def test_threads_are_served_when_the_loop_that_writes_ends(
    engine: Engine, tmp_path: Path, began: bool
) -> None:
    scribe = scribe_of(engine)

    async def give_up() -> None:
        asyncio.create_task(scribe.soon(partial(named, "x")))  # noqa: RUF006 - it is to be lost
        if began:
            await asyncio.sleep(0.01)

    with locked(tmp_path / "a.sqlite"):
        asyncio.run(give_up())
    written: list[str] = []
    write = partial(scribe.write, partial(named, "y"))
    waits = threading.Thread(target=lambda: written.append(write()), daemon=True)
    waits.start()
    waits.join(20)
    assert written == ["y"]


def test_what_sqlite_refuses_fails_in_sqlalchemys_words(engine: Engine) -> None:
    kept = {"name": "x", "number": 1}
    into = Quick(insert(generations).values(name=bindparam("name"), number=bindparam("number")))
    scribe_of(engine).write(lambda db: into(db, **kept))
    with pytest.raises(IntegrityError):
        scribe_of(engine).write(lambda db: into(db, **kept))
    assert count(engine) == 1
