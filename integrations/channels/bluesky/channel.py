"""A Bluesky account as a channel: direct messages, asked for again and again."""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from integrations.channels.bluesky import inbound, outbound
from integrations.channels.bluesky.listening import Listening
from integrations.channels.bluesky.said import Said
from integrations.channels.bluesky.session import Session
from integrations.channels.contract import Arrival, Capabilities, Forged, Outgoing, SendError, Sent

SHORTEST, LONGEST = 1.0, 60.0  # seconds before asking again after an error
ACTIVE, IDLE, SLOWER = 4.0, 60.0, 1.5  # seconds between two looks, and how that grows in silence

log = logging.getLogger(__name__)
Rest = Callable[[float], Awaitable[None]]


class Config(BaseModel):
    """What an operator sets for an account."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

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

    @model_validator(mode="before")
    @classmethod
    def _read_password(cls, given: Any) -> Any:
        if not isinstance(given, dict) or not (file := given.get("password_file")):
            return given
        try:
            return given | {"password": Path(file).read_text(encoding="utf-8").strip()}
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"password_file: cannot be read ({type(error).__name__})") from None

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        if not self.password.get_secret_value().isprintable() or not self.password:
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
            config.password.get_secret_value(),
            httpx.Timeout(seconds, connect=5.0),
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
        listening, failures, pause = Listening(self._session, self._said), 0, ACTIVE
        while True:
            try:
                await self._session.begin()
                arrivals, after = await listening.page(cursor)
            except SendError as error:
                if error.permanent:
                    raise
                failures += 1
                log.warning("bluesky.poll_failed account=%s %s", self.account, error)
                await self._rest(error.retry_after or _pause(failures))
                continue
            failures = 0
            if after != cursor:  # and more may wait behind it
                cursor, pause = after, ACTIVE
                yield arrivals, cursor
                continue
            await self._rest(pause)
            pause = min(IDLE, pause * SLOWER)


def _pause(failures: int) -> float:
    return min(LONGEST, SHORTEST * 2.0 ** min(failures - 1, 10)) * random.uniform(0.5, 1.0)


CHANNELS = {"bluesky": (Config, Bluesky)}
