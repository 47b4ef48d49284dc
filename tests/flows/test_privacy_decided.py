"""What comes of a request when a person has decided."""

import json
from pathlib import Path

import pytest

from integrations.requests import PrivacyDesk
from integrations.store.missing import Missing
from tests.desk import Desk
from tests.flows.privacy_asking import EXPORT, FakeErasing, confirmed

pytestmark = pytest.mark.anyio


async def test_an_approved_erasure_leaves_no_name(
    desk: Desk, people: PrivacyDesk, erasing: FakeErasing
) -> None:
    await confirmed(desk)
    done = await people.approve(1, "Privacy team")
    assert erasing.calls == [("erase", "c1", "Privacy team")]
    assert (done.report, done.request["conversation"]) == ({"lines": 4}, "")
    assert await people.waiting() == []
    assert await desk.requests.alike("c1") == []
    with pytest.raises(Missing, match="Already done by Privacy team"):
        await people.approve(1, "somebody else")


async def test_an_erasure_settles_all_requests_of_the_person(
    desk: Desk, people: PrivacyDesk, erasing: FakeErasing
) -> None:
    await confirmed(desk)
    await desk.agent.hand_back("c1", "Privacy team")
    await confirmed(desk, EXPORT)
    await confirmed(desk, conversation="another")
    await people.approve(1, "Privacy team")
    assert [one["number"] for one in await people.waiting()] == [3]
    assert len(erasing.calls) == 1


async def test_an_erasure_that_breaks_stays_open(
    desk: Desk, people: PrivacyDesk, erasing: FakeErasing
) -> None:
    await confirmed(desk)
    erasing.broken = True
    with pytest.raises(OSError, match="disk"):
        await people.approve(1, "Privacy team")
    assert [one["number"] for one in await people.waiting()] == [1]


async def test_an_approved_copy_is_a_file_for_one_reader(
    desk: Desk, people: PrivacyDesk, tmp_path: Path
) -> None:
    await confirmed(desk, EXPORT)
    done = await people.approve(1, "Privacy team")
    assert done.file == tmp_path / "requests" / "1.json"
    assert done.file.stat().st_mode & 0o777 == 0o600
    assert json.loads(done.file.read_text(encoding="utf-8"))["lines"] == ["héllo"]
    assert await people.waiting() == []


async def test_an_erasure_takes_the_copy_too(desk: Desk, people: PrivacyDesk) -> None:
    await confirmed(desk, EXPORT)
    copy = (await people.approve(1, "Privacy team")).file
    assert copy
    assert copy.exists()
    await desk.agent.hand_back("c1", "Privacy team")
    await confirmed(desk)
    await people.approve(2, "Privacy team")
    assert not copy.exists()


async def test_the_handoff_says_what_came_of_a_request(desk: Desk, people: PrivacyDesk) -> None:
    await confirmed(desk, EXPORT)
    await confirmed(desk, conversation="c2")
    await people.approve(1, "Privacy team")
    await people.reject(2, "Privacy team", "An open invoice needs these details.")
    notes = [one["text"] for one in await desk.view.open_handoffs()]
    assert "request 1 (export) is done by Privacy team; then: quiethand handoffs back" in notes[0]
    assert "request 2 (erase) is rejected by Privacy team" in notes[1]
    assert not any("requests approve" in note for note in notes)


async def test_a_decision_has_a_name(desk: Desk, people: PrivacyDesk) -> None:
    await confirmed(desk)
    with pytest.raises(Missing, match="--by"):
        await people.approve(1, " ")
    with pytest.raises(Missing, match="--by"):
        await people.reject(1, "", "Not possible.")
    assert [one["number"] for one in await people.waiting()] == [1]


async def test_a_rejected_request_is_explained(
    desk: Desk, people: PrivacyDesk, erasing: FakeErasing
) -> None:
    await confirmed(desk)
    done = await people.reject(1, "Privacy team", "An open invoice needs these details.")
    assert (done.untold, erasing.calls) == ("", [])
    assert (await desk.outbox())[-1] == "An open invoice needs these details."
    with pytest.raises(Missing, match="Already rejected by Privacy team"):
        await people.reject(1, "somebody else", "Too late.")


async def test_whoever_cannot_be_told_is_named(desk: Desk, people: PrivacyDesk) -> None:
    await confirmed(desk)
    await desk.agent.hand_back("c1", "Privacy team")
    done = await people.reject(1, "Privacy team", "Not possible.")
    assert "The agent already has" in done.untold
    assert await people.waiting() == []


async def test_a_rejection_has_a_reason(desk: Desk, people: PrivacyDesk) -> None:
    await confirmed(desk)
    with pytest.raises(Missing, match="--why"):
        await people.reject(1, "Privacy team", " ")
    with pytest.raises(Missing, match="no request 9"):
        await people.approve(9, "Privacy team")
