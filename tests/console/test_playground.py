"""The playground: real turns that lead nowhere, with the steps as they are done."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from integrations.store.schema import conversations, lines, outbox
from integrations.store.traffic_schema import addresses
from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
As = Callable[..., Browser]
ASKED = "what does it cost?"


def kept(house: DeskHouse, column: object) -> list[str]:
    with house.engine.begin() as db:
        return list(db.scalars(select(column)))  # type: ignore[call-overload]


async def test_without_a_script_the_answer_and_why_are_on_the_next_page(
    house: DeskHouse, client_as: As
) -> None:
    browser = client_as("marketer")
    page = (await browser.after("/desk/playground", text=ASKED, who="customer", channel="web")).text
    assert "€149" in page
    assert "because: answered" in page
    assert "question" in page
    assert "/desk/documents/plans?start=10" in page
    again = page.split('name="talk" value="')[1][:12]
    more = {"text": "thanks", "who": "customer", "channel": "web", "talk": again}
    assert (await browser.after("/desk/playground", **more)).text.count('class="mine"') == 2


async def test_a_script_hears_of_each_step_and_then_of_the_whole(client_as: As) -> None:
    browser = client_as("admin")
    fields = {"token": browser.token, "text": ASKED, "who": "customer", "channel": "web"}
    headers = {"Accept": "text/event-stream"}
    answer = await browser.client.post("/desk/playground", data=fields, headers=headers)
    events = [event.split("\n", 1) for event in answer.text.strip().split("\n\n")]
    names = [name.removeprefix("event: ") for name, _ in events]
    assert names[-1] == "turn"
    assert set(names[:-1]) == {"step"}
    steps = [json.loads(data.removeprefix("data: "))["name"] for _, data in events[:-1]]
    assert steps == ["understanding", "routing", "answering", "policy", "reply"]
    assert "€149" in json.loads(events[-1][1].removeprefix("data: "))["talk"]


async def test_nothing_leaves_the_house_and_nothing_is_counted(
    house: DeskHouse, client_as: As
) -> None:
    await client_as("admin").post("/desk/playground", text="where is parking?", who="customer")
    assert kept(house, outbox.c.state) == ["sent"]
    assert kept(house, addresses.c.conversation) == []
    assert await house.house.todo.gaps() == []
    house.desk.wait(hours=30)
    assert "no conversations yet" in (await client_as("admin").get("/desk/numbers")).text


async def test_the_ladder_counts_for_the_channel_that_is_played(
    house: DeskHouse, client_as: As
) -> None:
    browser = client_as("admin")
    page = await browser.after("/desk/playground", text=ASKED, who="customer", channel="public")
    assert "waits for a person" in page.text
    assert kept(house, conversations.c.channel) == ["public"]


async def test_a_marketer_is_answered_as_one_of_the_team(house: DeskHouse, client_as: As) -> None:
    await client_as("marketer").post("/desk/playground", text="hello", who="team", channel="web")
    assert "team" in kept(house, lines.c.who)
    assert kept(house, conversations.c.audience) == ["team"]


async def test_nobody_gets_into_the_conversation_of_another(
    house: DeskHouse, client_as: As
) -> None:
    page = (await client_as("admin").after("/desk/playground", text=ASKED, who="customer")).text
    talk = page.split('name="talk" value="')[1][:12]
    other = await client_as("marketer").get(f"/desk/playground?talk={talk}")
    assert "Nothing was said yet" in other.text
    made_up = await client_as("marketer").get("/desk/playground?talk=../../c1&channel=nonsense")
    assert made_up.status_code == 200


async def test_who_only_reads_does_not_write(client_as: As) -> None:
    page = await client_as("viewer").get("/desk/playground")
    assert "does not write here" in page.text
    assert (await client_as("viewer").post("/desk/playground", text=ASKED)).status_code == 403


async def test_what_is_written_is_shown_as_text(client_as: As) -> None:
    page = await client_as("admin").after("/desk/playground", text="<b>bold</b>", who="customer")
    assert "<b>bold</b>" not in page.text
    assert "&lt;b&gt;bold" in page.text
