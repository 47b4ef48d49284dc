"""A plan puts posts on days, and is handed out as a table and as a calendar."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest

from tests.drafting.shelf import asked
from tools.drafting.calendar import Planned, as_csv, as_ical, days

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
PLAN = [
    Planned(7, "linkedin", date(2026, 11, 24), "How, and why?\nLine; two", "open"),
    Planned(8, "x", date(2027, 7, 1), "=1+1", "approved"),
]


def events(body: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


@pytest.mark.parametrize("per_week", range(1, 15))
def test_days_come_in_order_and_never_before_the_beginning(per_week: int) -> None:
    found = days(date(2026, 11, 19), 2, per_week)
    assert len(found) == 2 * per_week
    assert found == sorted(found)
    assert found[0] >= date(2026, 11, 19)


@pytest.mark.anyio
async def test_a_plan_is_spread_over_its_weeks_and_networks() -> None:
    answer = await asked("content calendar for next week about session summaries, linkedin and x")
    plan = [(post["network"], post["when"]) for post in answer["posts"]]
    assert plan == [
        ("linkedin", "2026-11-24"), ("x", "2026-11-25"), ("linkedin", "2026-11-26"),
    ]  # fmt: skip
    assert "A plan from 24 November to 26 November 2026, 3 posts a week." in answer["text"]


@pytest.mark.anyio
async def test_a_plan_says_when_the_facts_run_out() -> None:
    answer = await asked("content calendar for 6 weeks about polls, 5 posts a week")
    texts = [tuple(post["parts"]) for post in answer["posts"]]
    assert len(set(texts)) == len(texts) < 30
    assert "without saying a thing twice" in answer["text"]


def test_a_table_can_be_read_again_and_works_nothing_out() -> None:
    first, second = csv.DictReader(io.StringIO(as_csv(PLAN, "10:00")))
    assert (first["day"], first["time"], first["text"]) == ("2026-11-24", "10:00", PLAN[0].text)
    assert second["text"] == "'=1+1"


def test_a_calendar_can_be_read_again_in_any_zone() -> None:
    body = as_ical(PLAN, "10:00", "Europe/Berlin", "ConnectSphere", NOW)
    first, second = events(body)
    assert first["dtstart"].dt == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert second["dtstart"].dt == datetime(2027, 7, 1, 8, tzinfo=UTC)
    assert (first["status"], second["status"]) == ("TENTATIVE", "CONFIRMED")
    assert first["summary"] == "linkedin: How, and why?"
    assert str(first["description"]) == PLAN[0].text
    assert first["uid"] != second["uid"]


def test_an_empty_plan_is_still_a_calendar() -> None:
    body = as_ical([], "10:00", "UTC", "ConnectSphere", NOW)
    assert events(body) == []
