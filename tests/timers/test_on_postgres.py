"""Timers, runners and jobs mean the same where many machines share a server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from integrations.retention import retention
from integrations.store.jobs import next_job
from integrations.store.sweeping import sweeping
from integrations.store.timers import overdue
from knowledge.brands.brand import Retention
from tests.postgres.server import Postgres
from tests.timers.shop import Shop

pytestmark = pytest.mark.anyio
MANY = 8


@pytest.fixture
def shared(tmp_path: Path, postgres: Postgres) -> Iterator[Shop]:
    shop = Shop(tmp_path, place=postgres.ready())
    yield shop
    shop.close()


async def test_a_conversation_is_put_away_late_and_handed_back(shared: Shop) -> None:
    await shared.customer()
    shared.snooze(hours=2)
    assert await shared.listed() == []
    shared.wait(hours=2)
    await shared.tick()
    assert [one["overdue"] for one in await shared.view.held()] == [True]
    await shared.person()
    with shared.engine.begin() as db:
        assert overdue(db) == 0
    shared.wait(hours=12)
    await shared.tick()
    assert (shared.owner(), shared.timers("hand_back")) == ("agent", ["done"])


def test_of_many_that_reach_for_a_name_one_gets_it(shared: Shop) -> None:
    names = [f"machine {number}" for number in range(MANY)]
    crowd = {name: shared.runners() for name in names}
    with ThreadPoolExecutor(MANY) as pool:
        first = list(pool.map(lambda name: crowd[name].lease("it", name), names))
        assert sum(first) == 1
        list(pool.map(lambda name: crowd[name].lease("it", name), names))
        crowd.pop(names[first.index(True)])  # and is killed
        shared.wait(minutes=1)
        second = list(pool.map(lambda name: crowd[name].lease("it", name), crowd))
    assert sum(second) == 1


async def test_of_many_that_want_to_do_a_job_one_does(shared: Shop) -> None:
    await shared.customer()
    now = shared.desk.now
    jobs = [retention(shared.engine, Retention(), now), *sweeping(shared.engine, now)]
    with ThreadPoolExecutor(MANY) as pool:
        for job in jobs:
            told = list(
                pool.map(lambda _, job=job: next_job(shared.engine, [job], now()), range(MANY))
            )
            assert sum(one is not None for one in told) == 1
            assert job.run() == 0
