"""Small charts as geometry; ``pages/chart.html`` draws them, with a table of the same numbers."""

from collections.abc import Callable, Sequence
from itertools import groupby
from math import ceil, floor, log10, sqrt

from integrations.console.drawing import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Bar,
    Chart,
    Dot,
    Mark,
    Series,
)

NARROW = "\u202f"  # a space at which no line is broken
MARKS = 4  # lines across, above the base
DATES = 4  # labels below, at most
FEW = 6  # of so many labels each is shown
TIMES = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)  # minutes between two lines
Shown = Callable[[float], str]
Values = Sequence[float | None]


def percent(value: float) -> str:
    """Write a share."""
    return f"{100 * value:.0f}{NARROW}%"


def count(value: float) -> str:
    """Write a number of things."""
    return f"{value:,.0f}"


def minutes(value: float) -> str:
    """Write a time to wait."""
    if 0 < value < 1:
        return f"{60 * value:.0f}{NARROW}s"
    if value < 60:
        return f"{value:.0f}{NARROW}min"
    unit, size = ("h", 60) if value < 2_880 else ("d", 1440)
    return f"{value / size:.1f}".removesuffix(".0") + f"{NARROW}{unit}"


def lines(
    id: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Values]],
    shown: Shown = percent,
    top: float | None = None,
) -> Chart:
    """Draw values over time, a line each; where one is missing, the line has a gap."""
    highest = top or _top([value for _, values in series for value in values], shown)
    places = _places(len(labels))
    drawn = []
    for number, (name, values) in enumerate(series, 1):
        dots = [
            Dot(places[at], _y(value, highest), f"{labels[at]}: {name} {shown(value)}")
            for at, value in enumerate(values)
            if value is not None
        ]
        drawn.append(Series(name, number, _paths(places, values, highest), dots))
    return _chart(id, title, labels, series, drawn, shown, highest, places)


def stacks(
    id: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[int]]],
    shown: Shown = count,
) -> Chart:
    """Draw counts over time, one on top of the other."""
    totals = [sum(values) for values in zip(*(values for _, values in series), strict=True)]
    highest = _top(totals, shown)
    places, wide = _places(len(labels), inside=True), _wide(len(labels))
    drawn, under = [], [0.0] * len(labels)
    for number, (name, values) in enumerate(series, 1):
        bars = []
        for at, value in enumerate(values):
            if value > 0:
                y = _y(under[at] + value, highest)
                high = _y(under[at], highest) - y
                said = f"{labels[at]}: {name} {shown(value)}"
                bars.append(Bar(_r(places[at] - wide / 2), y, _r(wide), _r(high), said))
                under[at] += value
        drawn.append(Series(name, number, bars=bars))
    return _chart(id, title, labels, series, drawn, shown, highest, places)


def interval(part: int, whole: int) -> tuple[float, float]:
    """Return between what a share lies, nineteen times of twenty (Wilson)."""
    z, share = 1.96, part / whole
    centre = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)


def _chart(
    id: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Values]],
    drawn: Sequence[Series],
    shown: Shown,
    highest: float,
    places: Sequence[float],
) -> Chart:
    steps = [highest * step / MARKS for step in range(MARKS + 1)]
    across = [Mark(_y(value, highest), shown(value)) for value in steps]
    rows = [
        (label, ["–" if values[at] is None else shown(values[at] or 0) for _, values in series])
        for at, label in enumerate(labels)
    ]
    says = " ".join(_summary(name, values, labels, shown) for name, values in series)
    names = [name for name, _ in series]
    return Chart(id, title, says, drawn, across, _below(labels, places), names, rows)


def _summary(name: str, values: Values, labels: Sequence[str], shown: Shown) -> str:
    there = [
        (value, label) for value, label in zip(values, labels, strict=True) if value is not None
    ]
    if not there:
        return f"{name}: nothing yet."
    (low, when), (high, then) = min(there), max(there)
    last = shown(there[-1][0])
    return f"{name}: {last} last; between {shown(low)} ({when}) and {shown(high)} ({then})."


def _below(labels: Sequence[str], places: Sequence[float]) -> list[Mark]:
    if len(labels) <= FEW:
        return [Mark(_r(place), label) for place, label in zip(places, labels, strict=True)]
    every, last = ceil((len(labels) - 1) / (DATES - 1)), len(labels) - 1
    chosen = reversed(range(last, -1, -every))
    return [Mark(_r(places[at]), labels[at], "end" if at == last else "middle") for at in chosen]


def _paths(places: Sequence[float], values: Values, highest: float) -> list[str]:
    """Return a path for each run of days with values."""
    pairs = list(zip(places, values, strict=True))
    runs = [list(run) for there, run in groupby(pairs, lambda pair: pair[1] is not None) if there]
    points = [[f"{_r(x)} {_y(value or 0, highest)}" for x, value in run] for run in runs]
    return [f"M{' L'.join(run)}" for run in points if len(run) > 1]


def _top(values: Values, shown: Shown) -> float:
    """Return a round number that nothing goes beyond, which the marks divide well."""
    highest = max((value for value in values if value is not None), default=0)
    if shown is percent:
        return next(top for top in (0.04, 0.2, 0.4, 1.0) if top >= highest)
    step = highest / MARKS
    if shown is minutes:
        return float(MARKS * next((one for one in TIMES if one >= step), 1440 * ceil(step / 1440)))
    if step <= 1:
        return float(MARKS)
    size = 10 ** floor(log10(step))
    return float(MARKS * ceil(next(one for one in (1, 2, 2.5, 5, 10) if one * size >= step) * size))


def _y(value: float, highest: float) -> float:
    return _r(HEIGHT - BOTTOM - value / highest * (HEIGHT - BOTTOM - TOP))


def _places(number: int, inside: bool = False) -> list[float]:
    """Return where each label stands; bars stand inside, lines reach both ends."""
    room = WIDTH - LEFT - RIGHT
    if inside or number == 1:
        return [LEFT + room * (at + 0.5) / number for at in range(number)]
    return [LEFT + room * at / (number - 1) for at in range(number)]


def _wide(number: int) -> float:
    return min(28.0, 0.76 * (WIDTH - LEFT - RIGHT) / number)


def _r(number: float) -> float:
    return round(number, 1)
