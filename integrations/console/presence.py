"""Who looks at the same draft or conversation right now, and who types there."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

OPENED = timedelta(seconds=60)  # that a page without a script counts as looked at
TYPING = timedelta(seconds=6)
MOST = 2_000  # places; the oldest are forgotten


@dataclass(frozen=True)
class Other:
    """Somebody else who is there."""

    name: str
    typing: bool


@dataclass
class _Place:
    streams: Counter[str] = field(default_factory=Counter)
    opened: dict[str, datetime] = field(default_factory=dict)
    typed: dict[str, datetime] = field(default_factory=dict)


class Presence:
    """Remembers for this process; nothing of it is stored."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._places: dict[str, _Place] = {}

    def opened(self, place: str, who: str) -> None:
        """Count somebody in for a while, or until their open page is closed."""
        self._at(place).opened[who] = self._clock() + OPENED

    @contextmanager
    def here(self, place: str, who: str) -> Iterator[None]:
        """Count somebody in as long as their page is open."""
        there = self._at(place)
        there.streams[who] += 1
        try:
            yield
        finally:
            there.streams[who] -= 1
            if there.streams[who] <= 0:
                del there.streams[who]
                there.opened.pop(who, None)
                there.typed.pop(who, None)

    def types(self, place: str, who: str) -> None:
        """Remember that somebody types there."""
        self._at(place).typed[who] = self._clock() + TYPING

    def left(self, place: str, who: str) -> None:
        """Forget somebody who is done there."""
        there = self._at(place)
        there.opened.pop(who, None)
        there.typed.pop(who, None)

    def others(self, place: str, who: str) -> list[Other]:
        """Return who else is there."""
        there, now = self._places.get(place), self._clock()
        if there is None:
            return []
        names = {*there.streams, *(name for name, end in there.opened.items() if end > now)}
        names |= {name for name, end in there.typed.items() if end > now}
        typing = {name for name, end in there.typed.items() if end > now}
        return [Other(name, name in typing) for name in sorted(names - {who})]

    def pages(self, who: str) -> int:
        """Count the pages that somebody has open."""
        return sum(there.streams[who] for there in self._places.values())

    def _at(self, place: str) -> _Place:
        found = self._places.setdefault(place, _Place())
        if len(self._places) > MOST:
            oldest = next((p for p, one in self._places.items() if not one.streams), None)
            if oldest is not None and oldest != place:
                del self._places[oldest]
        return found
