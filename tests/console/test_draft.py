"""The page of a draft: what was asked, what would be said, and what it rests on."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from integrations.console.roles import Role
from integrations.store.schema import revisions
from tests.console.desk_house import Browser, DeskHouse
from tests.console.rows import Rows, at
from tests.console.waiting_desk import ANSWER, complain, words

pytestmark = pytest.mark.anyio
As = Callable[[Role], Browser]
PATH = "/desk/drafts/1"


async def test_evidence_stands_beside_its_sentence_and_opens_the_passage(
    house: DeskHouse, client_as: As
) -> None:
    await complain(house)
    page = (await client_as("viewer").get(PATH)).text
    assert ANSWER in words(page)
    assert 'href="/desk/documents/plans?start=10&amp;end=45#prices"' in page


async def test_who_may_not_decide_reads_without_buttons(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    assert 'value="approve"' in (await client_as("community manager").get(PATH)).text
    assert 'value="approve"' not in (await client_as("viewer").get(PATH)).text
    assert 'value="approve"' not in (await client_as("marketer").get(PATH)).text


async def test_an_edit_is_compared_before_it_is_decided(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    browser = client_as("admin")
    page = await browser.post(PATH + "/compare", text="The Team plan costs €99 per month. [1]")
    assert "<del>149</del><ins>99</ins>" in page.text
    assert "€99 per month. [1]</textarea>" in page.text
    piece = await browser.post(PATH + "/compare", text="<script>", piece="1")
    assert "<ins>&lt;script&gt;</ins>" in piece.text
    assert "<html" not in piece.text


async def test_findings_are_marked_and_told(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    found = {"rule": "price", "says": "a price without evidence", "start": 20, "end": 24}
    with house.engine.begin() as db:
        db.execute(update(revisions).values(findings=[{**found, "blocks": True}]))
    page = (await client_as("viewer").get(PATH)).text
    assert 'class="finding blocks" title="a price without evidence"' in page
    assert "blocks a price without evidence" in words(page)


async def test_what_customers_write_is_text_and_never_markup(
    house: DeskHouse, client_as: As
) -> None:
    await complain(house, text="<script>alert(1)</script> is the cost of a joke")
    for path in ("/desk", PATH, "/desk/conversations/c1"):
        assert "<script>alert" not in (await client_as("admin").get(path)).text


async def test_a_thread_is_shown_part_by_part(house: DeskHouse, client_as: As) -> None:
    rows = Rows(house.engine)
    rows.talk("c1")
    rows.draft(1, kind="post", network="x", title="Summaries")
    post: dict[str, object] = {
        "network": "x",
        "title": "Summaries",
        "parts": ["One.", "Two."],
        "alt": ["A hall"],
    }
    post |= {"evidence": [], "findings": [], "extras": {"image_brief": "A stage"}, "when": ""}
    answer = {"text": "One.\n\nTwo.", "evidence": [], "posts": [post], "doubts": []}
    with house.engine.begin() as db:
        db.execute(update(revisions).values(answer=answer))
    page = await client_as("marketer").get(PATH)
    assert page.text.count('class="part"') == 2
    said = words(page.text)
    assert "Alt text A hall" in said
    assert "Image brief A stage" in said
    assert 'value="approve"' in page.text


async def test_an_approved_post_can_be_taken_back_at_any_time(
    house: DeskHouse, client_as: As
) -> None:
    rows = Rows(house.engine)
    rows.talk("c1")
    rows.draft(1, kind="post", status="approved", decided_by="max", decided_at=at(5))
    page = await client_as("marketer").get(PATH)
    assert "Approved by max" in words(page.text)
    assert 'action="/desk/undo"' in page.text
    assert 'action="/desk/undo"' not in (await client_as("viewer").get(PATH)).text


async def test_others_who_have_it_open_are_named(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    await client_as("community manager").get(PATH)
    browser = client_as("admin")
    assert "kim is here" in words((await browser.get(PATH)).text)
    assert "kim is here" in words((await browser.get("/desk")).text)


async def test_who_types_is_named(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    assert (await client_as("community manager").post("/desk/live", at="draft 1")).is_success
    assert "kim types" in words((await client_as("admin").get(PATH)).text)


async def test_a_draft_whose_turn_is_gone_is_still_read(house: DeskHouse, client_as: As) -> None:
    rows = Rows(house.engine)
    rows.talk("c1")
    rows.draft(1)
    assert "Answer 1" in words((await client_as("viewer").get(PATH)).text)


async def test_there_is_no_page_of_a_draft_that_is_not_there(client_as: As) -> None:
    answer = await client_as("admin").get("/desk/drafts/99")
    assert answer.status_code == 404
    assert "There is no draft 99." in answer.text
