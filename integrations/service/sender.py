"""Say what is to be said: written down first, with originals restored on the way out."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from integrations.channels.allowance import TooLate, check_key, check_window
from integrations.channels.contract import Channel, Outgoing, SendError
from integrations.service.beating import beating
from integrations.service.pace import Pace
from integrations.service.parts import parts
from integrations.store.database import StoreError
from integrations.store.restoring import UnknownPlaceholder
from integrations.store.sends import Letter, Sends
from integrations.store.vault import Vault

log = logging.getLogger(__name__)
Channels = Mapping[tuple[str, str], Channel]
PATIENCE = 0.25  # seconds that a sender waits for one platform while others could be served


class Sender:
    """Sends one message at a time; any number of them share a database."""

    def __init__(
        self,
        name: str,
        sends: Sends,
        vault: Vault,
        channels: Channels,
        pace: Pace,
        ring: Callable[[float], None] = lambda _: None,
    ) -> None:
        """``ring`` hears in how many seconds there is something to send again."""
        self._ring = ring
        self._name, self._sends, self._vault = name, sends, vault
        self._channels, self._pace = channels, pace

    async def once(self) -> bool:
        """Send what is due; say whether there was anything."""
        letter = await self._sends.lease(self._name)
        if letter is None:
            return False
        await self.deliver(letter)
        return True

    async def deliver(self, letter: Letter) -> None:
        """Send a message that was leased, or write down why not."""
        async with beating(partial(self._sends.hold, letter)):
            await self._deliver(letter)

    async def _deliver(self, letter: Letter) -> None:
        channel = self._channels.get((letter.channel, letter.account))
        try:
            if channel is None:
                name = f"{letter.channel} {letter.account}"
                raise SendError(f"{name} is not set up here", permanent=True)
            if self._pace.delay(channel, letter.address) > PATIENCE:
                await self._later(letter, self._pace.put_off(channel, letter.address))
            else:
                await self._send(channel, letter)
        except (UnknownPlaceholder, TooLate) as error:
            await asyncio.to_thread(self._sends.blocked, letter, str(error))
            log.warning("%s", letter.mark, extra={"action": "send_blocked"})
        except StoreError as error:
            await self._failed(letter, SendError(str(error)))
        except SendError as error:
            if channel and error.retry_after:
                self._pace.rest(channel, error.retry_after)
            await self._failed(letter, error)

    async def _failed(self, letter: Letter, error: SendError) -> None:
        if error.untried and error.retry_after:
            await self._later(letter, error.retry_after)
            return
        state = await asyncio.to_thread(self._sends.failed, letter, error)
        log.warning("%s is %s", letter.mark, state, extra={"action": "send_failed"})

    async def _later(self, letter: Letter, seconds: float) -> None:
        await asyncio.to_thread(self._sends.later, letter, seconds)
        self._ring(seconds)

    def _allow(self, channel: Channel, letter: Letter) -> None:
        """Raise unless the platform still takes it, and takes it once."""
        now, allowed = self._vault.clock(), channel.capabilities
        check_window(allowed, letter.by_person, _heard(letter), now)
        if letter.attempts > 1:
            check_key(allowed, datetime.fromisoformat(letter.at), now)

    async def _send(self, channel: Channel, letter: Letter) -> None:
        self._allow(channel, letter)
        text = letter.text
        if "<" in text:  # there may be a placeholder
            text = await asyncio.to_thread(self._vault.restore, letter.conversation, text)
        allowed = channel.capabilities
        split = parts(text, allowed.longest, allowed.counted_in)
        await self._pace.wait(channel, letter.address)
        if not await self._sends.begin(letter):
            log.info("%s", letter.mark, extra={"action": "send_dropped"})
            return
        external = ""
        for number, part in enumerate(split, 1):
            if number > 1:
                await self._pace.wait(channel, letter.address)
            # The last part has the plain mark: who hears of it knows that all went out.
            mark = letter.mark if number == len(split) else f"{letter.mark}-{number}"
            external = (await self._part(channel, letter, part, mark, number)) or external
        await self._sends.sent(letter, external)
        log.info("%s", letter.mark, extra={"action": "sent"})

    async def _part(
        self, channel: Channel, letter: Letter, text: str, mark: str, number: int
    ) -> str:
        words = (mark, letter.address, text, letter.by_person, _heard(letter), letter.reply_to)
        try:
            return (await channel.send(Outgoing(*words))).external
        except SendError as error:
            if number > 1 and not channel.capabilities.idempotent:  # the beginning is out already
                out = number - 1
                raise SendError(f"only {out} parts went out: {error}", unknown=True) from error
            raise
        except Exception as error:  # a mistake of ours, and nobody knows how far it came
            said = f"the channel broke ({type(error).__name__})"
            raise SendError(said, unknown=True) from error


def _heard(letter: Letter) -> datetime | None:
    return datetime.fromisoformat(letter.last_heard) if letter.last_heard else None
