"""The record that every turn leaves: what was done, how long it took, and with which words."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from agents.state import Turn
from integrations.cli.why import explained, traced
from integrations.models.scripted import ScriptedModel
from tests.desk import Desk
from tests.privacy.safe import quiethand

pytestmark = pytest.mark.anyio


async def unsure(folder: Path, *answers: dict[str, object]) -> tuple[Desk, Turn]:
    """Let a model be asked which intent a message with personal data has."""
    desk = Desk(folder, ScriptedModel(*answers))
    text = "hm kim.doe@example.org the cost"
    desk.language.expect("hm <EMAIL_1> the cost", ("complaint", 0.3), ("person_request", 0.2))
    return desk, await desk.say(text)


async def test_a_turn_keeps_its_steps_with_their_times(desk: Desk) -> None:
    turn = await desk.say("what does it cost?")
    names = [step["name"] for step in turn["steps"]]
    assert names == ["understanding", "routing", "answering", "policy", "reply"]
    assert set(turn["timings"]) == {*names, "total"}
    assert turn["models"] == []


async def test_a_turn_keeps_the_hash_of_every_text_that_it_used(tmp_path: Path) -> None:
    _, turn = await unsure(tmp_path, {"intent": "question"})
    assert "routing" in turn["prompts"]
    for name, fingerprint in turn["prompts"].items():
        content = files("prompts").joinpath(f"{name}.md").read_bytes()
        assert sha256(content).hexdigest().startswith(fingerprint)


async def test_a_turn_keeps_which_model_was_asked_and_nothing_that_was_said(
    tmp_path: Path,
) -> None:
    desk, turn = await unsure(tmp_path, {"intent": "question"}, {"nonsense": 1})
    assert [(use["model"], use["result"]) for use in turn["models"]] == [
        ("scripted", "filled"),
        ("scripted", "failed"),
    ]
    assert await desk.view.turn(turn["id"]) == turn
    assert "kim.doe" not in json.dumps(turn)


async def test_one_turn_does_not_keep_what_another_used(tmp_path: Path) -> None:
    desk, first = await unsure(tmp_path, {"intent": "question"})
    second = await desk.say("what does it cost?", conversation="c2")
    assert len(first["models"]) == 2
    assert "routing" not in second["prompts"]
    assert len(second["models"]) == 1  # it is asked to write the answer


async def test_a_turn_that_broke_keeps_what_it_says_instead(desk: Desk) -> None:
    turn = await desk.say("boom")
    assert (turn["outcome"], turn["steps"]) == ("handoff", [])
    assert "messages/handoff" in turn["prompts"]


async def test_why_tells_it_all(tmp_path: Path) -> None:
    desk, turn = await unsure(tmp_path, {"intent": "question"})
    with closing(sqlite3.connect(desk.file)) as db:
        db.execute("VACUUM INTO ?", [str(tmp_path / "connectsphere.sqlite")])
    told = quiethand(tmp_path, "why", turn["id"]).stdout
    for expected in (
        f"turn       {turn['id']} ",
        f"verdict    {turn['verdict']} because: {turn['reason']}\n",
        "step       policy ",
        f"text       prompts/routing.md {turn['prompts']['routing']}\n",
        "model      scripted filled in ",
    ):
        assert expected in told
    found = json.loads(quiethand(tmp_path, "why", turn["id"], "--json").stdout)
    assert (found["steps"], found["prompts"]) == (turn["steps"], turn["prompts"])
    assert (found["models"], found["reason"]) == (turn["models"], turn["reason"])


async def test_why_explains_a_turn_that_was_kept_before_all_this(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    turn = await desk.say("what does it cost?")
    older = {key: value for key, value in turn.items() if key not in ("prompts", "models")}
    assert "verdict    reply because: " in explained(older)  # type: ignore[arg-type]
    assert "models" not in traced(older)  # type: ignore[arg-type]
