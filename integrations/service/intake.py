"""Check, store, acknowledge: all that happens while a platform waits for our answer."""

from collections.abc import Callable, Mapping
from datetime import datetime

from integrations.channels.contract import Arrival, Channel
from integrations.store.inbox import Inbox

BURST = 1.5  # seconds to wait for somebody who writes in several messages
LARGEST = 1_000_000  # bytes of one delivery
Ring = Callable[[float], None]  # in how many seconds there is work


class NoSuchChannel(Exception):
    """Nobody set up this channel here."""


class Intake:
    """Takes deliveries of all channels."""

    def __init__(
        self,
        channels: Mapping[tuple[str, str], Channel],
        inbox: Inbox,
        clock: Callable[[], datetime],
        ring: Ring,
        burst: float = BURST,
    ) -> None:
        self._channels, self._inbox, self._clock = channels, inbox, clock
        self._ring, self._burst = ring, burst

    def channel(self, kind: str, account: str) -> Channel:
        """Return a channel that is set up."""
        try:
            return self._channels[kind, account]
        except KeyError as error:
            raise NoSuchChannel(f"There is no channel {kind} {account} here.") from error

    def deliver(self, kind: str, account: str, raw: bytes, headers: Mapping[str, str]) -> int:
        """Check a delivery and store what is new in it; return how much that was."""
        channel = self.channel(kind, account)
        channel.verify(raw, headers, self._clock())
        return self.store(channel, channel.parse(raw))

    def store(self, channel: Channel, arrivals: list[Arrival]) -> int:
        """Store arrivals, in one transaction, and wake the workers."""
        new = self._inbox.take(channel.kind, channel.account, arrivals, self._burst)
        if new:
            talks = all(arrival.happened == "message" for arrival in arrivals)
            self._ring(self._burst if talks else 0.0)
        return new
