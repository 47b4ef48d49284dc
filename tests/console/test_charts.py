"""Small charts: what they show, in a picture, in words and in a table."""

import pytest

from integrations.console.charts import count, interval, lines, minutes, percent, stacks

DAYS = ["1 Nov", "2 Nov", "3 Nov", "4 Nov"]


def test_a_day_without_a_value_interrupts_the_line() -> None:
    chart = lines("a", "Rate", DAYS, [("rate", [0.2, 0.4, None, 0.6])])
    (rate,) = chart.series
    assert len(rate.dots) == 3
    assert [path.count("L") for path in rate.lines] == [1]
    assert [values for _, values in chart.rows] == [
        ["20\u202f%"],
        ["40\u202f%"],
        ["–"],
        ["60\u202f%"],
    ]


def test_higher_values_stand_higher_and_nothing_leaves_the_picture() -> None:
    chart = lines("a", "Rate", DAYS, [("rate", [0.0, 0.5, 0.75, 1.0])], top=1)
    heights = [dot.y for dot in chart.series[0].dots]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == chart.floor
    assert all(0 <= dot.y <= chart.floor for dot in chart.series[0].dots)
    assert all(chart.left <= dot.x <= chart.right for dot in chart.series[0].dots)


def test_stacked_bars_stand_on_each_other() -> None:
    chart = stacks("a", "Drafts", DAYS, [("one", [2, 0, 1, 3]), ("two", [1, 2, 0, 3])])
    below, above = chart.series
    assert (len(below.bars), len(above.bars)) == (3, 3)
    assert above.bars[0].y + above.bars[0].height == pytest.approx(below.bars[0].y, abs=0.2)
    assert chart.across[-1].text == "8"


def test_it_says_in_words_what_it_shows() -> None:
    chart = lines("a", "Rate", DAYS, [("rate", [0.2, 0.4, None, 0.3]), ("other", [None] * 4)])
    assert "rate: 30\u202f% last; between 20\u202f% (1 Nov) and 40\u202f% (2 Nov)." in chart.says
    assert "other: nothing yet." in chart.says


@pytest.mark.parametrize("number", [1, 2, 7, 28, 90])
def test_labels_never_crowd(number: int) -> None:
    labels = [str(day) for day in range(number)]
    chart = stacks("a", "Drafts", labels, [("one", [1] * number)])
    assert 1 <= len(chart.below) <= 6
    assert chart.below[-1].text == labels[-1]
    assert all(bar.width > 0 for bar in chart.series[0].bars)


def test_nothing_to_draw_is_said() -> None:
    assert lines("a", "Rate", DAYS, [("rate", [None] * 4)]).empty
    assert stacks("a", "Drafts", DAYS, [("one", [0] * 4)]).empty


@pytest.mark.parametrize(
    ("shown", "value", "words"),
    [
        (percent, 0.123, "12\u202f%"), (count, 12345, "12,345"), (minutes, 0.5, "30\u202fs"),
        (minutes, 45, "45\u202fmin"), (minutes, 150, "2.5\u202fh"), (minutes, 7200, "5\u202fd"),
        (minutes, 0, "0\u202fmin"),
    ],
)  # fmt: skip
def test_numbers_are_written_for_people(shown: object, value: float, words: str) -> None:
    assert callable(shown)
    assert shown(value) == words


@pytest.mark.parametrize(("part", "whole"), [(0, 5), (5, 5), (3, 10), (300, 1000)])
def test_an_interval_holds_the_share_and_shrinks_with_more(part: int, whole: int) -> None:
    low, high = interval(part, whole)
    assert 0 <= low <= part / whole <= high <= 1
    more_low, more_high = interval(part * 10, whole * 10)
    assert more_high - more_low < high - low
