"""Every open page is told what changed, whoever changed it, and nobody looks while none is."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from integrations.console.feed import HERE, MOST, MUCH, Feed, Told
from integrations.store.database import open_database
from integrations.store.review_schema import decisions
from tests.console.rows import Rows, at

pytestmark = pytest.mark.anyio


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(tmp_path / "desk.sqlite")


@pytest.fixture
def rows(engine: Engine) -> Rows:
    rows = Rows(engine)
    rows.talk("c1")
    rows.draft(1)
    return rows


def decide(engine: Engine, draft: int = 1, by: str = "kim", times: int = 1) -> None:
    row = {"draft": draft, "revision": 1, "action": "approve", "by": by, "reason": ""}
    with engine.begin() as db:
        db.execute(insert(decisions), [{**row, "turn": "", "at": at(0)}] * times)


async def after(feed: Feed, change: Callable[[], None], count: int = 1) -> list[Told]:
    """Return what somebody who watched before a change is told of it."""
    async with aclosing(feed.watch()) as told:
        assert (await anext(told))["kind"] == HERE
        change()
        return [await _next(told) for _ in range(count)]


async def _next(told: AsyncGenerator[Told]) -> Told:
    return await asyncio.wait_for(anext(told), 20)


async def test_a_decision_that_another_process_wrote_is_told(engine: Engine, rows: Rows) -> None:
    feed = Feed(engine, pause=0.01)
    assert await after(feed, lambda: decide(engine)) == [Told(kind="decision", id="1", by="kim")]


async def test_our_own_is_told_without_waiting_for_the_next_look(
    engine: Engine, rows: Rows
) -> None:
    feed = Feed(engine, pause=3600)

    def change() -> None:
        decide(engine)
        feed.tell("decision", "1", "kim")

    assert await after(feed, change) == [Told(kind="decision", id="1", by="kim")]


async def test_what_has_no_row_is_told_as_it_is(engine: Engine, rows: Rows) -> None:
    feed = Feed(engine, pause=3600)
    told = await after(feed, lambda: feed.tell("presence", "draft 1", "kim"))
    assert told == [Told(kind="presence", id="draft 1", by="kim")]


async def test_each_change_is_told_once_and_in_order(engine: Engine, rows: Rows) -> None:
    feed = Feed(engine, pause=0.01)

    def change() -> None:
        decide(engine)
        decide(engine, by="ada")
        rows.draft(2)
        rows.line("c1", "Hello?")
        rows.handoff(1)

    told = await after(feed, change, 5)
    assert [(one["kind"], one["id"]) for one in told] == [
        ("decision", "1"),
        ("decision", "1"),
        ("draft", "2"),
        ("handoff", "c1"),
        ("line", "c1"),
    ]


async def test_what_was_there_before_is_not_told(engine: Engine, rows: Rows) -> None:
    decide(engine, by="earlier")
    feed = Feed(engine, pause=0.01)
    assert [one["by"] for one in await after(feed, lambda: decide(engine, by="now"))] == ["now"]


async def test_two_who_watch_are_told_the_same(engine: Engine, rows: Rows) -> None:
    feed = Feed(engine, pause=0.01)
    async with aclosing(feed.watch()) as one, aclosing(feed.watch()) as other:
        await anext(one)
        await anext(other)
        decide(engine)
        assert await _next(one) == await _next(other)


async def test_a_flood_is_told_in_one_word(engine: Engine, rows: Rows) -> None:
    feed = Feed(engine, pause=0.01)
    told = await after(feed, lambda: decide(engine, times=MOST + 1))
    assert [one["kind"] for one in told] == [MUCH]


async def test_who_does_not_listen_is_told_that_there_was_much(engine: Engine, rows: Rows) -> None:
    feed = Feed(engine, pause=3600)

    def change() -> None:
        for number in range(MOST + 1):
            feed.tell("presence", f"draft {number}")

    told = await after(feed, change, 2)
    assert [one["kind"] for one in told] == [MUCH, "presence"]


async def test_the_mark_changes_with_every_change(engine: Engine, rows: Rows) -> None:
    feed = Feed(engine)
    before = feed.mark()
    assert feed.mark() == before
    decide(engine)
    assert feed.mark() != before
