"""What people type to put conversations away and to see what is due."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import insert
from typer.testing import CliRunner

from integrations.cli.timers_commands import register
from integrations.store.database import open_database
from integrations.store.running_schema import timers
from integrations.store.schema import conversations

Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which a person has conversation c1."""
    monkeypatch.setenv("QUIETHAND_DATA", str(tmp_path))
    file = tmp_path / "connectsphere.sqlite"
    engine = open_database(file)
    row = {"contact": "c1", "channel": "test", "audience": "customer", "version": 1, "episode": 1}
    row |= {"owner": "person", "team": "support", "memory": {}, "updated_at": ""}
    with engine.begin() as db:
        db.execute(insert(conversations).values(id="c1", **row))
    engine.dispose()
    return file


@pytest.fixture
def run(file: Path) -> Run:
    app = typer.Typer()
    register(app)

    def run(*words: str) -> list[dict[str, Any]]:
        result = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False)
        assert result.exit_code == 0
        return [json.loads(line) for line in result.stdout.splitlines()]

    return run


def test_a_conversation_is_put_away_and_taken_back(run: Run) -> None:
    away = run("snooze", "c1", "--for", "2h", "--by", "kim", "--why", "call +49 555 123456 first")
    assert away[0]["why"] == "call <PHONE_1> first"
    (listed,) = run("timers")
    assert (listed["kind"], listed["by"], listed["run_at"][:16]) == (
        "snooze", "kim", away[0]["until"][:16]
    )  # fmt: skip
    assert run("unsnooze", "c1", "--by", "ana") == [{"conversation": "c1", "by": "ana"}]
    assert run("timers") == []


def test_a_dead_timer_is_seen_and_tried_again(run: Run, file: Path) -> None:
    engine = open_database(file)
    row = {"conversation": "c1", "kind": "hand_back", "state": "dead", "attempts": 6}
    with engine.begin() as db:
        db.execute(insert(timers).values(**row, by="quiethand", why="", at=""))
    engine.dispose()
    (dead,) = run("timers")
    assert (dead["state"], dead["attempts"]) == ("dead", 6)
    run("timers", "retry", str(dead["id"]))
    assert [one["state"] for one in run("timers")] == ["ready"]
