"""The voice in the terminal."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from integrations.cli.main import app
from integrations.store.database import open_database
from integrations.store.missing import Missing
from tests.voice.rows import Edited

Run = Callable[..., Result]


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Edited]:
    (tmp_path / "brands" / "connectsphere").mkdir(parents=True)
    engine = open_database(tmp_path / "connectsphere.sqlite")
    yield Edited(engine)
    engine.dispose()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("QUIETHAND_DATA", str(tmp_path))

    def command(*words: str, stdin: str = "") -> Result:
        return CliRunner().invoke(app, ["voice", *words], input=stdin)

    return command


def test_the_rules_are_shown(run: Run) -> None:
    assert 'Say "attendee" instead of "participant".' in run("show").stdout
    assert run().stdout == run("show").stdout
    rows = json.loads(run("show", "--json").stdout)
    assert rows["version"] == 0
    assert "marks" in [one["rule"]["kind"] for one in rows["rules"]]


def test_a_text_is_scored_with_reasons_and_a_suggestion(run: Run) -> None:
    shown = run("check", "We can't help the participants!").stdout
    assert "in the voice of the brand" in shown
    assert "«can't»" in shown
    assert "We cannot help the attendees." in shown
    row = json.loads(run("check", "-", "--json", stdin="It works!").stdout)
    assert row["score"] < 1
    assert [one["start"] for one in row["findings"]] == [8]
    assert run("check", "It works.").stdout.endswith("Nothing to mend.\n")


def test_without_edits_it_is_said_what_to_do(run: Run) -> None:
    assert "quiethand drafts edit" in run("learn").stdout


def test_a_rule_is_learned_approved_and_undone(run: Run, edited: Edited) -> None:
    edited.habit("ship", "send", 6)
    assert 'Say "send" instead of "ship".' in run("learn", "--dry-run").stdout
    assert "Proposed" not in run("show").stdout
    row = json.loads(run("learn", "--json").stdout)
    assert (row["support"], row["state"], len(row["edits"])) == (6, "proposed", 6)
    number = str(row["id"])
    assert "holds from now on" in run("approve", number, "--by", "kim").stdout
    assert "learned" in run("show").stdout
    assert json.loads(run("check", "We ship it.", "--json").stdout)["suggestion"] == "We send it."
    assert "holds no longer" in run("undo", number).stdout
    assert isinstance(run("refuse", number).exception, Missing)


def test_a_refused_rule_can_be_proposed_again(run: Run, edited: Edited) -> None:
    edited.habit("ship", "send", 6)
    number = str(json.loads(run("learn", "--json").stdout)["id"])
    assert "not be proposed again" in run("refuse", number).stdout
    assert "proposed again" in run("undo", number).stdout


def test_what_the_page_says_already_is_told_apart(run: Run, edited: Edited) -> None:
    edited.habit("utilise", "use", 6)
    assert "holds already" in run("learn").stdout
    assert json.loads(run("learn", "--json").stdout)["state"] == "held"


def test_a_rule_that_is_not_there_says_where_rules_come_from(run: Run) -> None:
    assert "quiethand voice learn" in str(run("approve", "7").exception)
