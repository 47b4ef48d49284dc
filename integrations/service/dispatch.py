"""Send many messages at once: those of one process are leased together, each on its own way."""

import asyncio
import logging

from integrations.service.sender import Sender
from integrations.store.sends import Sends

log = logging.getLogger(__name__)
AT_ONCE = 16  # messages on their way; one slow platform does not hold up the others
GATHERING = 0.05  # seconds between two looks, so that one finds several when much is to be said


class Dispatch:
    """Leases what is due and lets a sender deliver it."""

    def __init__(self, name: str, sends: Sends, sender: Sender) -> None:
        self._name, self._sends, self._sender = name, sends, sender
        self._going: set[asyncio.Task[None]] = set()

    async def once(self) -> bool:
        """Set out with what is due; say whether there was anything."""
        if len(self._going) >= AT_ONCE:
            await asyncio.wait(self._going, return_when=asyncio.FIRST_COMPLETED)
        free = AT_ONCE - len(self._going)
        letters = await self._sends.lease_many(self._name, free)
        for letter in letters:
            going = asyncio.create_task(self._sender.deliver(letter))
            self._going.add(going)
            going.add_done_callback(self._back)
        if 0 < len(letters) < free:
            await asyncio.sleep(GATHERING)
        return bool(letters)

    async def end(self) -> None:
        """Wait for what is on its way."""
        if self._going:
            await asyncio.wait(self._going)

    def _back(self, task: asyncio.Task[None]) -> None:
        self._going.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("%s", type(error).__name__, extra={"action": "send_broke"})
