"""What a visitor sees of a conversation: their own words, and exactly what was sent to them."""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from integrations.channels.contract import Arrival
from integrations.channels.web.history import History, View
from integrations.channels.web.stream import Pauses, views
from integrations.store.schema import outbox
from tests.browser.chat_house import ChatHouse

pytestmark = pytest.mark.anyio
ASKED = "What does the Team plan cost?"
ANSWER = "The Team plan costs €149 per month. [1]"
QUICK = Pauses(else_=0.01, life=5.0)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ChatHouse]:
    built = ChatHouse(tmp_path)
    yield built
    built.close()


@pytest.fixture
def history(house: ChatHouse) -> History:
    return History(house.vault, "web", "site")


async def write(house: ChatHouse, text: str, visitor: str = "v1") -> None:
    now = datetime.now(UTC)
    arrival = Arrival("message", f"{visitor}:{now}", visitor, now, contact=visitor, text=text)
    await house.intake.store(house.channel, [arrival])


def said(view: View) -> list[tuple[str, str]]:
    return [(one.who, one.text) for one in view.items]


async def test_nobody_has_said_anything_at_first(history: History) -> None:
    assert history.view("v1") == View((), "agent", False)


async def test_what_was_written_shows_at_once_and_its_answer_when_it_was_sent(
    house: ChatHouse, history: History
) -> None:
    await write(house, ASKED)
    before = history.view("v1")
    assert (said(before), before.working) == ([("you", ASKED)], True)
    await house.worker.once()
    assert said(history.view("v1")) == [("you", ASKED)]
    await house.sender.once()
    after = history.view("v1")
    assert (said(after), after.working) == ([("you", ASKED), ("agent", ANSWER)], False)


async def test_a_mark_leads_to_the_sentence_behind_it(house: ChatHouse, history: History) -> None:
    await write(house, ASKED)
    await house.work()
    (source,) = history.view("v1").items[-1].sources
    assert (source.number, source.title) == (1, "Plans")
    assert source.quote == "The Team plan costs €149 per month."


@pytest.mark.parametrize("state", ["ready", "leased", "sending", "dropped", "blocked", "failed"])
async def test_what_was_not_sent_is_not_shown(
    house: ChatHouse, history: History, state: str
) -> None:
    await write(house, ASKED)
    await house.work()
    with house.engine.begin() as db:
        db.execute(update(outbox).values(state=state))
    assert said(history.view("v1")) == [("you", ASKED)]


async def test_a_visitor_sees_nothing_of_anothers_conversation(
    house: ChatHouse, history: History
) -> None:
    await write(house, ASKED, "v1")
    await house.work()
    assert said(history.view("v2")) == []
    assert said(History(house.vault, "web", "other").view("v1")) == []


async def test_visitors_read_their_own_data_and_the_rows_do_not_hold_it(
    house: ChatHouse, history: History
) -> None:
    text = "Please write to somebody@example.org, what does the Team plan cost?"
    await write(house, text)
    await house.work()
    assert said(history.view("v1"))[0] == ("you", text)
    kept = b"".join(file.read_bytes() for file in house.desk.file.parent.glob("*.sqlite*"))
    assert b"somebody@example.org" not in kept


async def test_who_answers_is_told(house: ChatHouse, history: History) -> None:
    house.desk.language.expect("A person please", ("person_request", 0.99))
    await write(house, "A person please")
    await house.work()
    assert history.view("v1").owner == "person"
    await house.agent.speak(house.place("v1"), "I am here now.", "ana")
    await house.work()
    assert said(history.view("v1"))[-1] == ("person", "I am here now.")


async def test_a_pulse_changes_with_every_step_of_a_turn(
    house: ChatHouse, history: History
) -> None:
    pulses = [history.pulse("v1")]
    await write(house, ASKED)
    pulses.append(history.pulse("v1"))
    await house.worker.once()
    pulses.append(history.pulse("v1"))
    await house.sender.once()
    pulses.append(history.pulse("v1"))
    assert len(set(pulses)) == 4
    assert history.pulse("v1") == pulses[-1]


async def next_view(stream: AsyncGenerator[str]) -> dict[str, Any]:
    event = await anext(stream)
    assert event.startswith("event: view\ndata: ")
    assert event.endswith("\n\n")
    found: dict[str, Any] = json.loads(event.splitlines()[1].removeprefix("data: "))
    return found


async def test_a_stream_begins_with_all_that_was_said_and_goes_on_with_the_answer(
    house: ChatHouse, history: History
) -> None:
    await write(house, ASKED)
    stream = views(history, house.channel.listeners, "v1", QUICK)
    assert [one["who"] for one in (await next_view(stream))["items"]] == ["you"]
    await house.work()
    assert (await next_view(stream))["items"][-1]["text"] == ANSWER
    await stream.aclose()


async def test_who_comes_back_is_told_what_was_said_meanwhile(
    house: ChatHouse, history: History
) -> None:
    await write(house, ASKED)
    await house.work()
    stream = views(history, house.channel.listeners, "v1", QUICK)
    assert [one["text"] for one in (await next_view(stream))["items"]] == [ASKED, ANSWER]
    await stream.aclose()


async def test_a_ring_brings_the_answer_without_waiting_for_the_next_look(
    house: ChatHouse, history: History
) -> None:
    await write(house, ASKED)
    patient = Pauses(else_=3600.0)
    stream = views(history, house.channel.listeners, "v1", patient)
    await next_view(stream)
    coming = asyncio.ensure_future(next_view(stream))
    await asyncio.sleep(0)
    await house.work()
    assert (await asyncio.wait_for(coming, 20))["items"][-1]["text"] == ANSWER
    await stream.aclose()


async def test_a_quiet_stream_gives_signs_of_life(house: ChatHouse, history: History) -> None:
    stream = views(history, house.channel.listeners, "v1", Pauses(else_=0.001, alive=0.0))
    await next_view(stream)
    assert (await anext(stream)).startswith(":")
    await stream.aclose()


async def test_a_stream_ends_when_the_service_stops_or_its_time_is_over(
    house: ChatHouse, history: History
) -> None:
    listeners = house.channel.listeners
    stream = views(history, listeners, "v1", Pauses(else_=3600.0))
    await next_view(stream)
    listeners.hang_up()
    assert [event async for event in stream] == []
    short = views(history, listeners, "v1", Pauses(else_=0.001, life=0.01))
    assert [event async for event in short][1:] == []
