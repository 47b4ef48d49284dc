"""A decision in the console is carried out once, at the revision that was seen."""

from collections.abc import Callable

import pytest

from integrations.console.roles import Role
from tests.console.desk_house import Browser, DeskHouse
from tests.console.waiting_desk import ANSWER, complain, unsent, words

pytestmark = pytest.mark.anyio
As = Callable[[Role], Browser]
PATH = "/desk/drafts/1"


async def test_an_approved_draft_leaves_after_the_time_to_undo(
    house: DeskHouse, client_as: As
) -> None:
    await complain(house)
    page = await client_as("admin").after(PATH, do="approve", revision=1)
    assert "Approved" in words(page.text)
    assert "data-left" in page.text
    assert [ANSWER in text for text in await unsent(house)] == [True]


async def test_undo_opens_it_again(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    browser = client_as("admin")
    await browser.post(PATH, do="approve", revision=1)
    page = await browser.after("/desk/undo", draft="1", next=PATH)
    assert "took it back" in words(page.text)
    assert await unsent(house) == []
    assert 'value="approve"' in page.text


async def test_an_edit_goes_out_in_place_of_the_draft(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    page = await client_as("admin").after(
        PATH, do="edit", revision=1, text="We are sorry.\r\nIt costs more now."
    )
    assert await unsent(house) == ["We are sorry.\nIt costs more now."]
    assert "<ins>" in page.text
    assert "<del>" in page.text


async def test_a_second_click_is_told_who_was_first_and_when(
    house: DeskHouse, client_as: As
) -> None:
    await complain(house)
    await client_as("community manager").post(PATH, do="approve", revision=1)
    page = await client_as("admin").after(PATH, do="reject", revision=1, code="wrong")
    assert "Already approved by kim at 11:00" in words(page.text)
    assert len(await unsent(house)) == 1


async def test_an_edit_that_comes_too_late_is_not_lost(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    await client_as("community manager").post(PATH, do="approve", revision=1)
    page = await client_as("admin").post(PATH, do="edit", revision=1, text="My long and fine words")
    assert page.status_code == 409
    assert "Already approved by kim" in words(page.text)
    assert ">My long and fine words</textarea>" in page.text
    assert len(await unsent(house)) == 1


async def test_a_rejected_draft_says_why(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    page = await client_as("admin").after(
        PATH, do="reject", revision=1, code="tone", why="far too cold"
    )
    assert "ada rejected it: it does not sound like us: far too cold" in words(page.text)
    assert all(ANSWER not in text for text in await unsent(house))


async def test_taking_the_conversation_over_leads_into_it(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    page = await client_as("admin").after(
        PATH, do="take_over", revision=1, next="/desk/conversations/c1"
    )
    assert "with people" in words(page.text)
    assert 'value="hand_back"' in page.text


async def test_what_is_put_away_waits_elsewhere(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    browser = client_as("admin")
    await browser.after(PATH + "/later", until="hour", why="they call at noon")
    assert "c1 is a joke" not in (await browser.get("/desk")).text
    assert "c1 is a joke" in (await browser.get("/desk?away=1")).text


async def test_a_draft_is_given_to_a_colleague(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    await client_as("admin").after(PATH + "/assign", to="kim")
    page = await client_as("community manager").get("/desk?assignee=me")
    assert "for you" in words(page.text)


async def test_many_of_low_risk_are_approved_at_once_and_others_stay(
    house: DeskHouse, client_as: As, low_and_high: tuple[int, int]
) -> None:
    low, high = low_and_high
    page = await client_as("admin").after("/desk/bulk", draft=[f"{low}.1", f"{high}.1"])
    assert f"1 approved. Draft {high} stays: Its risk is high" in words(page.text)
    assert len(await unsent(house, "c1")) == 1
    assert await unsent(house, "c2") == []


@pytest.fixture
async def low_and_high(house: DeskHouse) -> tuple[int, int]:
    from sqlalchemy import update

    from integrations.store.schema import drafts

    low, high = await complain(house, "c1"), await complain(house, "c2")
    with house.engine.begin() as db:
        db.execute(update(drafts).where(drafts.c.id == low).values(risk="low"))
        db.execute(update(drafts).where(drafts.c.id == high).values(risk="high"))
    return low, high


@pytest.mark.parametrize("fields", [{}, {"draft": []}])
async def test_nothing_ticked_is_nothing_done(
    house: DeskHouse, client_as: As, fields: dict[str, list[str]]
) -> None:
    page = await client_as("admin").after("/desk/bulk", **fields)
    assert "Nothing was ticked." in words(page.text)


@pytest.mark.parametrize("draft", ["1", "1.x", "x.1", "1.1.1", "99999999999.1"])
async def test_a_tick_that_no_page_gave_is_refused(
    house: DeskHouse, client_as: As, draft: str
) -> None:
    await complain(house)
    assert (await client_as("admin").post("/desk/bulk", draft=draft)).status_code == 422
    assert await unsent(house) == []


@pytest.mark.parametrize("role", ["viewer", "marketer"])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (PATH, {"do": "approve", "revision": "1"}),
        ("/desk/bulk", {"draft": "1.1"}),
        ("/desk/undo", {"draft": "1"}),
        (PATH + "/later", {"until": "hour"}),
        (PATH + "/assign", {"to": "max"}),
    ],
)
async def test_who_may_not_decide_about_replies_does_not(
    house: DeskHouse, client_as: As, role: Role, path: str, fields: dict[str, str]
) -> None:
    await complain(house)
    assert (await client_as(role).post(path, **fields)).status_code == 403
    assert await unsent(house) == []


async def test_a_form_leads_to_no_other_site(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    answer = await client_as("admin").post(
        PATH, do="approve", revision=1, next="https://evil.example/desk"
    )
    assert answer.headers["location"] == "/desk"


@pytest.mark.parametrize("do", ["", "delete", "expire"])
async def test_no_other_decision_can_be_sent(house: DeskHouse, client_as: As, do: str) -> None:
    await complain(house)
    answer = await client_as("admin").post(PATH, do=do, revision=1)
    assert answer.status_code == 404
