"""Times as people type them, and what they are told about others."""

from datetime import UTC, datetime, timedelta

import pytest

from integrations.cli.moments import duration, moment
from integrations.store.missing import Missing

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "minutes"), [("30m", 30), ("2h", 120), ("3d", 4320), (" 2 H ", 120)]
)
def test_a_duration_is_a_number_and_a_letter(text: str, minutes: int) -> None:
    assert duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "2", "h", "-2h", "0h", "2w", "1h30m", "999999d", "two h"])
def test_another_duration_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Missing, match="write 30m, 2h or 3d"):
        duration(text)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("2026-11-23T09:00", 8), ("2026-11-23 09:00", 8), ("2026-11-23T09:00+00:00", 9)],
)
def test_a_time_without_a_zone_is_the_brands(text: str, hour: int) -> None:
    found = moment(text, "", NOW, "Europe/Berlin")
    assert found.astimezone(UTC) == datetime(2026, 11, 23, hour, tzinfo=UTC)


@pytest.mark.parametrize("text", ["tomorrow", "9:00", "2026-13-01"])
def test_another_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Missing, match="2026-11-23T09:00"):
        moment(text, "", NOW, "UTC")


@pytest.mark.parametrize(("until", "lasting"), [("", ""), ("2026-11-23", "2h")])
def test_one_of_the_two_is_said(until: str, lasting: str) -> None:
    with pytest.raises(Missing, match="either"):
        moment(until, lasting, NOW, "UTC")
