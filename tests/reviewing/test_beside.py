"""Beside deciding, people put drafts away, give them to each other and leave notes."""

from datetime import timedelta

import pytest

from agents.deps import StaleDecision
from integrations.retention import sweep
from integrations.store.desk import SqlDesk
from integrations.store.missing import Missing
from knowledge.brands.brand import Retention
from tests.reviewing.office import ANSWER, Office

pytestmark = pytest.mark.anyio


async def test_a_draft_is_put_away_until_a_time(office: Office) -> None:
    await office.customer()
    until = office.desk.now() + timedelta(hours=2)
    await office.reviewing.snooze(1, until, "kim", "ask +49 555 010 1234")
    assert office.draft().snoozed_until == until.isoformat()
    assert office.history() == [("snooze", 1, "kim")]
    assert "010" not in office.all("decisions")[0].reason
    listed = SqlDesk(office.engine, office.desk.now).open_drafts
    assert await listed() == []
    office.desk.wait(hours=3)
    assert [one["id"] for one in await listed()] == [1]
    assert (await office.decide("approve")).status == "approved"


async def test_a_time_that_is_over_is_refused(office: Office) -> None:
    await office.customer()
    with pytest.raises(Missing, match="is over"):
        await office.reviewing.snooze(1, office.desk.now(), "kim")


async def test_a_draft_is_given_to_a_colleague(office: Office) -> None:
    await office.customer()
    decided = await office.reviewing.assign(1, "lee", "kim")
    assert (office.draft().assignee, decided.status) == ("lee", "open")
    await office.reviewing.assign(1, "", "lee")
    assert office.draft().assignee == ""


async def test_what_was_decided_is_not_given_to_anybody(office: Office) -> None:
    await office.customer()
    await office.decide("reject")
    with pytest.raises(StaleDecision, match="Already rejected"):
        await office.reviewing.assign(1, "lee", "kim")


async def test_a_note_is_kept_redacted_and_never_sent(office: Office) -> None:
    await office.customer()
    await office.reviewing.note(office.name(), "Call +49 555 010 1234 first.", "kim")
    note = office.all("notes")[0]
    assert (note.by, "010" in note.text) == ("kim", False)
    assert office.vault.restore(office.name(), note.text) == "Call +49 555 010 1234 first."
    assert await office.deliver() == []


async def test_nobody_takes_over_what_people_have(office: Office) -> None:
    await office.customer()
    await office.reviewing.take_over(office.name(), "kim")
    with pytest.raises(Missing, match="already has"):
        await office.reviewing.take_over(office.name(), "lee")
    await office.reviewing.hand_back(office.name(), "kim")
    assert office.all("conversations")[0].owner == "agent"


async def test_what_is_too_old_goes_with_all_that_hangs_on_it(office: Office) -> None:
    await office.customer()
    await office.reviewing.note(office.name(), "a regular", "kim")
    await office.decide("approve")
    assert await office.deliver() == [ANSWER]
    office.desk.wait(days=400)
    sweep(office.engine, Retention(), office.desk.now)
    for table in ("drafts", "revisions", "decisions", "notes", "conversations"):
        assert office.all(table) == []
    assert len(office.all("audit")) == 2  # who did what is kept
