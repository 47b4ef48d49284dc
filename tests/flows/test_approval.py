"""What waits for a person is decided once, at the revision the person saw."""

import asyncio

import pytest

from agents.deps import StaleDecision
from tests.desk import Desk

pytestmark = pytest.mark.anyio

ANSWER = "The Team plan costs €149 per month. [1]"


async def complain(desk: Desk) -> None:
    desk.language.expect("the cost is a joke", ("complaint", 0.9))
    turn = await desk.say("the cost is a joke")
    assert (turn["outcome"], turn["draft"]) == ("approval", 1)


@pytest.mark.parametrize(
    ("action", "text", "sent"),
    [("approve", "", [ANSWER]), ("edit", "We are sorry.", ["We are sorry."])],
)
async def test_nothing_is_sent_before_the_decision(
    desk: Desk, action: str, text: str, sent: list[str]
) -> None:
    await complain(desk)
    assert await desk.outbox() == []
    await desk.decide(action, text=text)
    assert await desk.outbox() == sent


async def test_a_rejected_draft_goes_to_a_person(desk: Desk) -> None:
    await complain(desk)
    turn = await desk.decide("reject")
    assert turn["outcome"] == "handoff"
    assert ANSWER not in "".join(await desk.outbox())


async def test_a_second_click_is_told_who_decided(desk: Desk) -> None:
    await complain(desk)
    await desk.decide("approve")
    with pytest.raises(StaleDecision, match="approved by reviewer at 2026-11-18"):
        await desk.decide("reject")
    assert len(await desk.outbox()) == 1


async def test_a_decision_about_another_revision_is_refused(desk: Desk) -> None:
    await complain(desk)
    with pytest.raises(StaleDecision, match="revision 7"):
        await desk.decide("approve", revision=7)
    assert await desk.outbox() == []


async def test_eight_clicks_at_once_send_once(desk: Desk) -> None:
    await complain(desk)
    clicks = [desk.decide("approve") for _ in range(8)]
    outcomes = await asyncio.gather(*clicks, return_exceptions=True)
    assert sum(isinstance(one, dict) for one in outcomes) == 1
    assert len(await desk.outbox()) == 1


async def test_an_edit_keeps_both_revisions(desk: Desk) -> None:
    await complain(desk)
    await desk.decide("edit", text="We are sorry.")
    draft = await desk.view.draft(1)
    assert draft is not None
    assert [revision["answer"]["text"] for revision in draft["revisions"]] == [
        ANSWER,
        "We are sorry.",
    ]


async def test_a_reviewers_phone_number_is_not_kept(desk: Desk) -> None:
    await complain(desk)
    turn = await desk.decide("edit", text="Call +49 555 010 1234.")
    assert "010" not in turn["text"]
