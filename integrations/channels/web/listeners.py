"""Who has a conversation open right now."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

EACH = 4  # pages of one visitor at a time; the oldest makes room
MOST = 1000  # pages of all visitors


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

    def __init__(self, each: int = EACH, most: int = MOST) -> None:
        self._each, self._most = each, most
        self._open: defaultdict[str, list[Listener]] = defaultdict(list)

    @property
    def full(self) -> bool:
        """Say that no more pages can be served."""
        return sum(map(len, self._open.values())) >= self._most

    @contextmanager
    def listening(self, visitor: str) -> Iterator[Listener]:
        """Count a page for as long as it is open."""
        mine, listener = self._open[visitor], Listener()
        mine.append(listener)
        for old in mine[: -self._each]:
            old.hang_up()
        try:
            yield listener
        finally:
            mine.remove(listener)
            if not mine:
                self._open.pop(visitor, None)

    def ring(self, visitor: str) -> None:
        """Let a visitor's pages look."""
        for listener in self._open.get(visitor, ()):
            listener.ring()

    def hang_up(self) -> None:
        """End all streams, so that the service can stop; pages connect again by themselves."""
        for pages in list(self._open.values()):
            for listener in pages:
                listener.hang_up()
