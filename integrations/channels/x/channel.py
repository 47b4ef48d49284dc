"""An X account as a channel: classic direct messages by webhook."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from integrations.channels.contract import Arrival, Capabilities, Outgoing, SendError, Sent
from integrations.channels.x import inbound, outbound, signing
from integrations.channels.x.budget import Budget

PAIR = re.compile(r"[0-9]{1,19}-[0-9]{1,19}", re.ASCII)
SECRETS = ("token", "consumer_secret")


class Config(BaseModel):
    """What an operator sets for an account."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    account: str = Field(pattern=r"^[0-9]{1,19}$", description="the account's user id, a number")
    token: SecretStr = Field(description="the account's OAuth 2.0 access token, with dm.write")
    token_file: Path | None = Field(
        default=None, description="file that holds the token; read again once X refuses it"
    )
    consumer_secret: SecretStr = Field(description="the app's, also called API key secret")
    consumer_secret_file: Path | None = Field(default=None, description="file that holds it")
    app_id: str = Field(
        default="", pattern=r"^[0-9]{0,19}$", description="tells our messages from a colleague's"
    )
    budget_cents: int | None = Field(default=None, ge=2, description="most that a day may cost")
    url: str = Field(
        default="https://api.x.com", pattern=r"^https?://[^/?#@]+/?$", description="the X API"
    )

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        files = {name: given[key] for name in SECRETS if given.get(key := f"{name}_file")}
        return given | {name: _read(name, file) for name, file in files.items()}

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        for name in SECRETS:
            if not _plain(getattr(self, name).get_secret_value()):
                raise ValueError(f"{name}: is empty, or holds what none has")
        return self


class X:
    """One account; answers who writes to it, one by one."""

    kind = "x"

    def __init__(
        self,
        config: Config,
        client: httpx.AsyncClient,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        seconds: float = 15.0,
    ) -> None:
        self.account = config.account
        self.capabilities = Capabilities(
            longest=10_000,
            echo=bool(config.app_id),
            account_per_second=1.0,
            recipient_per_second=1.0,
        )
        self._config, self._client = config, client
        self._token = config.token.get_secret_value()
        self._patience = httpx.Timeout(seconds, connect=5.0)
        self.budget = Budget(config.budget_cents, clock)

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Prove to X that we know the consumer secret; the answer is JSON."""
        return signing.challenge(query, self._config.consumer_secret.get_secret_value())

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Raise ``Forged`` unless X signed exactly these bytes."""
        signing.verify(raw, headers, self._config.consumer_secret.get_secret_value())

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return what a delivery says, and count what it costs."""
        arrivals = inbound.parse(raw, self.account, self._config.app_id)
        self.budget.read(len(arrivals))
        return arrivals

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send plain text; a lost answer leaves it unknown, for X knows no keys."""
        if not PAIR.fullmatch(outgoing.conversation):
            raise SendError("the conversation is none of two people on X", permanent=True)
        place = f"/2/dm_conversations/{outgoing.conversation}/messages"
        self.budget.take()
        try:
            return await self._sent(self._config.url.rstrip("/") + place, outgoing.text)
        except SendError as error:
            if not error.unknown:
                self.budget.give_back()
            raise

    async def _sent(self, address: str, text: str) -> Sent:
        try:
            return await outbound.send(self._client, address, self._token, text, self._patience)
        except outbound.NoEntry as error:
            if not self._renewed():
                # Who keeps the token in a file renews it: tokens live for two hours.
                permanent = self._config.token_file is None
                raise SendError(str(error), permanent=permanent) from None
        return await outbound.send(self._client, address, self._token, text, self._patience)

    def _renewed(self) -> bool:
        """Read the token's file again; say whether there is another one in it."""
        if self._config.token_file is None:
            return False
        try:
            found = _read("token", self._config.token_file)
        except ValueError:
            return False
        if not _plain(found) or found == self._token:
            return False
        self._token = found
        return True


def _read(name: str, file: Path | str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}_file: cannot be read ({type(error).__name__})") from None


def _plain(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


CHANNELS = {"x": (Config, X)}
