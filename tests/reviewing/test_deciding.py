"""A decision, its row, the audit log and the send come together; it may be undone for a while."""

import asyncio
from typing import Any

import pytest

from agents.deps import StaleDecision
from integrations.reviewing import Refused
from integrations.store.audit import Audit
from integrations.store.missing import Missing
from tests.reviewing.office import ANSWER, Office

pytestmark = pytest.mark.anyio
OWN = "We are sorry about that."


async def test_what_was_approved_leaves_after_the_time_to_undo(office: Office) -> None:
    await office.customer()
    decided = await office.decide("approve")
    assert (decided.status, decided.revision) == ("approved", 1)
    assert await office.deliver(seconds=9) == []
    assert await office.deliver(seconds=2) == [ANSWER]


async def test_each_decision_has_a_row_and_a_line_in_the_audit_log(office: Office) -> None:
    await office.customer()
    await office.decide("edit", text=OWN)
    assert office.history() == [("edit", 1, "kim")]
    audit = Audit(office.engine)
    assert [(one.who, one.action, one.what) for one in audit.rows()] == [
        ("kim", "draft_edit", "draft 1")
    ]
    assert audit.verify() is None
    assert OWN not in str([one.plain() for one in audit.export()])


async def test_what_is_undone_does_not_leave_and_waits_again(office: Office) -> None:
    await office.customer()
    await office.decide("approve")
    decided = await office.reviewing.undo(1, "kim")
    assert (decided.status, decided.revision) == ("open", 2)
    assert await office.deliver(seconds=30) == []
    assert office.history() == [("approve", 1, "kim"), ("undo", 1, "kim")]
    assert "agent" not in [row.who for row in office.all("lines")]


async def test_a_click_on_what_was_undone_is_stale(office: Office) -> None:
    await office.customer()
    await office.decide("approve")
    await office.reviewing.undo(1, "kim")
    with pytest.raises(StaleDecision, match="revision 2"):
        await office.decide("approve", revision=1)
    await office.decide("approve", revision=2)
    assert await office.deliver() == [ANSWER]


async def test_an_edit_that_is_undone_keeps_the_edited_words(office: Office) -> None:
    await office.customer()
    await office.decide("edit", text=OWN)
    await office.reviewing.undo(1, "kim")
    assert office.words() == [ANSWER, OWN, OWN]
    assert office.draft().revision == 3


async def test_what_has_left_cannot_be_undone(office: Office) -> None:
    await office.customer()
    await office.decide("approve")
    await office.deliver()
    with pytest.raises(StaleDecision, match="left already"):
        await office.reviewing.undo(1, "kim")
    assert office.draft().status == "approved"


async def test_what_a_sender_has_in_hand_cannot_be_undone(office: Office) -> None:
    await office.customer()
    await office.decide("approve")
    office.desk.wait(seconds=11)
    assert await office.sends.lease("elsewhere:1:x:9")
    with pytest.raises(StaleDecision, match="left already"):
        await office.reviewing.undo(1, "kim")


async def test_an_open_draft_has_nothing_to_undo(office: Office) -> None:
    await office.customer()
    with pytest.raises(Missing, match="nothing to take back"):
        await office.reviewing.undo(1, "kim")


async def test_a_rejection_carries_its_reason(office: Office) -> None:
    await office.customer()
    decided = await office.decide("reject", reason="tone: far too stiff")
    assert decided.status == "rejected"
    assert [row.reason for row in office.all("decisions")] == ["tone: far too stiff"]
    assert "far too stiff" in office.all("handoffs")[0].note


@pytest.mark.parametrize(
    ("action", "parts", "says"),
    [
        ("reject", {"reason": "because"}, "one of wrong, tone"),
        ("edit", {"text": "  "}, "empty"),
        ("rewrite", {}, "Say how"),
        ("expire", {}, "Only time"),
        ("rewrite", {"reason": "make it sing"}, "shorter, no exclamation"),
    ],
)
async def test_what_cannot_be_carried_out_changes_nothing(
    office: Office, action: str, parts: dict[str, Any], says: str
) -> None:
    await office.customer()
    with pytest.raises(Missing, match=says):
        await office.decide(action, **parts)
    assert office.draft().status == "open"
    assert office.history() == []


async def test_taking_over_closes_the_draft_and_gives_the_conversation_to_people(
    office: Office,
) -> None:
    await office.customer()
    await office.decide("take_over")
    assert office.draft().status == "taken_over"
    assert office.all("conversations")[0].owner == "person"
    assert [row.closed_at for row in office.all("handoffs")] == [""]
    with pytest.raises(StaleDecision, match="kim took the conversation over"):
        await office.decide("approve", by="lee")
    assert await office.deliver() == []


async def test_a_conversation_that_is_taken_over_closes_its_open_draft(office: Office) -> None:
    await office.customer()
    await office.reviewing.take_over(office.name(), "kim")
    assert (office.draft().status, office.draft().decided_by) == ("taken_over", "kim")
    await office.reviewing.speak(office.name(), "I look into it", "kim")
    assert await office.deliver() == ["I look into it"]


async def test_eight_reviewers_at_once_send_once(office: Office) -> None:
    await office.customer()
    clicks = [office.decide("approve", by=f"reviewer {number}") for number in range(8)]
    outcomes = await asyncio.gather(*clicks, return_exceptions=True)
    assert sum(not isinstance(one, BaseException) for one in outcomes) == 1
    assert all(isinstance(one, StaleDecision) for one in outcomes if isinstance(one, Exception))
    assert await office.deliver() == [ANSWER]


async def test_many_are_approved_at_once_where_little_can_go_wrong(office: Office) -> None:
    for talk in ("c1", "c2", "c3"):
        await office.customer(talk=talk)
    office.desk.language.expect("risky cost", ("complaint", 0.9), injection=["ignore"])
    await office.customer("risky cost", talk="c4")
    wanted = [office.decision("approve", draft) for draft in (1, 2, 3, 4, 9)]
    outcomes = await office.reviewing.decide_all(wanted)
    refused = {one.draft: one.why for one in outcomes if isinstance(one, Refused)}
    assert list(refused) == [4, 9]
    assert "medium" in refused[4]
    assert await office.deliver() == [ANSWER] * 3
