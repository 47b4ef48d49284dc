"""A Mastodon account as a channel: private mentions in, private posts out."""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from integrations.channels.contract import Arrival, Capabilities, Forged, Outgoing, SendError, Sent
from integrations.channels.mastodon import inbound, outbound
from integrations.channels.mastodon.listening import Listening
from integrations.channels.mastodon.server import Server, known

RESERVED = 40  # characters for the address in front
SHORTEST, LONGEST = 1.0, 60.0  # seconds before connecting again

log = logging.getLogger(__name__)
Rest = Callable[[float], Awaitable[None]]


class Config(BaseModel):
    """What an operator sets for an account."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    account: str = Field(
        pattern=r"^[A-Za-z0-9_.-]+@[A-Za-z0-9.:-]+$", description="as in brand@mastodon.example"
    )
    url: str = Field(pattern=r"^https?://[^/?#@]+/?$", description="the server")
    token: SecretStr = Field(description="the access token of your application")
    token_file: Path | None = Field(default=None, description="file that holds the token")

    @model_validator(mode="before")
    @classmethod
    def _read_token(cls, given: Any) -> Any:
        if not isinstance(given, dict) or not (file := given.get("token_file")):
            return given
        try:
            return given | {"token": Path(file).read_text(encoding="utf-8").strip()}
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"token_file: cannot be read ({type(error).__name__})") from None

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        token = self.token.get_secret_value()
        if not token.isascii() or not token.isprintable() or not token or " " in token:
            raise ValueError("token: is not of the form of a token")
        return self


class Mastodon:
    """One account; answers who writes to it privately."""

    kind = "mastodon"

    def __init__(
        self,
        config: Config,
        client: httpx.AsyncClient,
        rest: Rest = asyncio.sleep,
        seconds: float = 15.0,
    ) -> None:
        self.account = config.account
        self.capabilities = Capabilities(
            longest=500 - RESERVED, idempotent=True, account_per_second=1.0
        )
        self._url, self._client, self._rest = config.url.rstrip("/"), client, rest
        self._auth = {"Authorization": f"Bearer {config.token.get_secret_value()}"}
        self._patience = httpx.Timeout(seconds, connect=5.0)
        self._server: Server | None = None

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Refuse: Mastodon posts nothing to us."""
        return None

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Refuse: Mastodon posts nothing to us."""
        raise Forged("this account is listened to and takes no webhooks")

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return what one notification says."""
        return inbound.parse(raw, self.account)

    async def prepare(self) -> list[str]:
        """Learn what the server allows, and return what an operator should change there."""
        self._server = await known(self._client, self._url, self._auth, self._patience)
        self.capabilities = replace(
            self.capabilities,
            longest=max(self._server.longest - RESERVED, 100),
            echo=bool(self._server.application),
        )
        return list(self._server.complaints)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Post to one person; within an hour the same mark is posted once."""
        found = await outbound.call(
            self._client, "POST", f"{self._url}/api/v1/statuses",
            self._auth | {"Idempotency-Key": outgoing.mark}, self._patience,
            calm=outbound.CALM, json=outbound.status(outgoing),
        )  # fmt: skip
        external = found.get("id") if isinstance(found, dict) else None
        return Sent(external if isinstance(external, str) else "")

    async def listen(self, cursor: str) -> AsyncGenerator[tuple[list[Arrival], str]]:
        """Yield batches with the next cursor; store both before asking for more.

        Without a cursor it starts from now: what was written before is not answered.
        """
        failures = 0
        while True:
            wait: float | None = None
            try:
                listening = await self._listening()
                async with aclosing(listening.heard(cursor)) as heard:
                    async for batch in heard:
                        failures, cursor = 0, batch[1]
                        yield batch
            except SendError as error:
                if error.permanent:
                    raise
                wait = error.retry_after
                log.warning("mastodon.listening_failed account=%s %s", self.account, error)
            failures += 1
            await self._rest(wait or _pause(failures))

    async def _listening(self) -> Listening:
        if self._server is None:
            for complaint in await self.prepare():
                log.warning("mastodon.settings account=%s %s", self.account, complaint)
        assert self._server is not None
        return Listening(
            self._client, self._url, self._auth, self._patience, self.account, self._server
        )


def _pause(failures: int) -> float:
    return min(LONGEST, SHORTEST * 2.0 ** min(failures - 1, 10)) * random.uniform(0.5, 1.0)


CHANNELS = {"mastodon": (Config, Mastodon)}
