"""Who is asked how well they were helped, when, and how often."""

from pathlib import Path

import pytest

from integrations.store.opt_outs import OptOuts
from knowledge.brands.satisfaction import Satisfaction
from tests.satisfaction.asking import ASKS, QUESTION, Asking
from tests.timers.shop import PLEASE

pytestmark = pytest.mark.anyio


async def test_who_was_answered_is_asked_once_when_it_is_quiet(shop: Asking) -> None:
    await shop.hears()
    assert await shop.later(minutes=10) == []
    await shop.hears("what does the other one cost?")
    assert await shop.later(minutes=10) == []
    asked = await shop.later(minutes=6)
    assert len(asked) == 1
    assert QUESTION in asked[0]
    await shop.hears("what does a third one cost?")
    assert await shop.later(minutes=30) == []
    assert shop.scores() == [0]


async def test_a_new_conversation_is_asked_about_anew(shop: Asking) -> None:
    await shop.asked()
    await shop.later(hours=30)
    await shop.asked()
    assert shop.scores() == [0, 0]


@pytest.mark.parametrize(
    "wish",
    [Satisfaction(), ASKS.model_copy(update={"channels": ["telegram"]})],
    ids=["not at all", "not on this channel"],
)
async def test_the_brand_decides_where(tmp_path: Path, wish: Satisfaction) -> None:
    shop = Asking(tmp_path, wish)
    await shop.hears()
    assert await shop.later(hours=2) == []
    shop.close()


async def test_who_wants_to_hear_nothing_unasked_is_not_asked(shop: Asking) -> None:
    await shop.hears()
    with shop.engine.begin() as db:
        OptOuts.add(db, shop.inbox.name("post", "shop", "kim"), "stop", shop.desk.now())
    assert await shop.later(hours=1) == []
    assert "hear nothing unasked" in shop.errors()[-1]


async def test_nobody_is_asked_about_a_conversation_that_a_person_has(shop: Asking) -> None:
    await shop.hears()
    await shop.hears(PLEASE)
    assert await shop.later(hours=1) == []
    await shop.agent.speak(shop.talk, "Kim here, it is done", "kim")
    assert QUESTION not in "".join(await shop.later(hours=1))
    await shop.agent.hand_back(shop.talk, "kim")
    assert QUESTION in (await shop.later(minutes=16))[-1]


async def test_a_person_who_said_nothing_has_not_helped(shop: Asking) -> None:
    await shop.hears(PLEASE)
    await shop.agent.hand_back(shop.talk, "kim")
    assert await shop.later(hours=1) == []
    assert "nobody answered" in shop.errors()[-1]


async def test_a_day_after_their_last_word_it_is_too_late(shop: Asking) -> None:
    await shop.hears(PLEASE)
    await shop.agent.speak(shop.talk, "I look into it", "kim")
    await shop.later(hours=24)
    await shop.agent.hand_back(shop.talk, "kim")
    assert await shop.later(minutes=30) == []
    assert "too long ago" in shop.errors()[-1]


@pytest.mark.parametrize("text", ["hello", "stop"])
async def test_who_asked_for_nothing_is_not_asked_either(shop: Asking, text: str) -> None:
    shop.desk.language.expect("hello", ("small_talk", 0.99))
    await shop.hears(text)
    assert await shop.later(hours=1) == []
