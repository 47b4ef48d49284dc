"""Who has a conversation open right now."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

EACH = 4  # pages of one visitor at a time; the oldest makes room
MOST = 1000  # pages of all visitors
FROM_ONE_PLACE = 100  # pages behind one address, so that nobody takes all of them


class Listener:
    """One open page."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.over = False

    def ring(self) -> None:
        """Let it look."""
        self._rung.set()

    def hang_up(self) -> None:
        """Let it end."""
        self.over = True
        self._rung.set()

    async def wait(self, seconds: float) -> bool:
        """Sleep until it rings, or for so long; say whether it rang."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        rung = self._rung.is_set()
        self._rung.clear()
        return rung


class Listeners:
    """All open pages, by visitor."""

    def __init__(
        self, each: int = EACH, most: int = MOST, from_one_place: int = FROM_ONE_PLACE
    ) -> None:
        self._each, self._most, self._from_one_place = each, most, from_one_place
        self._places: Counter[str] = Counter()
        self._open: defaultdict[str, list[Listener]] = defaultdict(list)

    @property
    def full(self) -> bool:
        """Say that no more pages can be served."""
        return sum(map(len, self._open.values())) >= self._most

    def crowded(self, place: str) -> bool:
        """Say that no more pages can be served to one address; one without a name is not known."""
        return self.full or (bool(place) and self._places[place] >= self._from_one_place)

    @contextmanager
    def listening(self, visitor: str, place: str = "") -> Iterator[Listener]:
        """Count a page for as long as it is open."""
        mine, listener = self._open[visitor], Listener()
        self._places[place] += 1
        mine.append(listener)
        for old in mine[: -self._each]:
            old.hang_up()
        try:
            yield listener
        finally:
            self._left(place)
            mine.remove(listener)
            if not mine:
                self._open.pop(visitor, None)

    def _left(self, place: str) -> None:
        self._places[place] -= 1
        if self._places[place] <= 0:
            del self._places[place]

    def ring(self, visitor: str) -> None:
        """Let a visitor's pages look."""
        for listener in self._open.get(visitor, ()):
            listener.ring()

    def hang_up(self) -> None:
        """End all streams, so that the service can stop; pages connect again by themselves."""
        for pages in list(self._open.values()):
            for listener in pages:
                listener.hang_up()
