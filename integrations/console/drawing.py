"""What a small chart consists of."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 170  # of the drawing; it grows and shrinks with its place
LEFT, RIGHT, TOP, BOTTOM = 38, 8, 10, 24  # room for labels


@dataclass(frozen=True)
class Mark:
    """A line across, or a label below."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Dot:
    """One value."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Bar:
    """One value as a rectangle."""

    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True)
class Series:
    """One kind of value over all labels."""

    name: str
    number: int  # which of the looks it has
    lines: Sequence[str] = ()  # paths; a day without a value interrupts
    dots: Sequence[Dot] = ()
    bars: Sequence[Bar] = ()


@dataclass(frozen=True)
class Chart:
    """A picture, what it says in words, and its numbers."""

    id: str
    title: str
    says: str
    series: Sequence[Series]
    across: Sequence[Mark]
    below: Sequence[Mark]
    names: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]  # of the table
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    floor: float = HEIGHT - BOTTOM

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to draw."""
        return not any(one.dots or one.bars for one in self.series)
