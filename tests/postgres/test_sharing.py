"""Machines share one server: they take different conversations, and wake each other."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select, text, true, update

from integrations.service.ringing import ringer
from integrations.store import leasing
from integrations.store.dead import DeadLetters
from integrations.store.inbox import STATES
from integrations.store.numbering import catch_up, next_number
from integrations.store.places import Server
from integrations.store.schema import conversations, drafts, turns
from integrations.store.traffic_schema import inbox
from integrations.store.vault_schema import reveals
from tests.postgres.server import Postgres
from tests.stores.traffic import Traffic, later, opened


def test_a_worker_passes_over_what_another_is_just_taking(two: tuple[Traffic, Traffic]) -> None:
    one, other = two
    for name in ("a", "b"):
        one.take(name, 1)
        one.take(name, 2)
    with one.engine.begin() as db:
        first = leasing.next_row(db, inbox, STATES, later(seconds=9)(), true())
        assert first
        leased = other.lease("w")
        assert leased
        assert leased.conversation != first["conversation"]
        assert other.lease("w") is None


def test_times_are_compared_as_on_sqlite(two: tuple[Traffic, Traffic]) -> None:
    times = ["2026-11-18T10:00:00+00:00", "2026-11-18T10:00:00.500000+00:00",
             "2026-11-18T10:00:01+00:00"]  # fmt: skip
    with two[0].engine.begin() as db:
        for at in reversed(times):
            row = {"who": "Ana", "why": "", "conversation": "", "token": "", "at": at}
            db.execute(reveals.insert().values(row))
        assert list(db.scalars(select(reveals.c.at).order_by(reveals.c.at))) == times
        assert db.scalar(text("SELECT 'a' < 'B'"))  # as people order; the server does it so
        loose = text("SELECT count(*) FROM information_schema.columns WHERE collation_name IS "
                     "DISTINCT FROM 'C' AND data_type IN ('text', 'character varying') "
                     "AND table_schema = current_schema()")  # fmt: skip
        assert db.scalar(loose) == 0


def test_a_draft_with_a_number_does_not_stop_the_next(two: tuple[Traffic, Traffic]) -> None:
    with two[0].engine.begin() as db:
        row = {"contact": "c", "channel": "", "audience": "", "version": 1, "episode": 1}
        row |= {"owner": "", "team": "", "memory": {}, "updated_at": ""}
        db.execute(conversations.insert().values(id="c", **row))
        turn = {"conversation": "c", "kind": "", "outcome": "", "ms": 1.0, "record": {}, "at": ""}
        db.execute(turns.insert().values(id="t", **turn))
        draft = {"conversation": "c", "turn": "t", "route": "", "message": {}, "revision": 1}
        draft |= {"status": "", "decided_by": "", "decided_at": "", "created_at": ""}
        db.execute(drafts.insert().values(id=41, **draft))  # as a backup brings it back
        catch_up(db)
        db.execute(drafts.insert().values(id=next_number(db, drafts.c.id), **draft))
        assert list(db.scalars(select(drafts.c.id).order_by(drafts.c.id))) == [41, 42]


class Rung(asyncio.Event):
    """A bell that remembers in how many seconds there is work."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def ring(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.set()

    async def next(self) -> float:
        await asyncio.wait_for(self.wait(), 10)
        self.clear()
        return self.seconds[-1]


async def heard(listen: Callable[[], Awaitable[None]], work: Awaitable[None]) -> None:
    """Listen while something happens."""
    task = asyncio.ensure_future(listen())
    try:
        await work
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.mark.anyio
async def test_what_one_machine_stores_wakes_the_other(two: tuple[Traffic, Traffic]) -> None:
    web, worker = two
    arrived, to_send = Rung(), Rung()
    listen = ringer(worker.engine, {"inbox": arrived.ring, "outbox": to_send.ring})
    assert listen

    async def work() -> None:
        assert (await arrived.next(), await to_send.next()) == (0.0, 0.0)  # as it begins to listen
        await asyncio.to_thread(web.take, "c", 1, 1.5)
        assert await arrived.next() == 1.5
        await asyncio.to_thread(dead_letter, web)
        await asyncio.to_thread(DeadLetters(web.engine, later()).replay, "in:1")
        assert await arrived.next() == 0.0
        assert not to_send.is_set()

    await heard(listen, work())


@pytest.mark.anyio
async def test_another_brand_of_the_server_wakes_nobody(postgres: Postgres) -> None:
    url = postgres.empty().url
    here, there = (opened(Server(url, name)) for name in ("here", "there"))
    arrived = Rung()
    listen = ringer(here.engine, {"inbox": arrived.ring})
    assert listen

    async def work() -> None:
        await arrived.next()
        await asyncio.to_thread(there.take, "c", 1, 7.0)
        await asyncio.to_thread(here.take, "c", 1, 3.0)
        await arrived.next()

    await heard(listen, work())
    assert arrived.seconds == [0.0, 3.0]
    for one in (here, there):
        one.engine.dispose()


@pytest.mark.anyio
async def test_a_server_that_goes_away_is_an_error_and_the_next_time_it_is_there(
    two: tuple[Traffic, Traffic], postgres: Postgres
) -> None:
    arrived = Rung()
    listen = ringer(two[0].engine, {"inbox": arrived.ring})
    assert listen
    task = asyncio.ensure_future(listen())
    await arrived.next()
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    await asyncio.to_thread(postgres.run, cut)
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(task, 10)

    async def work() -> None:
        await arrived.next()

    await heard(listen, work())


def test_sqlite_needs_no_bell_of_this_kind(tmp_path: Path) -> None:
    one = opened(tmp_path / "a.sqlite")
    assert ringer(one.engine, {}) is None
    one.engine.dispose()


def dead_letter(one: Traffic) -> None:
    with one.engine.begin() as db:
        db.execute(update(inbox).values(state="dead"))
