"""A Mastodon account as a channel: private mentions in, private posts out."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx
from pydantic import Field, SecretStr, model_validator

from integrations.channels.account import Account, one_word
from integrations.channels.asking import Rest, pause
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
from integrations.channels.mastodon import inbound, outbound
from integrations.channels.mastodon.listening import Listening
from integrations.channels.mastodon.server import Server, known

RESERVED = 40  # characters for the address in front

log = logging.getLogger(__name__)


class Config(Account):
    """What an operator sets for an account."""

    account: str = Field(
        pattern=r"^[A-Za-z0-9_.-]+@[A-Za-z0-9.:-]+$", description="as in brand@mastodon.example"
    )
    url: str = Field(pattern=r"^https?://[^/?#@]+/?$", description="the server")
    token: SecretStr = Field(description="the access token of your application")
    token_file: Path | None = Field(default=None, description="file that holds the token")

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        if not one_word(self.secret_of("token")):
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
            longest=500 - RESERVED, idempotent=True, idempotent_hours=1.0, account_per_second=1.0
        )
        self._url, self._client, self._rest = config.url.rstrip("/"), client, rest
        self._auth = {"Authorization": f"Bearer {config.secret_of('token')}"}
        self._patience = patience(seconds)
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

    async def standing(self) -> Standing:
        """Ask for one mention, and for the settings that could keep others from us."""
        await outbound.call(
            self._client, "GET", f"{self._url}/api/v1/notifications", self._auth, self._patience,
            params={"types[]": "mention", "limit": 1},
        )  # fmt: skip
        complaints = await self.prepare()
        arrives = "streamed to us; no public address is needed"
        return Standing(not complaints, self.account, arrives, "; ".join(complaints))

    async def send(self, outgoing: Outgoing) -> Sent:
        """Post to one person; within an hour the same mark is posted once."""
        await self._known()  # a process that does not listen has to ask too
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
            await self._rest(wait or pause(failures))

    async def _listening(self) -> Listening:
        server = await self._known()
        return Listening(self._client, self._url, self._auth, self._patience, self.account, server)

    async def _known(self) -> Server:
        """Return what the server allows; it is asked once."""
        if self._server is None:
            for complaint in await self.prepare():
                log.warning("mastodon.settings account=%s %s", self.account, complaint)
        assert self._server is not None
        return self._server


CHANNELS = {"mastodon": (Config, Mastodon)}
