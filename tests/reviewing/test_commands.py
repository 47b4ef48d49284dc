"""What a reviewer types in the terminal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from integrations.cli.main import app
from integrations.store.missing import Missing

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("QUIETHAND_DATA", str(data))

    def run(*words: str) -> dict[str, Any]:
        result = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False)
        assert result.exit_code == 0
        found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
        return found

    return run


@pytest.fixture
def draft(run: Run) -> str:
    return str(run("say", "How much is the Team plan?", "--channel", "public")["draft"])


def test_a_draft_is_rewritten_approved_and_taken_back(run: Run, draft: str) -> None:
    kim = ("--by", "kim")
    asked = run("drafts", "rewrite", draft, 'say "is" instead of "costs"', *kim)
    assert (asked["status"], asked["revision"]) == ("open", 2)
    decided = run("drafts", "approve", draft, *kim)
    assert (decided["status"], decided["outcome"]) == ("approved", "reply")
    assert decided["leaves_at"][11:19] in decided["said"]
    back = run("drafts", "undo", draft, *kim)
    assert (back["status"], back["revision"]) == ("open", 3)
    shown = run("drafts", "show", draft)
    assert [one["action"] for one in shown["decisions"]] == ["rewrite", "approve", "undo"]


def test_a_draft_is_put_away_given_away_and_taken(run: Run, draft: str) -> None:
    assert run("drafts", "snooze", draft, "--for", "2h", "--why", "later")["status"] == "open"
    assert run("drafts", "assign", draft, "lee")["said"] == "It is lee's now."
    assert run("drafts", "assign", draft, "-")["said"] == "It is nobody's now."
    taken = run("drafts", "take", draft, "--by", "lee")
    assert taken["status"] == "taken_over"
    place = taken["conversation"]
    assert run("handoffs", "note", place, "a regular", "--by", "lee")["by"] == "lee"
    assert run("handoffs", "back", place, "--by", "lee")["conversation"] == place
    assert run("handoffs", "take", place, "--by", "lee")["conversation"] == place


def test_a_reason_begins_with_a_code(run: Run, draft: str) -> None:
    with pytest.raises(Missing, match="duplicate"):
        run("drafts", "reject", draft, "--why", "because")
    assert run("drafts", "reject", draft, "--why", "duplicate: see 3")["status"] == "rejected"
