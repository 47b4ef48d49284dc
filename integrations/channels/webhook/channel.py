"""Any platform as a channel: signed posts in both directions."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import Field, SecretStr, model_validator

from integrations.channels.account import Account
from integrations.channels.calling import patience
from integrations.channels.contract import Arrival, Capabilities, Outgoing, Sent
from integrations.channels.webhook import inbound, outbound, signing

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Config(Account):
    """What an operator sets for one receiver."""

    account: str = Field(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="a name for this platform")
    url: str = Field(description="where answers are posted to")
    secret: SecretStr = Field(description="known to both sides; 32 characters or more")
    secret_file: Path | None = Field(default=None, description="file that holds the secret")
    allow_http: bool = Field(default=False, description="send unencrypted in a network you trust")
    longest: int = Field(default=4000, ge=100, le=20_000, description="characters of one answer")
    account_per_second: float = Field(default=10.0, gt=0, le=1000, description="answers a second")
    window_hours: float | None = Field(default=None, gt=0, description="to answer in; none: ever")
    echo: bool = Field(default=False, description="the receiver posts what people answer there")
    idempotent: bool = Field(
        default=False, description="the receiver takes an Idempotency-Key once, for a day or longer"
    )

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        if len(self.secret_of("secret")) < 32:
            raise ValueError("secret: is shorter than 32 characters")
        try:
            url = httpx.URL(self.url)
        except httpx.InvalidURL:
            raise ValueError("url: is not an address") from None
        if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.fragment:
            raise ValueError("url: takes http or https, a host and no name or password")
        if url.scheme == "http" and url.host not in LOOPBACK and not self.allow_http:
            raise ValueError("url: is not encrypted; use https, or set allow_http")
        return self


class Webhook:
    """One platform that posts to us and is posted to."""

    kind = "webhook"

    def __init__(
        self,
        config: Config,
        client: httpx.AsyncClient,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        seconds: float = 15.0,
    ) -> None:
        self.account = config.account
        self.capabilities = Capabilities(
            longest=config.longest,
            window_hours=config.window_hours,
            window_for_people_hours=config.window_hours,
            echo=config.echo,
            idempotent=config.idempotent,
            idempotent_hours=24.0,  # what a receiver promises at the least
            account_per_second=config.account_per_second,
        )
        self._config, self._client, self._clock = config, client, clock
        self._patience = patience(seconds)

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Refuse: the two sides agree on a secret beforehand."""
        return None

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Raise ``Forged`` unless these bytes are signed with our secret, just now."""
        signing.verify(raw, headers, self._config.secret_of("secret"), now)

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return the one thing that a delivery tells."""
        return inbound.parse(raw)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Post an answer, signed, with its mark as the key."""
        raw = outbound.body(outgoing)
        headers = {
            **signing.signed(raw, self._config.secret_of("secret"), self._clock()),
            "Content-Type": "application/json",
            "Idempotency-Key": outgoing.mark,
        }
        config = self._config
        return await outbound.post(
            self._client, config.url, raw, headers, self._patience, config.idempotent
        )


def schema() -> dict[str, Any]:
    """Return the published JSON schemas: of what we accept, and of what we post."""
    return {"event": inbound.schema(), "answer": outbound.schema()}


CHANNELS = {"webhook": (Config, Webhook)}
