"""A customer's wish about their data: asked back, confirmed, and carried out by a person."""

import pytest

from tests.desk import Desk
from tests.flows.privacy_asking import ERASE, EXPORT, ask, confirmed

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("text", "kind"), [(ERASE, "erase"), (EXPORT, "export")])
async def test_a_wish_is_kept_only_after_a_yes(desk: Desk, text: str, kind: str) -> None:
    asked = await ask(desk, text)
    assert (asked["outcome"], asked["route"]) == ("reply", "privacy")
    assert await desk.requests.waiting() == []
    turn = await desk.say("yes please")
    assert (turn["outcome"], turn["team"]) == ("handoff", "privacy")
    [request] = await desk.requests.waiting()
    assert (request["number"], request["kind"], request["conversation"]) == (1, kind, "c1")
    [handoff] = await desk.view.open_handoffs()
    assert f"Privacy request 1 ({kind})" in handoff["text"]


@pytest.mark.parametrize("answer", ["no", "ok", "yes, but not now", "yes?", "what does Team cost?"])
async def test_anything_but_a_yes_keeps_nothing(desk: Desk, answer: str) -> None:
    await ask(desk)
    await desk.say(answer)
    assert await desk.requests.waiting() == []


async def test_a_yes_counts_only_right_after_the_question(desk: Desk) -> None:
    await ask(desk)
    await desk.say("what does Team cost?")
    await desk.say("yes")
    await ask(desk)
    desk.wait(hours=25)
    await desk.say("yes")
    assert await desk.requests.waiting() == []


async def test_a_yes_written_before_the_question_confirms_nothing(desk: Desk) -> None:
    early = desk.message("yes")
    desk.wait(seconds=2)
    await ask(desk)
    await desk.agent.receive(early)
    assert await desk.requests.waiting() == []


@pytest.mark.parametrize(("by", "kept"), [("kim", 1), ("somebody-else", 0)])
async def test_only_whoever_asked_can_confirm(desk: Desk, by: str, kept: int) -> None:
    desk.language.expect(ERASE, ("privacy_request", 0.95))
    await desk.agent.receive({**desk.message(ERASE), "contact": "kim"})
    await desk.agent.receive({**desk.message("yes"), "contact": by})
    assert len(await desk.requests.waiting()) == kept


@pytest.mark.parametrize("answer", ["yes", "yes please", "yes, it is me", "YES"])
async def test_the_question_stays_with_whom_it_was_put_to(desk: Desk, answer: str) -> None:
    await ask(desk, contact="kim")
    for _ in range(2):
        turn = await desk.say(answer, contact="lee")
        assert turn["route"] not in ("privacy", "cancelled")
    assert await desk.requests.waiting() == []


async def test_who_joined_a_conversation_is_for_a_person(desk: Desk) -> None:
    await desk.say("what does Team cost?", contact="kim")
    turn = await ask(desk, contact="lee")
    assert (turn["outcome"], turn["team"]) == ("handoff", "privacy")
    assert await desk.requests.waiting() == []


async def test_a_request_names_whose_data_it_is(desk: Desk) -> None:
    assert (await confirmed(desk, contact="kim"))["contact"] == "kim"


async def test_a_yes_that_is_not_plain_is_told_so_once(desk: Desk) -> None:
    asked = await ask(desk)
    first = await desk.say("yes but not now")
    assert first["text"].startswith("Nothing has changed yet: only a plain YES counts")
    assert first["text"].endswith(asked["text"])
    assert "plain YES" not in (await desk.say("yes but not now"))["text"]
    assert await desk.requests.waiting() == []


async def test_a_plain_yes_after_the_hint_counts(desk: Desk) -> None:
    await ask(desk)
    await desk.say("yes but what about my invoices?")
    await desk.say("yes, delete everything, kim@example.org")
    assert [one["kind"] for one in await desk.requests.waiting()] == ["erase"]


async def test_a_public_channel_neither_asks_nor_takes_a_yes(desk: Desk) -> None:
    assert (await ask(desk, channel="public"))["outcome"] == "handoff"
    await ask(desk, conversation="c2")
    turn = await desk.say("yes", conversation="c2", channel="public")
    assert (turn["outcome"], turn["team"]) == ("handoff", "privacy")
    assert await desk.requests.waiting() == []


async def test_a_clarifying_question_is_not_a_confirming_one(desk: Desk) -> None:
    desk.language.expect("hm my data", ("privacy_request", 0.4))
    assert (await desk.say("hm my data"))["route"] == "clarify"
    await desk.say("yes")
    assert await desk.requests.waiting() == []


async def test_the_same_yes_twice_is_one_request(desk: Desk) -> None:
    await ask(desk)
    first = await desk.say("yes", id="twice")
    assert await desk.say("yes", id="twice") == first
    number = await desk.requests.ask("erase", "c1", first["id"])
    assert [one["number"] for one in await desk.requests.waiting()] == [number]
