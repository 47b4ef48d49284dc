"""Say what is to be said: written down first, with originals restored on the way out."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime

from integrations.channels.contract import Channel, Outgoing, SendError
from integrations.service.pace import Pace
from integrations.service.parts import parts
from integrations.store.restoring import UnknownPlaceholder
from integrations.store.sends import Letter, Sends
from integrations.store.vault import Vault

log = logging.getLogger(__name__)
Channels = Mapping[tuple[str, str], Channel]


class Sender:
    """Sends one message at a time; any number of them share a database."""

    def __init__(
        self, name: str, sends: Sends, vault: Vault, channels: Channels, pace: Pace
    ) -> None:
        self._name, self._sends, self._vault = name, sends, vault
        self._channels, self._pace = channels, pace

    async def once(self) -> bool:
        """Send what is due; say whether there was anything."""
        letter = await asyncio.to_thread(self._sends.lease, self._name)
        if letter is None:
            return False
        try:
            await self._send(letter)
        except UnknownPlaceholder as error:
            await asyncio.to_thread(self._sends.blocked, letter, str(error))
            log.warning("%s", letter.mark, extra={"action": "send_blocked"})
        except SendError as error:
            state = await asyncio.to_thread(self._sends.failed, letter, error)
            log.warning("%s is %s", letter.mark, state, extra={"action": "send_failed"})
        return True

    async def _send(self, letter: Letter) -> None:
        channel = self._channels.get((letter.channel, letter.account))
        if channel is None:
            raise SendError(f"{letter.channel} {letter.account} is not set up here", permanent=True)
        text = await asyncio.to_thread(self._vault.restore, letter.conversation, letter.text)
        allowed = channel.capabilities
        external = ""
        for number, part in enumerate(parts(text, allowed.longest, allowed.counted_in)):
            await self._pace.wait(channel, letter.address)
            external = (await self._part(channel, letter, part, number)) or external
        await asyncio.to_thread(self._sends.sent, letter, external)
        log.info("%s", letter.mark, extra={"action": "sent"})

    async def _part(self, channel: Channel, letter: Letter, text: str, number: int) -> str:
        heard = datetime.fromisoformat(letter.last_heard) if letter.last_heard else None
        mark = letter.mark if number == 0 else f"{letter.mark}-{number + 1}"
        outgoing = Outgoing(mark, letter.address, text, letter.by_person, heard, letter.reply_to)
        try:
            return (await channel.send(outgoing)).external
        except SendError as error:
            if number and not channel.capabilities.idempotent:  # the beginning is out already
                raise SendError(f"only {number} parts went out: {error}", unknown=True) from error
            raise
