"""The agent gets a conversation back when its person is silent for long enough."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from integrations.store.schema import lines
from knowledge.brands.handing import Handoff
from tests.timers.shop import PLEASE, Shop

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("native", [True, False])
async def test_the_agent_gets_it_back_after_hours_without_a_line(shop: Shop, native: bool) -> None:
    await shop.customer()
    await (shop.native("hello, Kim here") if native else shop.person())
    shop.wait(hours=11.9)
    await shop.tick()
    assert shop.owner() == "person"
    shop.wait(hours=0.2)
    await shop.tick()
    assert (shop.owner(), shop.timers("hand_back")) == ("agent", ["done"])
    assert await shop.listed() == []
    again = await shop.customer("what does it cost?")
    assert again["outcome"] == "reply"


async def test_a_new_line_puts_it_off(shop: Shop) -> None:
    await shop.customer()
    await shop.person()
    shop.wait(hours=8)
    await shop.native("still at it")
    shop.wait(hours=8)
    await shop.tick()
    assert (shop.owner(), shop.timers("hand_back")) == ("person", ["ready"])
    shop.wait(hours=4)
    await shop.tick()
    assert shop.owner() == "agent"


async def test_a_line_of_the_customer_does_not(shop: Shop) -> None:
    await shop.customer()
    await shop.person()
    shop.wait(hours=11)
    await shop.customer("hello?")
    shop.wait(hours=1)
    await shop.tick()
    assert shop.owner() == "agent"


async def test_taking_over_without_a_word_counts_from_then(shop: Shop) -> None:
    await shop.native("")
    assert shop.owner() == "person"
    shop.wait(hours=12)
    await shop.tick()
    assert shop.owner() == "agent"


@pytest.mark.parametrize(
    ("asked", "outcome", "owner", "listed"),
    [
        ("what does it cost?", "reply", "agent", []),
        (PLEASE, "handoff", "person", ["c1"]),
        ("thank you", "silence", "agent", []),
    ],
)
async def test_what_was_asked_meanwhile_is_answered_or_handed_to_people_anew(
    shop: Shop, asked: str, outcome: str, owner: str, listed: list[str]
) -> None:
    shop.desk.language.expect("thank you", ("closing", 0.99))
    await shop.customer()
    await shop.person()
    shop.wait(hours=1)
    await shop.customer(asked)
    assert await shop.listed() == ["c1"]
    said = len(shop.states("outbox"))
    shop.wait(hours=11)
    await shop.tick()
    assert (shop.owner(), await shop.listed()) == (owner, listed)
    assert len(shop.states("outbox")) == said + (outcome != "silence")
    last = await shop.last_turn()
    assert (last["outcome"], last["conversation"]) == (outcome, "c1")
    assert shop.timers("hand_back") == ["done"]
    assert shop.timers("first_answer") == ["cancelled"] + ["ready"] * (outcome == "handoff")


async def test_placeholders_stay_what_they_were(shop: Shop) -> None:
    await shop.customer()
    await shop.person()
    await shop.customer("does it cost more for kim@example.org?")
    shop.wait(hours=12)
    await shop.tick()
    with shop.engine.begin() as db:
        texts = list(db.scalars(select(lines.c.text).where(lines.c.who == "customer")))
    assert texts[1:] == ["does it cost more for <EMAIL_1>?"] * 2
    assert shop.vault.restore("c1", "<EMAIL_1>") == "kim@example.org"


async def test_a_handoff_that_nobody_took_stays_with_people(shop: Shop) -> None:
    await shop.customer()
    shop.wait(hours=100)
    await shop.tick()
    assert (shop.owner(), shop.timers("hand_back")) == ("person", [])


async def test_who_hands_it_back_by_hand_cancels_all_timers(shop: Shop) -> None:
    await shop.customer()
    shop.snooze(hours=2)
    await shop.person()
    await shop.agent.hand_back("c1", "kim")
    states = [shop.timers(kind) for kind in ("hand_back", "snooze", "first_answer")]
    assert states == [["cancelled"]] * 3
    assert set(shop.errors()) == {"kim gave the conversation back", "a person answered"}
    shop.wait(days=9)
    before = await shop.customer("what does it cost?")
    await shop.tick()
    assert (before["outcome"], shop.owner()) == ("reply", "agent")


async def test_never_is_never(tmp_path: Path) -> None:
    shop = Shop(tmp_path, handoff=Handoff())
    await shop.customer()
    await shop.person()
    shop.wait(days=300)
    await shop.tick()
    assert (shop.owner(), shop.timers("hand_back")) == ("person", [])
    shop.close()


async def test_a_brand_that_changes_its_mind_is_heard(shop: Shop) -> None:
    await shop.customer()
    await shop.person()
    shop.timing = replace(shop.timing, handoff=Handoff())
    shop.wait(hours=13)
    await shop.tick()
    assert (shop.owner(), shop.timers("hand_back")) == ("person", ["cancelled"])


async def test_a_line_while_it_goes_off_wins(shop: Shop) -> None:
    await shop.customer()
    await shop.person()
    shop.wait(hours=12)
    shop.records.meanwhile = lambda: shop.native("one moment")
    await shop.tick()
    assert (shop.owner(), shop.timers("hand_back")) == ("person", ["ready"])


async def test_what_went_off_goes_off_once(shop: Shop) -> None:
    await shop.customer()
    await shop.person()
    shop.wait(hours=12)
    await shop.tick()
    await shop.customer()
    shop.wait(hours=30)
    await shop.tick()
    assert (shop.owner(), shop.timers("hand_back")) == ("person", ["done"])
