"""The first message of an episode says that a machine answers."""

from dataclasses import replace
from typing import Any

import pytest

from agents.agent import Agent
from agents.graph import build
from agents.state import Turn
from knowledge.brands.brand import load
from tests.desk import Desk

pytestmark = pytest.mark.anyio
TOLD, SHORT = "You are writing with the automated assistant of ConnectSphere.", "(Automated reply) "
ASKS = "what does it cost?"


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    """A desk of the demo brand as it is shipped."""
    desk.agent = Agent(build(), replace(desk.agent.deps, brand=load("connectsphere")))
    return desk


async def said(desk: Desk, text: str = ASKS, **parts: str) -> Turn:
    return await desk.say(text, **parts)


async def test_it_stands_first_and_once(open_desk: Desk) -> None:
    first = await said(open_desk)
    assert first["text"].startswith(f"{TOLD}\n\nThe Team plan")
    assert TOLD not in (await said(open_desk))["text"]


async def test_what_is_sent_and_kept_is_the_same(open_desk: Desk) -> None:
    first = await said(open_desk)
    assert await open_desk.outbox() == [first["text"]]
    held = await open_desk.records.conversation(open_desk.message(ASKS))
    assert held["history"][-1]["text"] == first["text"]


async def test_the_evidence_stays_with_the_answer(open_desk: Desk) -> None:
    assert (await said(open_desk))["evidence"]


async def test_a_new_episode_says_it_again(open_desk: Desk) -> None:
    await said(open_desk)
    open_desk.wait(hours=25)
    assert (await said(open_desk))["text"].startswith(TOLD)


async def test_a_long_episode_does_not(open_desk: Desk) -> None:
    texts = [(await said(open_desk))["text"] for _ in range(16)]
    assert [TOLD in text for text in texts] == [True] + 15 * [False]


async def test_a_handoff_says_it_too(open_desk: Desk) -> None:
    open_desk.language.expect("a person", ("person_request", 0.9))
    assert (await said(open_desk, "a person"))["text"].startswith(TOLD)


async def test_a_broken_turn_says_it_too(open_desk: Desk) -> None:
    broken = await said(open_desk, "boom")
    assert broken["reason"] == "an internal error"
    assert broken["text"].startswith(TOLD)


async def test_a_greeting_that_says_it_needs_no_more(open_desk: Desk) -> None:
    open_desk.language.expect("hi", ("small_talk", 0.9))
    hello = (await said(open_desk, "hi"))["text"]
    assert "automated assistant" in hello
    assert not hello.startswith(TOLD)
    assert TOLD not in (await said(open_desk))["text"]


async def test_the_team_is_not_told(open_desk: Desk) -> None:
    open_desk.language.expect("help", ("help", 0.9))
    assert "automated" not in (await said(open_desk, "help", who="team"))["text"]


async def test_in_public_it_is_short(open_desk: Desk) -> None:
    await said(open_desk, channel="public")
    assert (await open_desk.decide("approve"))["text"].startswith(f"{SHORT}The Team plan")


async def test_a_persons_own_words_are_not_called_automated(open_desk: Desk) -> None:
    await said(open_desk, channel="public")
    edited = await open_desk.decide("edit", text="It costs what our site says.")
    assert edited["text"] == "It costs what our site says."
    await said(open_desk, channel="public")
    assert (await open_desk.decide("approve", draft=2))["text"].startswith(SHORT)


async def test_a_brand_may_leave_it_out(desk: Desk) -> None:
    assert (await said(desk))["text"].startswith("The Team plan")


@pytest.mark.parametrize(("language", "words"), [("de", "automatischen"), ("xx", "automated")])
async def test_it_is_in_a_language_that_the_brand_speaks(
    desk: Desk, language: str, words: str
) -> None:
    brand = load("connectsphere")
    more: dict[str, Any] = {"languages": ["en", "de"]}
    brand = brand.model_copy(update={"settings": brand.settings.model_copy(update=more)})
    desk.agent = Agent(build(), replace(desk.agent.deps, brand=brand))
    desk.language.expect(ASKS, ("question", 0.9), language=language)
    assert words in (await said(desk))["text"]
