"""The commands about what is published, each in a process of its own."""

import json
from pathlib import Path

import pytest

from integrations.cli.content import wish
from tests.cli.test_commands import quiethand


def test_drafts_are_made_listed_and_handed_out(data: Path, tmp_path: Path) -> None:
    table, calendar = tmp_path / "plan.csv", tmp_path / "plan.ics"
    done = quiethand(
        data, "calendar", "--about", "session summaries", "--starts", "2027-01-04",
        "--csv", str(table), "--ical", str(calendar), "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    plan = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["when"] for one in plan] == ["2027-01-05", "2027-01-06", "2027-01-07"]
    assert all(one["status"] == "open" and not one["blocks"] for one in plan)
    assert table.read_text(encoding="utf-8").count("2027-01-0") == 3
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") == 3
    assert str(plan[0]["id"]) in quiethand(data, "drafts").stdout


def test_a_rehearsal_keeps_nothing(data: Path) -> None:
    done = quiethand(data, "draft", "two tweets about badge printing", "--dry-run", "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["posts"]) == 2
    assert "badge printing" not in quiethand(data, "drafts").stdout


def test_a_day_that_is_none_is_refused(data: Path) -> None:
    done = quiethand(data, "calendar", "--starts", "soon")
    assert done.returncode == 2
    assert "'soon' is no day" in done.stderr


def test_a_feed_inside_the_network_is_not_read(data: Path) -> None:
    done = quiethand(data, "curate", "http://127.0.0.1:9/feed", "--about", "captions")
    assert "private network" in done.stderr
    assert "Of 0 entries none is near enough" in done.stdout


@pytest.mark.parametrize(
    ("typed", "wished"),
    [
        ("polls", "Draft a post about polls"),
        ("two tweets about polls", "Draft two tweets about polls"),
        ("write a post about polls", "write a post about polls"),
    ],
)
def test_few_words_are_a_whole_wish(typed: str, wished: str) -> None:
    assert wish(typed) == wished
