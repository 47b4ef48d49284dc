"""Check, store, acknowledge: all that happens while a platform waits for our answer."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from integrations.channels.contract import Arrival, BadPayload, Channel, Forged, Shared
from integrations.identity import Identities
from integrations.store.inbox import Inbox

log = logging.getLogger(__name__)
BURST = 1.5  # seconds to wait for somebody who writes in several messages
LARGEST = 1_000_000  # bytes of one delivery
SMALL = 50_000  # bytes that are read sooner than another thread could be asked to
Part = tuple[Channel, list[Arrival]]  # what an account was told
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
        identities: Identities | None = None,
    ) -> None:
        self._channels, self._inbox, self._clock = channels, inbox, clock
        self._ring, self._burst, self._identities = ring, burst, identities

    def channel(self, kind: str, account: str) -> Channel:
        """Return a channel that is set up."""
        try:
            return self._channels[kind, account]
        except KeyError as error:
            raise NoSuchChannel(f"There is no channel {kind} {account} here.") from error

    async def deliver(self, kind: str, account: str, raw: bytes, headers: Mapping[str, str]) -> int:
        """Check a delivery and store what is new in it; return how much that was."""
        if len(raw) < SMALL:
            parts = self._read(kind, account, raw, headers)
        else:
            parts = await asyncio.to_thread(self._read, kind, account, raw, headers)
        return sum([await self.store(channel, arrivals) for channel, arrivals in parts])

    def _read(self, kind: str, account: str, raw: bytes, headers: Mapping[str, str]) -> list[Part]:
        """Check a delivery; return what each account was told."""
        channel = self.channel(kind, account)
        try:
            channel.verify(raw, headers, self._clock())
        except Forged as error:  # who sent it is not told why; a wrong clock of ours may be
            log.warning("%s %s: %s", kind, account, error, extra={"action": "delivery_refused"})
            raise
        if not isinstance(channel, Shared):
            return [(channel, channel.parse(raw))]
        others = [one for one in channel.accounts(raw) if one != account]
        told = [channel, *(self._other(kind, one, raw, headers) for one in others)]
        return _parts([one for one in told if one], raw)

    def _other(
        self, kind: str, account: str, raw: bytes, headers: Mapping[str, str]
    ) -> Channel | None:
        """Return the channel of another account of the same app; its own secret has to fit too."""
        try:
            channel = self.channel(kind, account)
            channel.verify(raw, headers, self._clock())
        except (NoSuchChannel, Forged) as error:
            why = "not set up here" if isinstance(error, NoSuchChannel) else "of another app"
            log.warning("%s %s is %s", kind, account, why, extra={"action": "account_left_out"})
            return None
        return channel

    async def store(self, channel: Channel, arrivals: list[Arrival]) -> int:
        """Store arrivals, in one transaction, and wake the workers; return how many were new."""
        place = (channel.kind, channel.account)
        new = await self._inbox.take(*place, arrivals, self._burst)
        if self._identities and any(arrival.identity for arrival in arrivals):
            await asyncio.to_thread(self._identities.note, *place, arrivals)
        if new:
            talks = all(arrival.happened == "message" for arrival in arrivals)
            self._ring(self._burst if talks else 0.0)
        return new


def _parts(told: list[Channel], raw: bytes) -> list[Part]:
    """Give each account its part; a broken part must not hold up the others."""
    parts: list[Part] = []
    broken: list[BadPayload] = []
    for channel in told:
        try:
            parts.append((channel, channel.parse(raw)))
        except BadPayload as error:
            broken.append(error)
            names = (channel.kind, channel.account, error)
            log.warning("%s %s: %s", *names, extra={"action": "part_left_out"})
    if broken and not any(arrivals for _, arrivals in parts):
        raise broken[0]
    return parts
