"""A Telegram bot as a channel, asked by long poll or told by webhook."""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from integrations.channels.contract import Arrival, Capabilities, Forged, Outgoing, SendError, Sent
from integrations.channels.telegram import inbound, outbound

LONG = 50  # seconds that Telegram may keep a poll open
SHORTEST, LONGEST = 1.0, 60.0  # seconds before asking again after an error
MOST = 100  # updates an answer

log = logging.getLogger(__name__)
Rest = Callable[[float], Awaitable[None]]


class Config(BaseModel):
    """What an operator sets for a bot."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    account: str = Field(min_length=1, max_length=64, description="the bot's name, without @")
    token: SecretStr = Field(description="from @BotFather")
    token_file: Path | None = Field(default=None, description="file that holds the token")
    receive: Literal["poll", "webhook"] = Field(
        default="poll", description="poll needs no public address"
    )
    secret: SecretStr = Field(
        default=SecretStr(""), description="what Telegram sends along with each webhook"
    )
    secret_file: Path | None = Field(default=None, description="file that holds the secret")
    url: str = Field(
        default="https://api.telegram.org",
        pattern=r"^https?://[^/?#@]+(/[^?#@]*)?$",
        description="the Bot API",
    )

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, given: Any) -> Any:
        return _opened(given, ("token", "secret"))

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        token, secret = self.token.get_secret_value(), self.secret.get_secret_value()
        if not _plain(token.replace(":", "", 1)):
            raise ValueError("token: is not of the form 123456:letters")
        if secret and not (_plain(secret) and 16 <= len(secret) <= 256):
            raise ValueError("secret: takes 16 to 256 letters, digits, _ and -")
        if self.receive == "webhook" and not secret:
            raise ValueError("secret: a webhook needs one")
        return self


class Telegram:
    """One bot; talks to people one by one and leaves groups alone."""

    kind = "telegram"
    capabilities = Capabilities(longest=4096, account_per_second=25.0, recipient_per_second=1.0)

    def __init__(
        self,
        config: Config,
        client: httpx.AsyncClient,
        rest: Rest = asyncio.sleep,
        seconds: float = 15.0,
    ) -> None:
        self.account = config.account
        self._config, self._client, self._rest = config, client, rest
        self._patience = httpx.Timeout(seconds, connect=5.0)

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Refuse: Telegram never asks."""
        return None

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Raise ``Forged`` unless the agreed secret came along; Telegram signs nothing."""
        if self._config.receive != "webhook":
            raise Forged("this bot is polled and takes no webhooks")
        inbound.verify(headers, self._config.secret.get_secret_value())

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return what one update says."""
        return inbound.parse(raw)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send plain text; a lost answer leaves it unknown, for Telegram knows no keys."""
        chat = outgoing.conversation
        body = {
            "chat_id": int(chat) if chat.lstrip("-").isdigit() else chat,
            "text": outgoing.text,
            "link_preview_options": {"is_disabled": True},
        }
        result = await self._call("sendMessage", body)
        number = result.get("message_id") if isinstance(result, dict) else None
        return Sent(f"{chat}:{number}" if number is not None else "")

    async def register(self, address: str) -> None:
        """Tell Telegram where to deliver, and the secret to deliver with."""
        secret = self._config.secret.get_secret_value()
        body = {"url": address, "secret_token": secret, "allowed_updates": inbound.WANTED}
        await self._call("setWebhook", body)

    async def unregister(self) -> None:
        """Take the webhook away; what waits is kept for the poll."""
        await self._call("deleteWebhook", {"drop_pending_updates": False})

    async def listen(self, cursor: str) -> AsyncGenerator[tuple[list[Arrival], str]]:
        """Yield batches with the next cursor; store both before asking for more."""
        failures = 0
        while True:
            try:
                updates = await self._updates(cursor)
            except SendError as error:
                if error.permanent:
                    raise
                failures += 1
                log.warning("telegram.poll_failed account=%s %s", self.account, error)
                await self._rest(error.retry_after or _pause(failures))
                continue
            failures = 0
            if updates:
                cursor = str(max(update["update_id"] for update in updates) + 1)
                yield inbound.parse_batch(updates), cursor

    async def _updates(self, cursor: str) -> list[dict[str, Any]]:
        body = {"timeout": LONG, "limit": MOST, "allowed_updates": inbound.WANTED}
        if cursor:  # asking from here on tells Telegram to forget what was before
            body["offset"] = int(cursor)
        patience = httpx.Timeout(LONG + 10.0, connect=5.0)
        found = await self._call("getUpdates", body, patience)
        if not isinstance(found, list) or not all(map(_numbered, found)):
            raise SendError("Telegram's updates cannot be read")
        return found

    async def _call(
        self, method: str, body: dict[str, Any], patience: httpx.Timeout | None = None
    ) -> Any:
        config, wait = self._config, patience or self._patience
        token = config.token.get_secret_value()
        return await outbound.call(self._client, config.url, token, method, body, wait)


def _numbered(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _pause(failures: int) -> float:
    return min(LONGEST, SHORTEST * 2.0 ** min(failures - 1, 10)) * random.uniform(0.5, 1.0)


def _plain(text: str) -> bool:
    return bool(text) and text.isascii() and text.replace("_", "").replace("-", "").isalnum()


def _opened(given: Any, names: tuple[str, ...]) -> Any:
    """Return the settings with the secrets that files hold."""
    if not isinstance(given, dict):
        return given
    read = dict(given)
    for name in names:
        if file := given.get(f"{name}_file"):
            try:
                read[name] = Path(file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ValueError(f"{name}_file: cannot be read ({type(error).__name__})") from None
    return read


CHANNELS = {"telegram": (Config, Telegram)}
