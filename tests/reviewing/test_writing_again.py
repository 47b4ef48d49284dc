"""A customer who writes again gets one answer to everything, and the old draft is not sent."""

import asyncio
from dataclasses import replace

import pytest

from agents.deps import StaleDecision
from knowledge.brands.brand import load
from tests.reviewing.office import ANSWER, JOKE, Office

pytestmark = pytest.mark.anyio
FACT = "what does it cost?"


async def test_the_new_draft_answers_both_messages_and_replaces_the_old(office: Office) -> None:
    await office.customer()
    await office.customer()
    assert (office.draft(1).status, office.draft(1).superseded_by) == ("superseded", 2)
    assert office.draft(2).message["text"] == f"{JOKE}\n{JOKE}"
    assert office.history(1) == [("supersede", 1, "quiethand")]
    with pytest.raises(StaleDecision, match="draft 2 replaced it"):
        await office.decide("approve", draft=1)
    await office.decide("approve", draft=2)
    assert await office.deliver() == [ANSWER]


async def test_the_history_has_each_message_once(office: Office) -> None:
    await office.customer()
    await office.customer()
    await office.customer()
    assert [row.text for row in office.all("lines")] == [JOKE] * 3
    assert office.draft(3).message["text"].count(JOKE) == 3


async def test_an_answer_at_once_replaces_the_draft_too(office: Office) -> None:
    await office.customer()
    await office.customer(FACT)
    assert office.desk.language.seen[-1] == f"{JOKE}\n{FACT}"
    with pytest.raises(StaleDecision, match="wrote again"):
        await office.decide("approve")
    assert await office.deliver() == [ANSWER]


async def test_who_wants_a_person_leaves_no_draft_behind(office: Office) -> None:
    office.desk.language.expect(f"{JOKE}\na person please", ("person_request", 0.99))
    office.desk.language.expect("a person please", ("person_request", 0.99))
    await office.customer()
    await office.customer("a person please")
    assert office.draft().status == "superseded"
    assert JOKE in office.all("handoffs")[0].note


@pytest.mark.parametrize("text", ["thank you", "👍", "..."])
async def test_what_asks_for_nothing_leaves_the_draft_as_it_is(office: Office, text: str) -> None:
    await office.customer()
    await office.customer(text)
    assert office.draft().status == "open"
    decided = await office.decide("approve")
    assert decided.status == "approved"


async def test_somebody_else_in_the_same_place_replaces_nothing(office: Office) -> None:
    for who in ("mo", "zoe"):
        message = office.desk.message(JOKE, conversation="square", contact=who)
        await office.agent.receive(message)
    assert [row.status for row in office.all("drafts")] == ["open", "open"]


async def test_an_answer_in_the_platforms_own_app_closes_the_draft(office: Office) -> None:
    await office.customer()
    said = office.desk.message("I am on it", conversation=office.name())
    await office.agent.step_back(said, "a person")
    assert office.draft().status == "taken_over"
    with pytest.raises(StaleDecision, match="took the conversation over"):
        await office.decide("approve")


async def test_an_approval_and_a_message_at_once_send_one_answer(office: Office) -> None:
    await office.customer()
    both = (office.decide("approve"), office.customer())
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    approved = not isinstance(outcomes[0], BaseException)
    assert approved or isinstance(outcomes[0], StaleDecision)
    assert await office.deliver() == [ANSWER] * approved
    assert office.draft(2).status == "open"


async def test_the_disclosure_is_made_anew_when_it_did_not_leave(office: Office) -> None:
    deps = replace(office.agent.deps, brand=load("connectsphere"))
    office.use(deps)
    await office.customer()
    await office.decide("approve")
    assert office.all("conversations")[0].memory["disclosed"] is True
    await office.reviewing.undo(1, "kim")
    await office.decide("approve", revision=2)
    said = await office.deliver()
    assert [text.count("automated assistant") for text in said] == [1]
