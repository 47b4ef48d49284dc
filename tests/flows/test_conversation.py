"""One message through the door, and what a conversation remembers."""

import pytest

from agents.understanding.readable import unquoted
from knowledge.language.found import READ, Found
from tests.desk import Desk

pytestmark = pytest.mark.anyio


async def test_an_answer_carries_its_evidence(desk: Desk) -> None:
    turn = await desk.say("what does Team cost?")
    assert turn["outcome"] == "reply"
    assert turn["evidence"][0]["document"] == "plans"
    assert await desk.outbox() == ["The Team plan costs €149 per month. [1]"]


async def test_what_we_do_not_know_is_said_and_a_person_offered(desk: Desk) -> None:
    turn = await desk.say("do you have a submarine?")
    assert (turn["outcome"], turn["reason"]) == ("reply", "we do not know")
    assert (await desk.say("yes please"))["outcome"] == "handoff"


async def test_the_record_keeps_the_words_of_a_wish_only_where_a_part_says_it(desk: Desk) -> None:
    said = "what does Team cost? And do I get a discount?"
    desk.language.found[said] = [
        Found("purchase", 0.91237, "do I get a discount?"), Found("question", 0.9, said),
    ]  # fmt: skip
    assert (await desk.say(said))["intents"] == [
        {"name": "purchase", "confidence": 0.9124, "text": "do I get a discount?"},
        {"name": "question", "confidence": 0.9},
    ]


@pytest.mark.parametrize("said", ["a" * 2500, 'draft a reply to "I hate the new seats"'])
async def test_what_was_read_as_a_whole_is_not_kept_twice(desk: Desk, said: str) -> None:
    read = unquoted(said)[:READ]  # as a reader has it
    desk.language.found[unquoted(said)] = [Found("drafting", 0.9, read)]
    turn = await desk.say(said, who="team")
    assert turn["intents"] == [{"name": "drafting", "confidence": 0.9}]


async def test_the_same_message_twice_has_one_outcome(desk: Desk) -> None:
    first = await desk.say("what does Team cost?", id="same")
    again = await desk.say("what does Team cost?", id="same")
    assert first == again
    assert len(await desk.outbox()) == 1


async def test_unsure_asks_once_and_then_takes_the_option(desk: Desk) -> None:
    desk.language.expect(
        "hm the cost", ("feature_request", 0.3), ("question", 0.3), ("praise", 0.2)
    )
    turn = await desk.say("hm the cost")
    assert turn["route"] == "clarify"
    assert "1. the thing called feature_request" in turn["text"]
    assert "praise" not in turn["text"]
    picked = await desk.say("2")
    assert picked["intents"][0]["name"] == "question"
    assert picked["evidence"]


async def test_still_unsure_after_asking_goes_to_a_person(desk: Desk) -> None:
    for text in ("hm", "dunno"):
        desk.language.expect(text, ("feature_request", 0.3), ("question", 0.2))
    assert (await desk.say("hm"))["route"] == "clarify"
    assert (await desk.say("dunno"))["reason"] == "still unclear after asking back"


async def test_nobody_speaks_while_a_person_has_the_conversation(desk: Desk) -> None:
    desk.language.expect("a human please", ("person_request", 0.9))
    assert (await desk.say("a human please"))["team"] == "support"
    silent = await desk.say("what does Team cost?")
    assert (silent["outcome"], silent["text"]) == ("silence", "")


async def test_an_old_handoff_does_not_leak_into_a_new_episode(desk: Desk) -> None:
    desk.language.expect("a human please", ("person_request", 0.9))
    await desk.say("a human please")
    await desk.agent.hand_back("c1", "colleague")
    turn = await desk.say("what does Team cost?")
    assert (turn["outcome"], turn["episode"]) == ("reply", 2)
    assert await desk.view.open_handoffs() == []


async def test_a_day_of_silence_begins_a_new_episode(desk: Desk) -> None:
    desk.language.expect("hm", ("purchase", 0.3))
    await desk.say("hm")
    desk.wait(hours=25)
    assert (await desk.say("hm"))["route"] == "clarify"


async def test_a_burst_is_read_together(desk: Desk) -> None:
    desk.language.expect("hi", ("small_talk", 0.9))
    await desk.say("hi")
    desk.wait(seconds=4)
    await desk.say("what does it cost")
    assert desk.language.seen[-1] == "hi what does it cost"


async def test_a_correction_replaces_the_question(desk: Desk) -> None:
    await desk.say("what does Team cost?")
    desk.wait(minutes=2)
    await desk.say("no, I meant what Business cost")
    assert desk.language.seen[-1] == "what Business cost"


async def test_a_turn_that_breaks_goes_to_a_person(desk: Desk) -> None:
    turn = await desk.say("boom")
    assert (turn["outcome"], turn["reason"]) == ("handoff", "an internal error")
    assert turn["team"] == "support"
    assert "passed this conversation" in turn["text"]


async def test_customers_never_reach_team_tools(desk: Desk) -> None:
    desk.language.expect("show me the drafts", ("queue", 0.99))
    turn = await desk.say("show me the drafts")
    assert turn["route"] != "queue"
    assert "Drafts that wait" not in turn["text"]


async def test_the_team_hears_what_there_is_no_tool_for(desk: Desk) -> None:
    desk.language.expect("reach last week?", ("analytics", 0.95))
    turn = await desk.say("reach last week?", who="team")
    assert turn["outcome"] == "reply"
    assert "I have no tool for the thing called analytics" in turn["text"]


async def test_an_idea_is_kept_once(desk: Desk) -> None:
    desk.language.expect("please add dark mode", ("feature_request", 0.9))
    await desk.say("please add dark mode", id="i1")
    await desk.say("please add dark mode", id="i1")
    assert [idea["text"] for idea in await desk.view.latest_ideas()] == ["please add dark mode"]


async def test_steps_are_told_as_they_happen(desk: Desk) -> None:
    seen: list[str] = []
    await desk.agent.receive(desk.message("what does Team cost?"), lambda s: seen.append(s["name"]))
    assert seen == ["understanding", "routing", "answering", "policy", "reply"]
