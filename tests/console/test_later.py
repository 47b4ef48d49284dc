"""What is put away comes back when people there would say so."""

from datetime import datetime

import pytest

from integrations.console.later import LATER, moment

NOW = datetime.fromisoformat("2026-11-18T22:30:00+00:00")  # a Wednesday; 23:30 in Berlin


@pytest.mark.parametrize(
    ("choice", "back"),
    [
        ("hour", "2026-11-18T23:30:00+00:00"),
        ("three", "2026-11-19T01:30:00+00:00"),
        ("morning", "2026-11-19T08:00:00+00:00"),
        ("monday", "2026-11-23T08:00:00+00:00"),
    ],
)
def test_it_comes_back_where_the_brand_is(choice: str, back: str) -> None:
    assert choice in LATER
    assert moment(choice, NOW, "Europe/Berlin") == datetime.fromisoformat(back)


def test_on_a_monday_it_is_the_next_one() -> None:
    monday = datetime.fromisoformat("2026-11-16T07:00:00+00:00")
    assert moment("monday", monday, "UTC") == datetime.fromisoformat("2026-11-23T09:00:00+00:00")


def test_the_clocks_that_change_meanwhile_change_it_too() -> None:
    friday = datetime.fromisoformat("2026-10-23T12:00:00+00:00")
    back = moment("monday", friday, "Europe/Berlin")
    assert back == datetime.fromisoformat("2026-10-26T08:00:00+00:00")


def test_another_time_is_no_choice() -> None:
    assert moment("never", NOW, "UTC") is None
