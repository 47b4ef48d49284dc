"""Who asks and what is meant decide the tool."""

import pytest

from integrations.models.scripted import ScriptedModel
from tests.desk import Desk

pytestmark = pytest.mark.anyio


async def test_two_half_sure_intents_of_one_tool_are_sure_together(desk: Desk) -> None:
    desk.language.expect("the cost by card", ("question", 0.45), ("evaluation", 0.4))
    assert (await desk.say("the cost by card"))["route"] == "help_centre"


async def test_an_insult_beside_a_wish_is_an_upset_customer(desk: Desk) -> None:
    desk.language.expect("my money, thieves", ("abuse", 0.9), ("account_request", 0.6))
    turn = await desk.say("my money, thieves")
    assert (turn["outcome"], turn["team"]) == ("handoff", "support")


@pytest.mark.parametrize(
    ("answer", "route"),
    [
        ({"intent": "question"}, "help_centre"),
        ({"intent": "analytics_for_everyone"}, "clarify"),
        ({"nonsense": 1}, "clarify"),
    ],
)
async def test_a_model_is_asked_only_when_unsure(
    desk: Desk, answer: dict[str, object], route: str
) -> None:
    model = ScriptedModel(answer)
    asked = Desk(desk.file.parent, model)
    asked.language.expect("hm the cost", ("complaint", 0.3), ("person_request", 0.2))
    assert (await asked.say("hm the cost"))["route"] == route
    assert sum("You route messages" in prompt for prompt in model.prompts) == 1
    await asked.say("what does Team cost?")
    assert sum("You route messages" in prompt for prompt in model.prompts) == 1


async def test_the_model_sees_placeholders_only(desk: Desk) -> None:
    model = ScriptedModel({"intent": "question"})
    asked = Desk(desk.file.parent, model)
    asked.language.expect("hm <EMAIL_1>", ("complaint", 0.2))
    await asked.say("hm kim.example@example.org")
    assert "<EMAIL_1>" in model.prompts[0]
    assert "kim.example" not in model.prompts[0]
