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

    async def wait(self, channel: Channel, recipient: str) -> None:
        """Wait until both may be written to, and count this message."""
        limits, account = channel.capabilities, (channel.kind, channel.account)
        delay = max(
            self._next(account, limits.account_per_second),
            self._next((*account, recipient), limits.recipient_per_second),
        )
        if delay > 0:
            await self._sleep(delay)

    def _next(self, key: tuple[str, ...], per_second: float) -> float:
        """Book the next place; return how far away it is."""
        now = self._clock()
        free = max(now, self._free.get(key, 0.0))
        self._free[key] = free + 1 / per_second
        self._free.move_to_end(key)
        while len(self._free) > MOST:
            self._free.popitem(last=False)
        return free - now
