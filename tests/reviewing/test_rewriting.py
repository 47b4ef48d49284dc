"""A rewrite says the same another way: facts and their marks stay, and the draft waits on."""

from pathlib import Path
from typing import Any

import pytest

from agents.deciding.rewording import reworded
from agents.deps import StaleDecision
from integrations.models.scripted import ScriptedModel
from tests.reviewing.office import ANSWER, Office

pytestmark = pytest.mark.anyio
TEXT = (
    "Hi there! The Team plan costs €149 per month. [1] You can switch it; just open Settings. [2]\n"
    "- Really great tips! 🎉 #EventTips\n"
    "Don't worry, we're here."
)
FACTS = "The Team plan costs €149 per month. [1] You can switch it; just open Settings. [2]"


@pytest.mark.parametrize(
    ("wish", "gone", "stays"),
    [
        ("no exclamation marks", "!", "Hi there."),
        ("no emoji please", "🎉", "tips!"),
        ("without hashtags", "#", "🎉"),
        ("more formal", "Don't", "Hello there! The Team plan costs €149"),
        ("simpler", ";", "switch it. Just open Settings. [2]\n-"),
        ("drop the last sentence", "worry", "#EventTips"),
        ("drop the second sentence", "[1]", "[2]"),
        ('remove "tips"', "#EventTips", "Don't worry"),
        ('replace "Settings" with "your settings"', "Settings", "your settings. [2]"),
        ("Shorter!", "worry", "[2]"),
    ],
)
def test_it_does_what_was_wished_for(wish: str, gone: str, stays: str) -> None:
    said = reworded(TEXT, wish)
    assert gone not in said
    assert stays in said


def test_several_wishes_are_heard_at_once() -> None:
    assert reworded(TEXT, "shorter, and no exclamation marks") == FACTS


@pytest.mark.parametrize("wish", ["make it sing", 'replace "€149" with "€99"', 'drop "nonsense"'])
def test_what_is_not_understood_or_untrue_changes_nothing(wish: str) -> None:
    assert reworded(TEXT, wish) == TEXT


def test_one_sentence_cannot_get_shorter_by_leaving_it_out() -> None:
    assert reworded(ANSWER, "shorter, drop the last sentence") == ANSWER


async def test_a_rewrite_is_a_new_revision_that_waits(office: Office) -> None:
    await office.customer()
    decided = await office.decide("rewrite", reason='say "is" instead of "costs"')
    assert (decided.status, decided.revision) == ("open", 2)
    assert office.words() == [ANSWER, "The Team plan is €149 per month. [1]"]
    assert [row.note for row in office.all("revisions")] == ["", 'say "is" instead of "costs"']
    with pytest.raises(StaleDecision, match="revision 2"):
        await office.decide("approve", revision=1, by="lee")
    await office.decide("approve", revision=2, by="lee")
    assert await office.deliver() == ["The Team plan is €149 per month. [1]"]


def sentence(text: str, *evidence: int) -> dict[str, Any]:
    return {"text": text, "evidence": list(evidence)}


@pytest.mark.parametrize(
    ("made", "taken"),
    [
        ([sentence("Per month, the Team plan costs €149.", 1)], True),
        ([sentence("The Team plan costs €99 per month.", 1)], False),  # another price
        ([sentence("The Team plan has a price per month.", 1)], False),  # the price is lost
        ([sentence("The Team plan costs €149 per month.")], False),  # its evidence is lost
        ([sentence("The Team plan costs €149 per month.", 7)], False),  # nobody knows 7
        (
            [sentence("The Team plan costs €149 per month.", 1), sentence("We will refund it.")],
            False,
        ),
        ([sentence("The Team plan costs €149 per month for <PERSON_9>.", 1)], False),
        ([], False),
    ],
)
async def test_a_models_words_are_taken_where_they_say_the_same(
    tmp_path: Path, made: list[dict[str, Any]], taken: bool
) -> None:
    office = Office(tmp_path, model=ScriptedModel({"sentences": made}))
    await office.customer()
    await office.decide("rewrite", reason='friendlier, and "is" instead of "costs"')
    kept = office.words()[-1]
    assert (kept == f"{made[0]['text']} [1]") if taken else (kept == ANSWER)
    office.close()


async def test_a_model_that_is_down_leaves_the_rules(tmp_path: Path) -> None:
    office = Office(tmp_path, model=ScriptedModel())
    await office.customer()
    await office.decide("rewrite", reason='say "is" instead of "costs"')
    assert office.words()[-1] == "The Team plan is €149 per month. [1]"
    office.close()
