"""A customer's wish about their data: asked back, confirmed, and carried out by a person."""

import json
from pathlib import Path
from typing import Any

import pytest

from agents.state import Turn
from integrations.requests import PrivacyDesk
from integrations.store.missing import Missing
from integrations.store.requests import PrivacyRequest
from tests.desk import Desk

pytestmark = pytest.mark.anyio

ERASE, EXPORT = "delete everything you know about me", "send me a copy of my data"


class FakeErasing:
    """Remembers whom it was told to erase or collect."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []
        self.broken = False

    def erase(self, contact: str, by: str) -> dict[str, Any]:
        if self.broken:
            raise OSError("the disk is full")
        self.calls.append(("erase", contact, by))
        return {"lines": 4}

    def export(self, contact: str, by: str) -> dict[str, Any]:
        self.calls.append(("export", contact, by))
        return {"contact": contact, "lines": ["héllo"]}


@pytest.fixture
def erasing() -> FakeErasing:
    return FakeErasing()


@pytest.fixture
def people(desk: Desk, erasing: FakeErasing, tmp_path: Path) -> PrivacyDesk:
    return PrivacyDesk(desk.requests, erasing, desk.agent, tmp_path / "requests")


async def ask(desk: Desk, text: str = ERASE, **parts: str) -> Turn:
    desk.language.expect(text, ("privacy_request", 0.95))
    return await desk.say(text, **parts)


async def confirmed(desk: Desk, text: str = ERASE, **parts: str) -> PrivacyRequest:
    await ask(desk, text, **parts)
    assert (await desk.say("YES", **parts))["outcome"] == "handoff"
    return (await desk.requests.waiting())[-1]


@pytest.mark.parametrize(("text", "kind"), [(ERASE, "erase"), (EXPORT, "export")])
async def test_a_wish_is_kept_only_after_a_yes(desk: Desk, text: str, kind: str) -> None:
    asked = await ask(desk, text)
    assert (asked["outcome"], asked["route"]) == ("reply", "privacy")
    assert await desk.requests.waiting() == []
    turn = await desk.say("yes please")
    assert (turn["outcome"], turn["team"]) == ("handoff", "privacy")
    [request] = await desk.requests.waiting()
    assert (request["number"], request["kind"], request["conversation"]) == (1, kind, "c1")
    [handoff] = await desk.view.open_handoffs()
    assert f"Privacy request 1 ({kind})" in handoff["text"]


@pytest.mark.parametrize("answer", ["no", "ok", "yes, but not now", "yes?", "what does Team cost?"])
async def test_anything_but_a_yes_keeps_nothing(desk: Desk, answer: str) -> None:
    await ask(desk)
    await desk.say(answer)
    assert await desk.requests.waiting() == []


async def test_a_yes_counts_only_right_after_the_question(desk: Desk) -> None:
    await ask(desk)
    await desk.say("what does Team cost?")
    await desk.say("yes")
    await ask(desk)
    desk.wait(hours=25)
    await desk.say("yes")
    assert await desk.requests.waiting() == []


async def test_a_yes_written_before_the_question_confirms_nothing(desk: Desk) -> None:
    early = desk.message("yes")
    desk.wait(seconds=2)
    await ask(desk)
    await desk.agent.receive(early)
    assert await desk.requests.waiting() == []


@pytest.mark.parametrize(("by", "kept"), [("kim", 1), ("somebody-else", 0)])
async def test_only_whoever_asked_can_confirm(desk: Desk, by: str, kept: int) -> None:
    desk.language.expect(ERASE, ("privacy_request", 0.95))
    await desk.agent.receive({**desk.message(ERASE), "contact": "kim"})
    await desk.agent.receive({**desk.message("yes"), "contact": by})
    assert len(await desk.requests.waiting()) == kept


async def test_a_public_channel_neither_asks_nor_takes_a_yes(desk: Desk) -> None:
    assert (await ask(desk, channel="public"))["outcome"] == "handoff"
    await ask(desk, conversation="c2")
    turn = await desk.say("yes", conversation="c2", channel="public")
    assert (turn["outcome"], turn["team"]) == ("handoff", "privacy")
    assert await desk.requests.waiting() == []


async def test_a_clarifying_question_is_not_a_confirming_one(desk: Desk) -> None:
    desk.language.expect("hm my data", ("privacy_request", 0.4))
    assert (await desk.say("hm my data"))["route"] == "clarify"
    await desk.say("yes")
    assert await desk.requests.waiting() == []


async def test_the_same_yes_twice_is_one_request(desk: Desk) -> None:
    await ask(desk)
    first = await desk.say("yes", id="twice")
    assert await desk.say("yes", id="twice") == first
    number = await desk.requests.ask("erase", "c1", first["id"])
    assert [one["number"] for one in await desk.requests.waiting()] == [number]


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
