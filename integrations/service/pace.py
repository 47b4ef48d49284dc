"""Send no faster than a platform allows: a bucket of tokens an account, and one a recipient."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from integrations.channels.contract import Channel

MOST = 10_000  # recipients that are remembered


class Pace:
    """When the next message to an account or a recipient may go."""

    def __init__(
        self,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._free: OrderedDict[tuple[str, ...], float] = OrderedDict()
        self._put_off: dict[tuple[str, ...], float] = {}  # until when others come back

    async def wait(self, channel: Channel, recipient: str) -> None:
        """Wait until both may be written to, and count this message."""
        limits, (account, person) = channel.capabilities, _keys(channel, recipient)
        delay = max(
            self._next(account, limits.account_per_second),
            self._next(person, limits.recipient_per_second),
        )
        if delay > 0:
            await self._sleep(delay)

    def delay(self, channel: Channel, recipient: str) -> float:
        """Return how long both will not take another message."""
        free = max(self._free.get(key, 0.0) for key in _keys(channel, recipient))
        return max(0.0, free - self._clock())

    def put_off(self, channel: Channel, recipient: str) -> float:
        """Return when a message may come back that finds no place now: behind who waits already."""
        account, _ = _keys(channel, recipient)
        now = self._clock()
        back = max(now + self.delay(channel, recipient), self._put_off.get(account, 0.0))
        self._put_off[account] = back + 1 / channel.capabilities.account_per_second
        return back - now

    def rest(self, channel: Channel, seconds: float) -> None:
        """Leave an account alone for as long as its platform asks."""
        account, _ = _keys(channel, "")
        self._free[account] = max(self._free.get(account, 0.0), self._clock() + seconds)

    def _next(self, key: tuple[str, ...], per_second: float) -> float:
        """Book the next place; return how far away it is."""
        now = self._clock()
        free = max(now, self._free.get(key, 0.0))
        self._free[key] = free + 1 / per_second
        self._free.move_to_end(key)
        while len(self._free) > MOST:
            self._free.popitem(last=False)
        return free - now


def _keys(channel: Channel, recipient: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    account = (channel.kind, channel.account)
    return account, (*account, recipient)
