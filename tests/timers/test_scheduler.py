"""One scheduler of many works, nothing is missed, and nothing stops it."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from integrations.service.service import Bell, Service
from integrations.store.jobs import Job
from integrations.store.leasing import LEASE
from integrations.store.missing import Missing
from integrations.store.timers import STOPS, TRIES, Timers
from tests.timers.shop import Shop

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)


class Broom:
    """A job that counts, and breaks as often as it is told."""

    def __init__(self, breaks: int = 0) -> None:
        self.began, self.breaks = 0, breaks

    def __call__(self) -> int:
        self.began += 1
        if self.began <= self.breaks:
            raise RuntimeError("the broom broke")
        return 0


def swept(folder: Path, broom: Broom) -> Shop:
    return Shop(folder, jobs=[Job("sweep", DAY, broom)])


async def test_of_two_one_works_and_the_other_takes_over(shop: Shop) -> None:
    for place in ("c1", "c2"):
        await shop.customer(conversation=place)
        await shop.person(conversation=place)
    one, two = shop.scheduler("one"), shop.scheduler("two")
    assert not await one.once()
    shop.wait(hours=12)
    shop.runners().lease("scheduler", "one")
    assert [await two.once(), await one.once(), await two.once()] == [False, True, False]
    shop.wait(seconds=LEASE.total_seconds())  # and one is never heard of again
    assert await two.once()
    assert [shop.owner("c1"), shop.owner("c2")] == ["agent", "agent"]


async def test_who_leaves_lets_another_go_on_at_once(shop: Shop) -> None:
    await shop.customer()
    one, two = shop.scheduler("one"), shop.scheduler("two")
    assert not await one.once()
    shop.wait(hours=1)
    assert not await two.once()
    await one.end()
    assert await two.once()


async def test_what_a_killed_scheduler_had_is_done_by_the_next(shop: Shop) -> None:
    await shop.customer()
    await shop.person()
    shop.wait(hours=12)
    assert Timers(shop.engine, shop.desk.now).lease("killed") is not None
    await shop.tick()
    assert shop.owner() == "person"
    shop.wait(seconds=LEASE.total_seconds() + 1)
    await shop.tick()
    assert (shop.owner(), shop.timers("hand_back")) == ("agent", ["done"])


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_jump_of_the_clock_loses_no_timer(shop: Shop, hours: int) -> None:
    await shop.customer()
    await shop.person()
    shop.wait(hours=6)
    Timers(shop.engine, shop.desk.now).lease("killed")  # nothing is due yet
    shop.jump(hours=hours)
    await shop.tick()
    assert shop.owner() == "person"
    shop.wait(hours=6 - hours)
    await shop.tick()
    assert (shop.owner(), shop.timers("hand_back")) == ("agent", ["done"])


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_jump_of_the_clock_frees_a_killed_lease(shop: Shop, hours: int) -> None:
    await shop.customer()
    shop.wait(hours=1)
    Timers(shop.engine, shop.desk.now).lease("killed")
    shop.jump(hours=hours)
    await shop.tick()
    assert shop.timers("first_answer") == ["done"]


async def test_missed_days_are_made_up_for_once(tmp_path: Path) -> None:
    broom = Broom()
    shop = swept(tmp_path, broom)
    await shop.tick()
    shop.wait(hours=23)
    await shop.tick()
    assert broom.began == 1
    shop.wait(days=9)
    await shop.tick()
    assert broom.began == 2
    shop.wait(hours=25)
    await shop.tick()
    assert broom.began == 3
    shop.close()


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_jump_of_the_clock_sweeps_neither_twice_nor_never(
    tmp_path: Path, hours: int
) -> None:
    broom = Broom()
    shop = swept(tmp_path, broom)
    await shop.tick()
    shop.jump(hours=hours)
    await shop.tick()
    assert broom.began == 1
    shop.wait(hours=25)
    await shop.tick()
    assert broom.began == 2
    shop.close()


async def test_a_last_time_in_a_far_future_is_not_waited_for(tmp_path: Path) -> None:
    broom = Broom()
    shop = swept(tmp_path, broom)
    shop.jump(days=1000)
    await shop.tick()
    shop.jump(days=-1000)
    await shop.tick()
    assert broom.began == 2
    shop.close()


async def test_a_job_that_breaks_is_tried_again_soon_and_stops_nothing(tmp_path: Path) -> None:
    broom = Broom(breaks=1)
    shop = swept(tmp_path, broom)
    await shop.customer()
    shop.wait(hours=1)
    await shop.tick()
    assert (broom.began, shop.timers("first_answer")) == (1, ["done"])
    shop.wait(minutes=11)
    await shop.tick()
    shop.wait(hours=20)
    await shop.tick()
    assert broom.began == 2
    shop.close()


async def test_a_timer_that_always_breaks_is_left_to_a_person(shop: Shop) -> None:
    async def breaks() -> None:
        raise RuntimeError("secret words")

    await shop.customer()
    await shop.person()
    shop.wait(hours=12)
    for _ in range(TRIES + 2):
        shop.records.meanwhile = breaks
        await shop.tick()
        shop.wait(minutes=10)
    shop.records.meanwhile = None
    await shop.tick()
    timers = Timers(shop.engine, shop.desk.now)
    dead = timers.waiting()[0]
    assert (dead.state, dead.attempts, shop.owner()) == ("dead", TRIES, "person")
    assert dead.error.startswith("RuntimeError at")
    timers.retry(dead.id)
    await shop.tick()
    assert shop.owner() == "agent"
    with pytest.raises(Missing, match="has not failed"):
        timers.retry(dead.id)


async def test_a_timer_that_stops_schedulers_is_left_to_a_person(shop: Shop) -> None:
    await shop.customer()
    shop.wait(hours=1)
    timers = Timers(shop.engine, shop.desk.now)
    for _ in range(STOPS):
        assert timers.lease("killed") is not None
        shop.wait(seconds=LEASE.total_seconds() + 1)
    assert timers.lease("killed") is None
    assert shop.timers("first_answer") == ["dead"]


async def test_it_goes_on_by_itself_until_it_is_stopped(shop: Shop) -> None:
    await shop.customer()
    shop.wait(hours=1)
    service = Service([(shop.scheduler("one"), Bell())])
    service.start()
    async with asyncio.timeout(30):
        while shop.timers("first_answer") != ["done"]:
            await asyncio.sleep(0.01)
    await service.stop()
    assert not await shop.scheduler("two").once()


async def test_timers_of_one_conversation_do_not_wait_for_each_other(shop: Shop) -> None:
    await shop.customer()
    shop.snooze(days=3)
    shop.wait(hours=1)
    await shop.tick()
    assert (shop.timers("first_answer"), shop.timers("snooze")) == (["done"], ["ready"])
