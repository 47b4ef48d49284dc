"""What an answer to the question is, and what it is not."""

from pathlib import Path

import pytest

from integrations.store.places import Place
from knowledge.language.rating import rated
from tests.satisfaction.asking import Asking
from tests.timers.shop import PLEASE

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("4", 4), (" 5!", 5), ("3.", 3), ("2/5", 2), ("4 out of 5", 4), ("vier", 4), ("Cinq", 5),
        ("⭐⭐⭐", 3), ("★★★★☆", 4), ("5️⃣", 5), ("four stars", 4), ("1 Stern", 1), ("①", 1),
        ("３", 3),
        ("0", 0), ("6", 0), ("45", 0), ("4 tickets please", 0), ("five people want to come", 0),
        ("", 0), ("4.5", 0), ("-", 0), ("👍", 0), ("5" * 50, 0),
    ],
)  # fmt: skip
def test_a_rating_is_a_number_from_one_to_five_and_nothing_else(text: str, score: int) -> None:
    assert rated(text) == score


@pytest.mark.parametrize(("text", "score", "says"), [("5", 5, "Thank you."), ("1", 1, "a person")])
async def test_it_is_kept_and_thanked_for(shop: Asking, text: str, score: int, says: str) -> None:
    await shop.asked()
    answer = await shop.hears(text)
    assert says in answer[0]
    assert shop.scores() == [score]
    assert len(shop.desk.language.seen) == 2  # it is read, but no tool answers
    turn = await shop.last_turn()
    assert (turn["route"], turn["reason"]) == ("standing", "says how well we helped")
    assert await shop.later(hours=1) == []


async def test_a_number_is_a_rating_only_where_we_asked(shop: Asking) -> None:
    await shop.hears()
    await shop.hears("5")
    assert (await shop.last_turn())["route"] != "standing"
    assert shop.scores() == []


async def test_only_right_after_the_question_and_only_once(shop: Asking) -> None:
    await shop.asked()
    await shop.hears("what does the other one cost?")
    await shop.hears("5")
    assert shop.scores() == [0]
    await shop.later(hours=30)
    await shop.asked()
    await shop.hears("4")
    await shop.hears("1")
    assert shop.scores() == [0, 4]


async def test_days_later_it_still_counts_for_what_was_asked_about(shop: Asking) -> None:
    await shop.asked()
    await shop.later(days=3)
    await shop.hears("4")
    assert shop.scores() == [4]


async def test_what_is_written_with_it_is_answered(shop: Asking) -> None:
    await shop.asked()
    both = [shop.event("2"), shop.event("what does it cost?")]
    before = len(shop.channel.sent)
    await shop.answer(*both)
    assert "€149" in shop.channel.sent[before].text
    assert shop.scores() == [2]


async def test_a_person_who_has_taken_over_sees_it(shop: Asking) -> None:
    await shop.asked()
    await shop.agent.take_over(shop.talk, "kim")
    assert await shop.hears("2") == []
    assert shop.scores() == [2]


async def test_both_databases_keep_it(tmp_path: Path, place: Place) -> None:
    shop = Asking(tmp_path, place=place)
    await shop.asked()
    await shop.hears("5")
    assert shop.scores() == [5]
    await shop.hears(PLEASE)
    day = shop.rates().together
    assert (day.began, day.asked, day.rated, day.satisfaction) == (1, 1, 1, 1.0)
    shop.close()
