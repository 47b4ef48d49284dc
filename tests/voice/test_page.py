"""The page about the voice: rules beside the edits that show them, and a text held against them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.console.roles import Role
from integrations.store.voice import VoiceRules
from tests.console.desk_house import DeskHouse
from tests.voice.rows import Edited

pytestmark = pytest.mark.anyio
PATH = "/desk/voice"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[DeskHouse]:
    built = DeskHouse(tmp_path)
    yield built
    built.close()


@pytest.fixture
def rules(house: DeskHouse) -> VoiceRules:
    return VoiceRules(house.engine, house.desk.now)


async def test_a_rule_is_proposed_beside_its_edits_and_approved(
    house: DeskHouse, rules: VoiceRules
) -> None:
    Edited(house.engine).habit("ship", "send", 6)
    browser = house.client_as("marketer")
    page = await browser.after(f"{PATH}/learn")
    assert "1 proposed, from 6 edits" in page.text
    assert "Say &#34;send&#34; instead of &#34;ship&#34;." in page.text
    assert "<del>ship</del>" in page.text
    assert "<ins>send</ins>" in page.text
    (one,) = rules.all("proposed")
    approved = await browser.after(f"{PATH}/{one.id}", do="approve")
    assert "version 1" in approved.text
    assert [one.rule.kind for one in rules.learned()] == ["say"]
    assert "Refused and undone" in (await browser.after(f"{PATH}/{one.id}", do="undo")).text
    assert rules.learned() == ()


async def test_a_late_decision_is_told_who_was_first(house: DeskHouse, rules: VoiceRules) -> None:
    Edited(house.engine).habit("ship", "send", 6)
    browser = house.client_as("admin")
    await browser.post(f"{PATH}/learn")
    (one,) = rules.all()
    await browser.post(f"{PATH}/{one.id}", do="refuse")
    assert "already refused by ada" in (await browser.after(f"{PATH}/{one.id}", do="approve")).text
    assert "Say what to do" in (await browser.after(f"{PATH}/{one.id}", do="sing")).text


async def test_a_text_is_scored_with_the_reasons_marked(house: DeskHouse) -> None:
    page = await house.client_as("viewer").post(f"{PATH}/check", text="It can't <b>wait</b>!")
    assert page.status_code == 200
    assert 'title="Write &#34;cannot&#34; instead of &#34;can&#39;t&#34;."' in page.text
    assert "<ins>cannot</ins>" in page.text
    assert "<b>wait" not in page.text


@pytest.mark.parametrize(
    ("role", "may"), [("viewer", False), ("community manager", False), ("marketer", True)]
)
async def test_who_may_decide_sees_the_buttons(house: DeskHouse, role: Role, may: bool) -> None:
    page = await house.client_as(role).get(PATH)
    assert page.status_code == 200
    assert ("Look at the edits again" in page.text) is may
    answer = await house.client_as(role).post(f"{PATH}/learn")
    assert (answer.status_code == 303) is may


async def test_a_page_without_rules_says_how_they_come(house: DeskHouse) -> None:
    assert "No rule waits" in (await house.client_as("viewer").get(PATH)).text
