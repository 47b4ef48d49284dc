"""What a day on X may cost."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from integrations.channels.contract import SendError

READ, SEND = 10, 15  # tenths of a cent for a message that is delivered to us, and for one we send


class Budget:
    """Counts a day's messages at X's prices; a day is one of UTC."""

    def __init__(self, cents: int | None, clock: Callable[[], datetime]) -> None:
        self._most = None if cents is None else cents * 10
        self._clock, self._lock = clock, threading.Lock()  # deliveries come in from other threads
        self._day, self._spent = date.min, 0

    @property
    def spent_cents(self) -> float:
        """Return what today cost so far, as far as this process knows."""
        with self._lock:
            self._turn()
            return self._spent / 10

    def read(self, messages: int) -> None:
        """Count what was delivered; it costs whether we want it or not."""
        with self._lock:
            self._turn()
            self._spent += messages * READ

    def take(self) -> None:
        """Count a message before it goes, or raise ``SendError`` until midnight."""
        with self._lock:
            now = self._turn()
            if self._most is not None and self._spent + SEND > self._most:
                words = f"today's budget of {self._most // 10} cents is used up: see `budget_cents`"
                raise SendError(words, retry_after=_until_midnight(now))
            self._spent += SEND

    def give_back(self) -> None:
        """Take a message out of the count that X refused."""
        with self._lock:
            self._turn()
            self._spent = max(0, self._spent - SEND)

    def _turn(self) -> datetime:
        """Start again on a new day."""
        now = self._clock().astimezone(UTC)
        if now.date() != self._day:
            self._day, self._spent = now.date(), 0
        return now


def _until_midnight(now: datetime) -> float:
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (tomorrow - now).total_seconds()
