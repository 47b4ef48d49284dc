"""A conversation in the console: what was said and why, who has it, what the team notes."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from integrations.console.roles import Role
from integrations.store.contacts_schema import links
from integrations.store.vault_schema import reveals
from tests.console.desk_house import Browser, DeskHouse
from tests.console.rows import Rows
from tests.console.waiting_desk import ask_for_a_person, complain, unsent, words

pytestmark = pytest.mark.anyio
As = Callable[[Role], Browser]
PATH = "/desk/conversations/c1"
SAID = "the cost is a joke, call me back on +49 170 1234567"


async def test_what_was_said_is_shown_with_personal_data_masked(
    house: DeskHouse, client_as: As
) -> None:
    await complain(house, text=SAID)
    page = await client_as("admin").get(PATH)
    assert "a joke, call me back on phone 1" in words(page.text)
    assert "1234567" not in page.text


async def test_it_says_why_the_agent_did_what_it_did(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    said = words((await client_as("viewer").get(PATH)).text)
    assert "approval: the brand wants a person to check" in said
    assert "complaint 0.90" in said


async def test_a_person_takes_it_over_answers_and_hands_it_back(
    house: DeskHouse, client_as: As
) -> None:
    await complain(house)
    browser = client_as("community manager")
    assert "with people" in words((await browser.after(PATH, do="take_over")).text)
    await browser.after(PATH, do="speak", text="I am looking into it.")
    assert (await unsent(house))[-1] == "I am looking into it."
    assert "with the agent" in words((await browser.after(PATH, do="hand_back")).text)


async def test_what_the_agent_has_cannot_be_handed_back_and_nothing_written_is_lost(
    house: DeskHouse, client_as: As
) -> None:
    await complain(house)
    browser = client_as("admin")
    assert (await browser.post(PATH, do="hand_back")).status_code == 409
    page = await browser.post(PATH, do="speak", text="Somebody was quicker")
    assert page.status_code == 409
    assert await unsent(house) == []


async def test_a_conversation_that_people_have_is_put_away_for_a_while(
    house: DeskHouse, client_as: As
) -> None:
    await ask_for_a_person(house)
    browser, path = client_as("admin"), "/desk/conversations/p1"
    assert "put away until" in words((await browser.after(path, do="later", until="hour")).text)
    assert path not in (await browser.get("/desk")).text
    assert path in (await browser.get("/desk?away=1")).text


async def test_what_has_not_arrived_says_so(house: DeskHouse, client_as: As) -> None:
    await ask_for_a_person(house)
    browser, path = client_as("viewer"), "/desk/conversations/p1"
    assert "on its way" in words((await browser.get(path)).text)
    await house.house.desk.sent([id for id, _ in await house.house.desk.unsent("p1")])
    assert "on its way" not in words((await browser.get(path)).text)


async def test_a_note_is_read_by_the_team_and_never_sent(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    page = await client_as("admin").after(PATH, do="note", text=f"They said: {SAID}")
    assert "They said: the cost is a joke, call me back on phone 1" in words(page.text)
    assert "1234567" not in page.text
    assert await unsent(house) == []


async def test_a_handoff_is_in_the_queue_and_leads_to_its_conversation(
    house: DeskHouse, client_as: As
) -> None:
    await ask_for_a_person(house)
    browser = client_as("admin")
    assert 'href="/desk/conversations/p1"' in (await browser.get("/desk?kind=handoff")).text
    assert "asks for a person" in words((await browser.get("/desk/conversations/p1")).text).lower()


async def test_the_same_person_elsewhere_is_one_press_away(house: DeskHouse, client_as: As) -> None:
    rows = Rows(house.engine)
    rows.talk("c1", contact="maria")
    rows.talk("c2", contact="maria", channel="telegram")
    rows.talk("c3", contact="mary", channel="mastodon")
    rows.talk("c4", contact="somebody")
    with house.engine.begin() as db:
        link = {"contact": "maria", "person": "mary", "origin": "code", "shown": "a code"}
        now = datetime.now(UTC).isoformat()
        db.execute(links.insert().values(**link, at=now, undone_at="", undone_by=""))
    page = (await client_as("viewer").get(PATH)).text
    assert [f"/desk/conversations/c{n}" in page for n in (2, 3, 4)] == [True, True, False]
    assert "by a proven link" in words(page)


async def test_long_conversations_are_read_page_by_page(house: DeskHouse, client_as: As) -> None:
    rows = Rows(house.engine)
    rows.talk("c1")
    for number in range(70):
        rows.line("c1", f"Line number {number}.")
    browser = client_as("viewer")
    page = (await browser.get(PATH)).text
    assert "Line number 69." in page
    assert "Line number 9." not in page
    before = page.partition(f'href="{PATH}?before=')[2].partition('"')[0]
    assert "Line number 9." in (await browser.get(f"{PATH}?before={before}")).text


async def test_an_original_is_shown_to_who_says_why_and_that_is_written_down(
    house: DeskHouse, client_as: As
) -> None:
    await complain(house, text=SAID)
    answer = await client_as("community manager").post(
        "/desk/reveal/c1", placeholder="PHONE_1", why="They asked for a call on +49 171 7654321"
    )
    assert "+49 170 1234567" in answer.text
    last = house.console.audit.last()
    assert last is not None
    assert (last.who, last.action, last.what) == ("kim", "reveal", "conversation c1")
    with house.engine.begin() as db:
        row = db.execute(select(reveals)).one()
    assert (row.who, row.token) == ("kim", "<PHONE_1>")
    assert "7654321" not in row.why


@pytest.mark.parametrize("why", ["", "  ", "no"])
async def test_nobody_sees_an_original_without_a_reason(
    house: DeskHouse, client_as: As, why: str
) -> None:
    await complain(house, text=SAID)
    answer = await client_as("admin").post("/desk/reveal/c1", placeholder="PHONE_1", why=why)
    assert answer.status_code == 400
    assert "1234567" not in answer.text


@pytest.mark.parametrize("role", ["viewer", "marketer"])
async def test_who_has_no_right_sees_no_original(
    house: DeskHouse, client_as: As, role: Role
) -> None:
    await complain(house, text=SAID)
    fields = {"placeholder": "PHONE_1", "why": "I am curious"}
    answer = await client_as(role).post("/desk/reveal/c1", **fields)
    assert answer.status_code == 403
    assert "1234567" not in answer.text
    assert "/desk/reveal/" not in (await client_as(role).get(PATH)).text


async def test_there_is_no_page_of_a_conversation_that_is_not_there(client_as: As) -> None:
    assert (await client_as("admin").get("/desk/conversations/nobody")).status_code == 404
    answer = await client_as("admin").post("/desk/reveal/c9", placeholder="PHONE_1", why="a call")
    assert answer.status_code == 404
