"""A promise to answer in time: kept, or seen to be late."""

from pathlib import Path

import pytest

from integrations.store.opt_outs import OptOuts
from integrations.store.schema import turns
from integrations.store.timers import overdue
from knowledge.brands.handing import Sla
from tests.service.stand import arrival
from tests.timers.shop import PLEASE, Shop

pytestmark = pytest.mark.anyio
TELLS = Sla(first_answer_minutes={"default": 60}, tell_customer=True)


def late(shop: Shop) -> int:
    with shop.engine.begin() as db:
        return overdue(db)


async def test_what_nobody_answered_is_overdue_and_listed_first(shop: Shop) -> None:
    await shop.customer()
    shop.wait(minutes=59)
    await shop.customer(conversation="c2")
    await shop.person(conversation="c2")
    await shop.customer(conversation="c3")
    await shop.tick()
    assert late(shop) == 0
    shop.wait(minutes=30)
    await shop.tick()
    assert late(shop) == 1
    shop.wait(minutes=31)
    await shop.agent.hand_back("c1", "kim")
    await shop.tick()
    listed = [(one["conversation"], one["overdue"]) for one in await shop.view.held()]
    assert listed == [("c3", True), ("c2", False)]
    assert ", overdue" in (await shop.view.open_handoffs())[0]["about"]


@pytest.mark.parametrize("native", [True, False])
async def test_an_answer_in_time_cancels_it(shop: Shop, native: bool) -> None:
    await shop.customer()
    await (shop.native("hello") if native else shop.person())
    shop.wait(hours=2)
    await shop.tick()
    assert (late(shop), shop.timers("first_answer")) == (0, ["cancelled"])


async def test_a_late_answer_ends_it(shop: Shop) -> None:
    await shop.customer()
    shop.wait(hours=2)
    await shop.tick()
    assert late(shop) == 1
    await shop.person()
    assert late(shop) == 0
    assert [one["overdue"] for one in await shop.view.held()] == [False]


async def test_taking_over_without_a_word_is_no_answer(shop: Shop) -> None:
    await shop.customer()
    await shop.native("")
    shop.wait(hours=2)
    await shop.tick()
    assert late(shop) == 1


async def test_teams_have_times_of_their_own(tmp_path: Path) -> None:
    shop = Shop(tmp_path, sla=Sla(first_answer_minutes={"support": 0, "crisis": 5}))
    await shop.customer()
    shop.wait(days=3)
    await shop.tick()
    assert (late(shop), shop.timers("first_answer")) == (0, [])
    shop.close()


async def test_the_customer_is_told_once_and_the_person_keeps_it(tmp_path: Path) -> None:
    shop = Shop(tmp_path, sla=TELLS)
    await shop.answer(arrival("e1", PLEASE))
    place = (await shop.listed())[0]
    shop.wait(hours=1)
    await shop.tick()
    await shop.work()
    assert "not forgotten" in shop.channel.sent[-1].text
    assert not shop.channel.sent[-1].by_person
    shop.wait(days=2)
    await shop.tick()
    with shop.engine.begin() as db:
        told = [row.record for row in db.execute(turns.select()) if row.kind == "reminder"]
    assert [turn["conversation"] for turn in told] == [place]
    assert "not forgotten" in told[0]["text"]
    assert (shop.owner(place), late(shop), shop.rung) == ("person", 1, 1)
    shop.close()


async def test_who_opted_out_is_not_told(tmp_path: Path) -> None:
    shop = Shop(tmp_path, sla=TELLS)
    await shop.customer()
    with shop.engine.begin() as db:
        OptOuts.add(db, "c1", "stop", shop.desk.now())
    before = len(shop.states("outbox"))
    shop.wait(hours=1)
    await shop.tick()
    assert (len(shop.states("outbox")), late(shop)) == (before, 1)
    shop.close()


async def test_who_was_answered_meanwhile_is_not_told(tmp_path: Path) -> None:
    shop = Shop(tmp_path, sla=TELLS)
    await shop.customer()
    shop.wait(hours=1)
    shop.records.meanwhile = lambda: shop.native("here I am")
    await shop.tick()
    assert (late(shop), shop.timers("first_answer")) == (0, ["cancelled"])
    with shop.engine.begin() as db:
        assert "reminder" not in [row.kind for row in db.execute(turns.select())]
    shop.close()
