"""A draft has a deadline; when it passes, somebody else hears of it, or people take over."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agents.deps import StaleDecision
from integrations.channels.meta.channel import CHANNELS, Instagram, Messenger
from integrations.channels.windows import HOURS
from knowledge.brands.handing import Sla
from knowledge.brands.reviewing import Approval
from tests.reviewing.office import ANSWER, Office

pytestmark = pytest.mark.anyio
HOUR = Sla(first_answer_minutes={"default": 60})


def due(office: Office) -> timedelta:
    row = office.draft()
    return datetime.fromisoformat(row.due_at) - datetime.fromisoformat(row.created_at)


@pytest.mark.parametrize(
    ("approval", "minutes"),
    [(Approval(), 60), (Approval(due_minutes={"default": 15}), 15)],
)
async def test_it_is_due_when_the_team_promised(
    tmp_path: Path, approval: Approval, minutes: int
) -> None:
    office = Office(tmp_path, approval, HOUR)
    await office.customer()
    assert due(office) == timedelta(minutes=minutes)


async def test_it_is_due_before_the_platform_closes_its_window(tmp_path: Path) -> None:
    office = Office(tmp_path, kind="whatsapp")
    await office.customer()
    assert timedelta(hours=23, minutes=59) < due(office) <= timedelta(hours=24)


async def test_without_a_promise_or_a_window_it_is_never_due(office: Office) -> None:
    await office.customer()
    assert office.draft().due_at == ""
    assert office.all("timers") == []


async def test_what_is_late_goes_to_another_team_once(tmp_path: Path) -> None:
    office = Office(tmp_path, Approval(escalate_to="leads"), HOUR)
    await office.customer()
    office.desk.wait(minutes=59)
    await office.tick()
    assert office.draft().escalated_at == ""
    for _ in range(2):
        office.desk.wait(minutes=2)
        await office.tick()
    assert (office.draft().team, office.draft().status) == ("leads", "open")
    assert office.history() == [("escalate", 1, "quiethand")]
    assert (await office.decide("approve")).status == "approved"


async def test_what_stays_undecided_is_handed_to_people(tmp_path: Path) -> None:
    office = Office(tmp_path, Approval(expire_minutes=30), HOUR)
    await office.customer()
    office.desk.wait(minutes=61)
    await office.tick()
    office.desk.wait(minutes=31)
    await office.tick()
    assert office.draft().status == "expired"
    assert office.all("conversations")[0].owner == "person"
    assert [row.reason for row in office.all("handoffs")] == ["nobody decided in time"]
    with pytest.raises(StaleDecision, match="Nobody decided in time"):
        await office.decide("approve")
    assert ANSWER not in await office.deliver()


async def test_a_brand_may_hand_over_at_once(tmp_path: Path) -> None:
    office = Office(tmp_path, Approval(when_due="expire"), HOUR)
    await office.customer()
    office.desk.wait(minutes=61)
    await office.tick()
    assert office.draft().status == "expired"


async def test_when_the_window_closes_people_have_to_look(tmp_path: Path) -> None:
    office = Office(tmp_path, kind="whatsapp")
    await office.customer()
    office.desk.wait(hours=25)
    await office.tick()
    assert office.draft().status == "expired"


async def test_what_was_decided_in_time_is_left_alone(tmp_path: Path) -> None:
    office = Office(tmp_path, Approval(when_due="expire"), HOUR)
    await office.customer()
    await office.decide("approve")
    office.desk.wait(minutes=61)
    await office.tick()
    assert office.draft().status == "approved"
    assert [row.state for row in office.all("timers")] == ["done"]


async def test_what_is_undone_is_due_as_before(tmp_path: Path) -> None:
    office = Office(tmp_path, Approval(when_due="expire"), HOUR)
    await office.customer()
    await office.decide("approve")
    await office.reviewing.undo(1, "kim")
    office.desk.wait(minutes=61)
    await office.tick()
    assert office.draft().status == "expired"


async def test_who_writes_again_waits_no_longer_for_it(tmp_path: Path) -> None:
    office = Office(tmp_path, Approval(escalate_to="leads"), HOUR)
    await office.customer()
    await office.reviewing.assign(1, "lee", "kim")
    office.desk.wait(minutes=50)
    await office.customer()
    assert (office.draft(2).due_at, office.draft(2).assignee) == (office.draft(1).due_at, "lee")
    office.desk.wait(minutes=11)
    await office.tick()
    await office.customer()
    assert (office.draft(3).team, office.draft(3).escalated_at != "") == ("leads", True)


@pytest.mark.parametrize("page", [Messenger, Instagram])
def test_windows_are_those_of_the_channels(page: type[Messenger] | type[Instagram]) -> None:
    assert HOURS[page.kind] == page.capabilities.window_for_people_hours


async def test_every_platform_with_a_window_is_known() -> None:
    assert set(HOURS) == set(CHANNELS)
