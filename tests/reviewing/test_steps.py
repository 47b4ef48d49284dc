"""Where a brand wants several people to say yes, nothing leaves before they have."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from agents.deps import StaleDecision
from integrations.approving import Yes, missing, waits_for
from knowledge.brands.reviewing import Approval, ApprovalStep
from tests.reviewing.office import ANSWER, Office

pytestmark = pytest.mark.anyio
ONE_OF = ApprovalStep(any=["community manager", "kim"])
EACH = ApprovalStep(all=["admin", "lee"])
KIM, LEE, ADA = Yes("kim", "viewer"), Yes("lee", "admin"), Yes("Ada", "Admin")
MO = Yes("mo", "community manager")


@pytest.mark.parametrize(
    ("said", "absent"),
    [
        ([], ["community manager", "kim"]),
        ([KIM], ["admin", "lee"]),
        ([MO], ["admin", "lee"]),
        ([LEE], ["community manager", "kim"]),
        ([MO, LEE], ["admin"]),  # lee is meant by name, so another admin is wanted
        ([MO, ADA], ["lee"]),
        ([MO, LEE, ADA], []),
        ([KIM, ADA, LEE], []),
    ],
)
def test_each_yes_counts_for_one_step(said: Sequence[Yes], absent: list[str]) -> None:
    assert missing([ONE_OF, EACH], said) == absent


def test_it_says_whom_it_waits_for() -> None:
    assert waits_for([ONE_OF, EACH], []) == "community manager or kim"
    assert waits_for([ONE_OF, EACH], [KIM]) == "admin and lee"


@pytest.fixture
def steps(tmp_path: Path) -> Office:
    office = Office(tmp_path, Approval(steps=[ONE_OF, ApprovalStep(any=["admin"])]))
    office.hires("ada", "admin")
    return office


async def test_the_first_yes_sends_nothing_and_the_last_one_does(steps: Office) -> None:
    await steps.customer()
    first = await steps.decide("approve", by="kim")
    assert (first.status, first.waits_for) == ("open", "admin")
    assert await steps.deliver() == []
    last = await steps.decide("approve", by="zoe", role="admin")
    assert last.status == "approved"
    assert await steps.deliver() == [ANSWER]
    assert steps.history() == [("approve", 1, "kim"), ("approve", 1, "zoe")]


async def test_who_signs_in_need_not_say_what_they_are(steps: Office) -> None:
    await steps.customer()
    await steps.decide("approve", by="kim")
    assert (await steps.decide("approve", by="ada")).status == "approved"


@pytest.mark.parametrize(("by", "says"), [("ada", "community manager"), ("kim", "already")])
async def test_who_is_not_asked_is_told_so(steps: Office, by: str, says: str) -> None:
    await steps.customer()
    if by == "kim":
        await steps.decide("approve", by="kim")
    with pytest.raises(StaleDecision, match=says):
        await steps.decide("approve", by=by)
    assert await steps.deliver() == []


async def test_other_words_need_every_yes_again(steps: Office) -> None:
    await steps.customer()
    await steps.decide("approve", by="kim")
    decided = await steps.decide("edit", by="kim", text="We are sorry.")
    assert (decided.status, decided.revision, decided.waits_for) == ("open", 2, "admin")
    with pytest.raises(StaleDecision, match="revision 2"):
        await steps.decide("approve", by="ada", revision=1)
    await steps.decide("approve", by="ada", revision=2)
    assert await steps.deliver() == ["We are sorry."]


async def test_what_is_rewritten_begins_at_the_first_step(steps: Office) -> None:
    await steps.customer()
    await steps.decide("approve", by="kim")
    await steps.decide("rewrite", by="ada", reason='replace "costs" with "is"')
    with pytest.raises(StaleDecision, match="community manager or kim"):
        await steps.decide("approve", by="ada", revision=2)


async def test_two_who_say_yes_at_once_are_enough(tmp_path: Path) -> None:
    office = Office(tmp_path, Approval(steps=[ApprovalStep(all=["kim", "lee"])]))
    await office.customer()
    await asyncio.gather(office.decide("approve", by="kim"), office.decide("approve", by="lee"))
    assert office.draft().status == "approved"
    assert await office.deliver() == [ANSWER]


async def test_anybody_may_reject(steps: Office) -> None:
    await steps.customer()
    assert (await steps.decide("reject", by="mo")).status == "rejected"


async def test_steps_may_be_for_some_kinds_of_drafts(tmp_path: Path) -> None:
    step = ApprovalStep(any=["admin"], kinds=["post"])
    office = Office(tmp_path, Approval(steps=[step]))
    await office.customer()
    assert (await office.decide("approve", by="mo")).status == "approved"
