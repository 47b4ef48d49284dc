"""An X account as a channel: classic direct messages by webhook."""

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx
from pydantic import Field, SecretStr, model_validator

from integrations.channels.account import Account, one_word, read_secret
from integrations.channels.calling import patience
from integrations.channels.contract import (
    Arrival,
    Capabilities,
    Ledger,
    Outgoing,
    SendError,
    Sent,
    Standing,
)
from integrations.channels.x import inbound, outbound, signing
from integrations.channels.x.budget import Budget
from integrations.store.database import StoreError

PAIR = re.compile(r"[0-9]{1,19}-[0-9]{1,19}", re.ASCII)


class Config(Account):
    """What an operator sets for an account."""

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

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        for name in self.secrets():
            if not one_word(self.secret_of(name)):
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
        self._token = config.secret_of("token")
        self._patience = patience(seconds)
        self.budget = Budget(f"x/{config.account}", config.budget_cents, clock)

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Prove to X that we know the consumer secret; the answer is JSON."""
        return signing.challenge(query, self._config.secret_of("consumer_secret"))

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Raise ``Forged`` unless X signed exactly these bytes."""
        signing.verify(raw, headers, self._config.secret_of("consumer_secret"))

    def accounts(self, raw: bytes) -> list[str]:
        """Return whose activity a delivery tells of: an app has one address for all."""
        return inbound.accounts(raw)

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
        try:
            await asyncio.to_thread(self.budget.take)
        except StoreError as error:  # what cannot be counted is not spent
            raise SendError(str(error), untried=True) from None
        try:
            return await self._sent(self._config.url.rstrip("/") + place, outgoing.text)
        except SendError as error:
            if not error.unknown:
                await asyncio.to_thread(self.budget.give_back)
            raise

    async def standing(self) -> Standing:
        """Ask whose token it is; X tells nobody's webhook to a user's token."""
        address = f"{self._config.url.rstrip('/')}/2/users/me"
        found = await outbound.me(self._client, address, self._token, self._patience)
        if found != self.account:
            words = f"the token is of the user {found or 'that X does not name'}"
            return Standing(False, words, todo="set `account` to that id, or another `token`")
        arrives = "by webhook, if one is set: X's developer console shows it"
        return Standing(True, f"user {found}", arrives)

    def keep_in(self, ledger: Ledger) -> None:
        """Keep what a day costs there."""
        self.budget.ledger = ledger

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
            found = read_secret("token", self._config.token_file)
        except ValueError:
            return False
        if not one_word(found) or found == self._token:
            return False
        self._token = found
        return True


CHANNELS = {"x": (Config, X)}
