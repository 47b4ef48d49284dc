"""What a day on X may cost."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from integrations.channels.contract import Ledger, SendError

READ, SEND = 10, 15  # tenths of a cent for a message that is delivered to us, and for one we send


class Memory:
    """A ledger that ends with its process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # deliveries come in from other threads
        self._sums: dict[str, tuple[date, int]] = {}

    def add(self, name: str, day: date, amount: int, most: int | None = None) -> bool:
        """Add to a day's sum, but say no where that would be more than the most."""
        with self._lock:
            total = self.spent(name, day) + amount
            if most is not None and total > most:
                return False
            self._sums[name] = day, max(0, total)
            return True

    def spent(self, name: str, day: date) -> int:
        """Return a day's sum."""
        of, total = self._sums.get(name, (day, 0))
        return total if of == day else 0


class Budget:
    """Counts a day's messages at X's prices; a day is one of UTC."""

    def __init__(self, name: str, cents: int | None, clock: Callable[[], datetime]) -> None:
        self._name, self._most = name, None if cents is None else cents * 10
        self._clock = clock
        self.ledger: Ledger = Memory()

    @property
    def spent_cents(self) -> float:
        """Return what today cost so far, as far as the ledger knows."""
        return self.ledger.spent(self._name, self._now().date()) / 10

    def read(self, messages: int) -> None:
        """Count what was delivered; it costs whether we want it or not."""
        if messages:
            self.ledger.add(self._name, self._now().date(), messages * READ)

    def take(self) -> None:
        """Count a message before it goes, or raise ``SendError`` until midnight."""
        now, most = self._now(), self._most
        if self.ledger.add(self._name, now.date(), SEND, most) or most is None:
            return
        words = f"today's budget of {most // 10} cents is used up: see `budget_cents`"
        raise SendError(words, retry_after=_until_midnight(now), untried=True)

    def give_back(self) -> None:
        """Take a message out of the count that X refused."""
        self.ledger.add(self._name, self._now().date(), -SEND)

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)


def _until_midnight(now: datetime) -> float:
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (tomorrow - now).total_seconds()
