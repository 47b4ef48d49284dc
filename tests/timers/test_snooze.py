"""A person puts a conversation away, and it comes back."""

import pytest

from integrations.store.missing import Missing
from tests.timers.shop import Shop

pytestmark = pytest.mark.anyio


async def test_it_is_off_the_list_until_then_and_says_who_and_why(shop: Shop) -> None:
    await shop.customer()
    await shop.customer(conversation="c2")
    shop.snooze(hours=2)
    assert await shop.listed() == ["c2"]
    shop.wait(hours=2)
    for _ in range(2):  # whether or not the scheduler came to it
        back = (await shop.view.held())[0]
        assert back["conversation"] == "c1"
        assert back["back"] == "put away until 2026-11-18T12:00 by kim: asked the bank"
        await shop.tick()
    assert shop.timers("snooze") == ["done"]


async def test_it_can_be_put_away_for_longer(shop: Shop) -> None:
    await shop.customer()
    shop.snooze(hours=2)
    shop.snooze(hours=5)
    shop.wait(hours=3)
    await shop.tick()
    assert await shop.listed() == []
    shop.wait(hours=3)
    await shop.tick()
    assert (await shop.listed(), shop.timers("snooze")) == (["c1"], ["done"])


async def test_it_comes_back_when_the_customer_writes(shop: Shop) -> None:
    await shop.customer()
    shop.snooze(days=3)
    await shop.customer("here is the number you wanted")
    assert (await shop.listed(), shop.timers("snooze")) == (["c1"], ["cancelled"])


async def test_it_can_be_taken_back(shop: Shop) -> None:
    await shop.customer()
    shop.snooze(days=3)
    shop.timing.unsnooze(shop.engine, "c1", "ana")
    assert await shop.listed() == ["c1"]
    with pytest.raises(Missing, match="not put away"):
        shop.timing.unsnooze(shop.engine, "c1", "ana")


async def test_what_is_put_away_is_not_handed_back(shop: Shop) -> None:
    await shop.customer()
    await shop.person()
    shop.snooze(days=3)
    shop.wait(days=3, hours=11)
    await shop.tick()
    assert shop.owner() == "person"
    shop.wait(hours=1)
    await shop.tick()
    assert shop.owner() == "agent"


async def test_what_is_taken_back_is_handed_back_hours_later(shop: Shop) -> None:
    await shop.customer()
    await shop.person()
    shop.snooze(days=3)
    shop.timing.unsnooze(shop.engine, "c1", "kim")
    shop.wait(hours=12)
    await shop.tick()
    assert shop.owner() == "agent"


async def test_only_what_people_have_can_be_put_away(shop: Shop) -> None:
    await shop.customer("what does it cost?")
    with pytest.raises(Missing, match="The agent has"):
        shop.snooze(hours=1)
    with pytest.raises(Missing, match="no conversation 'c7'"):
        shop.snooze("c7", hours=1)


async def test_not_until_a_time_that_is_over(shop: Shop) -> None:
    await shop.customer()
    with pytest.raises(Missing, match="is over"):
        shop.snooze(hours=-1)
