"""A Bluesky account as a channel: direct messages, asked for again and again."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from datetime import datetime
from pathlib import Path

import httpx
from pydantic import Field, SecretStr, model_validator

from integrations.channels.account import Account
from integrations.channels.asking import Rest, pause
from integrations.channels.bluesky import inbound, outbound
from integrations.channels.bluesky.listening import Listening
from integrations.channels.bluesky.said import Said
from integrations.channels.bluesky.session import Session
from integrations.channels.calling import patience
from integrations.channels.contract import (
    Arrival,
    Capabilities,
    Forged,
    Outgoing,
    SendError,
    Sent,
    Standing,
)

ACTIVE, IDLE, SLOWER = 4.0, 60.0, 1.5  # seconds between two looks, and how that grows in silence

log = logging.getLogger(__name__)


class Config(Account):
    """What an operator sets for an account."""

    account: str = Field(
        pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", description="the handle, without @"
    )
    password: SecretStr = Field(description="an app password with access to messages")
    password_file: Path | None = Field(default=None, description="file that holds it")
    url: str = Field(
        default="https://bsky.social",
        pattern=r"^https?://[^/?#@]+/?$",
        description="the server that holds the account",
    )
    mark: bool = Field(default=True, description="messages carry an unseen mark of ours")

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        if not self.password or not self.secret_of("password").isprintable():
            raise ValueError("password: is empty, or holds what none has")
        return self


class Bluesky:
    """One account; answers who writes to it, one by one."""

    kind = "bluesky"
    capabilities = Capabilities(
        longest=1000, echo=True, account_per_second=2.0, recipient_per_second=1.0
    )

    def __init__(
        self,
        config: Config,
        client: httpx.AsyncClient,
        rest: Rest = asyncio.sleep,
        seconds: float = 15.0,
    ) -> None:
        self.account = config.account
        self._rest, self._feature = rest, inbound.MARK if config.mark else ""
        self._session = Session(
            client,
            config.url,
            config.account,
            config.secret_of("password"),
            patience(seconds),
        )
        self._said = Said()

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Refuse: Bluesky posts nothing to us."""
        return None

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Refuse: Bluesky posts nothing to us."""
        raise Forged("this account is asked and takes no webhooks")

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return what one entry of the log says."""
        return inbound.parse(raw, self._session.did)

    async def standing(self) -> Standing:
        """Sign in, and ask where the log of messages ends."""
        await self._session.chat("GET", "chat.bsky.convo.getLog")
        return Standing(True, self._session.did, "asked for by us; no public address is needed")

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send plain text; a lost answer leaves it unknown, for Bluesky knows no keys."""
        self._said.remember(outgoing)
        try:
            found = await self._session.chat(
                "POST",
                "chat.bsky.convo.sendMessage",
                json=outbound.message(outgoing, self._feature),
            )
        except SendError as error:
            if not error.unknown:
                self._said.forget(outgoing)
            raise
        external = found.get("id")
        return Sent(external if isinstance(external, str) else "")

    async def listen(self, cursor: str) -> AsyncGenerator[tuple[list[Arrival], str]]:
        """Yield batches with the next cursor; store both before asking for more.

        Without a cursor it starts from now: what was written before is not answered.
        """
        listening, failures, wait = Listening(self._session, self._said), 0, ACTIVE
        while True:
            try:
                await self._session.begin()
                arrivals, after = await listening.page(cursor)
            except SendError as error:
                if error.permanent:
                    raise
                failures += 1
                log.warning("bluesky.poll_failed account=%s %s", self.account, error)
                await self._rest(error.retry_after or pause(failures))
                continue
            failures = 0
            if after != cursor:  # and more may wait behind it
                cursor, wait = after, ACTIVE
                yield arrivals, cursor
                continue
            await self._rest(wait)
            wait = min(IDLE, wait * SLOWER)


CHANNELS = {"bluesky": (Config, Bluesky)}
