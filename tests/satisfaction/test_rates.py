"""What counts as settled by the agent, what people changed, and on which day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.store.changed_words import changed
from integrations.store.days import Day
from tests.satisfaction.asking import Asking
from tests.timers.shop import PLEASE

pytestmark = pytest.mark.anyio


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Asking]:
    one = Asking(tmp_path)
    one.desk.language.expect("hello", ("small_talk", 0.99))
    one.desk.language.expect("this is bad", ("complaint", 0.99))
    yield one
    one.close()


async def later(shop: Asking, days: int = 7) -> Day:
    """Let everything come to its end."""
    shop.wait(hours=25)
    return shop.rates(days).together


async def test_automation_is_involvement_times_resolution(shop: Asking) -> None:
    for number in range(4):
        await shop.customer("what does it cost?", f"alone-{number}")
    await shop.customer("what does it cost?", "person")
    await shop.customer(PLEASE, "person")
    await shop.customer("where is parking?", "unknown")
    await shop.customer(PLEASE, "handed")
    await shop.customer("hello", "idle")
    day = await later(shop)
    assert (day.began, day.idle, day.settled) == (8, 1, 7)
    assert (day.involved, day.resolved) == (5, 4)
    assert day.automation == pytest.approx((day.involvement or 0) * (day.resolution or 0))
    assert day.automation == pytest.approx(4 / 7)


async def test_what_is_not_over_does_not_count_yet(shop: Asking) -> None:
    await shop.customer("what does it cost?")
    day = shop.rates().together
    assert (day.began, day.going, day.settled, day.automation) == (1, 1, 0, None)


async def test_what_we_did_not_know_is_not_settled(shop: Asking) -> None:
    await shop.customer("what does it cost?")
    await shop.customer("where is parking?")
    day = await later(shop)
    assert (day.involved, day.resolved) == (1, 0)


async def test_a_draft_for_a_person_is_not_the_agents_own(shop: Asking) -> None:
    shop.desk.language.expect("it cost too much!", ("complaint", 0.99))
    turn = await shop.customer("it cost too much!")
    assert turn["outcome"] == "approval"
    day = await later(shop)
    assert (day.settled, day.involved) == (1, 0)


@pytest.mark.parametrize(("score", "resolved"), [("1", 0), ("2", 0), ("3", 1), ("5", 1)])
async def test_who_is_not_satisfied_is_not_settled(shop: Asking, score: str, resolved: int) -> None:
    await shop.asked()
    await shop.hears(score)
    day = await later(shop)
    assert (day.involved, day.resolved, day.rated, day.asked) == (1, resolved, 1, 1)


async def test_the_team_and_the_playground_do_not_count(shop: Asking) -> None:
    await shop.agent.receive(shop.desk.message("what waits?", who="team", conversation="t1"))
    await shop.customer("what does it cost?", "playground-1-abc")
    day = await later(shop)
    assert day.began == 0


async def test_days_are_the_brands_days(shop: Asking) -> None:
    shop.wait(hours=12.9)  # 22:54 UTC is 23:54 in Berlin
    await shop.customer("what does it cost?", "before")
    shop.wait(minutes=10)
    await shop.customer("what does it cost?", "after")
    assert [day.began for day in shop.rates(2).days] == [1, 1]


async def test_nothing_is_a_rate_of_nothing(shop: Asking) -> None:
    found = shop.rates(28)
    assert len(found.days) == 28
    day = found.together
    rates = (day.automation, day.approval, day.changed, day.wait, day.satisfaction, day.response)
    assert rates == (None,) * 6
    assert (found.queue.waiting, found.queue.oldest) == (0, 0.0)


async def test_drafts_that_wait_are_counted_by_their_age(shop: Asking) -> None:
    shop.desk.language.expect("it cost too much!", ("complaint", 0.99))
    for number in range(3):
        await shop.customer("it cost too much!", f"c{number}")
        shop.wait(hours=2)
    queue = shop.rates().queue
    assert (queue.waiting, queue.oldest) == (3, 360.0)
    assert [count for count in queue.ages.values() if count] == [1, 2]


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        ("one two three four", "one two three four", 0.0),
        ("one two three four", "one two 3 four", 0.25),
        ("one two three four", "one two three", 0.25),
        ("one two", "one two three four", 0.5),
        ("a b a b", "b a b a", 0.5),
        ("one", "two", 1.0),
        ("", "", 0.0),
        ("", "one", 1.0),
    ],
)
def test_changed_words_are_counted_as_a_share(before: str, after: str, share: float) -> None:
    assert changed(before, after) == pytest.approx(share)


async def test_ended_by_a_hand_back_counts_at_once(shop: Asking) -> None:
    await shop.customer(PLEASE)
    await shop.agent.hand_back("c1", "kim")
    assert shop.rates().together.settled == 1
