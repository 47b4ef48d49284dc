"""The page of content: a brief becomes drafts, and the plan is handed out."""

from collections.abc import Callable

import pytest

from integrations.console.brief_form import BriefForm, asked
from integrations.console.roles import Role
from integrations.store.missing import Missing
from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
PAGE = "/desk/content"
As = Callable[[Role], Browser]


def expect(house: DeskHouse, text: str) -> None:
    house.desk.language.expect(text, ("drafting", 0.95))


async def test_a_brief_becomes_drafts_that_wait(house: DeskHouse, client_as: As) -> None:
    expect(house, "Draft 2 posts for LinkedIn about cost of plans")
    marketer = client_as("marketer")
    done = await marketer.post(PAGE, about="cost of plans", number="2", networks="linkedin")
    assert (done.status_code, done.headers["location"]) == (303, PAGE)
    page = await marketer.get(PAGE)
    assert "1 drafted; they wait below." in page.text
    assert "What is there to know about plans?" in page.text
    assert "/desk/drafts/1" in page.text


async def test_a_plan_is_shown_by_week_and_handed_out(house: DeskHouse, client_as: As) -> None:
    said = "Draft a content calendar for 1 weeks for LinkedIn about cost of plans"
    expect(house, said)
    marketer = client_as("marketer")
    await marketer.post(PAGE, about="cost of plans", kind="calendar", networks="linkedin")
    assert "Week of 23 November" in (await marketer.get(PAGE)).text
    table = await marketer.get(PAGE + "/plan.csv")
    assert table.text.splitlines()[1].startswith("2026-11-24,10:00,linkedin,open,1,")
    calendar = await marketer.get(PAGE + "/plan.ics")
    assert calendar.text.count("BEGIN:VEVENT") == 1
    assert calendar.headers["content-type"].startswith("text/calendar")


async def test_an_empty_page_says_what_to_do(client_as: As) -> None:
    page = await client_as("marketer").get(PAGE)
    assert page.status_code == 200
    assert "No post was drafted yet." in page.text
    assert "Nothing is planned." in page.text


async def test_a_brief_without_a_topic_is_asked_for_one(client_as: As) -> None:
    marketer = client_as("marketer")
    await marketer.post(PAGE, about="  ")
    assert "Say what it shall be about." in (await marketer.get(PAGE)).text


@pytest.mark.parametrize("role", ["viewer", "community manager"])
async def test_others_may_not_draft(client_as: As, role: Role) -> None:
    browser = client_as(role)
    assert (await browser.get(PAGE)).status_code == 403
    assert (await browser.post(PAGE, about="polls")).status_code == 403


def test_a_form_is_the_sentence_a_colleague_would_write() -> None:
    form = BriefForm(
        "polls",
        "post",
        ["linkedin", "x", "nowhere"],
        3,
        1,
        "speakers",
        "question",
        "warm",
        "try it",
    )
    assert asked(form) == (
        "Draft 3 posts for LinkedIn and X about polls for speakers, one with a question hook, "
        "tone warm, call to action: try it"
    )
    with pytest.raises(Missing):
        asked(BriefForm(" "))
