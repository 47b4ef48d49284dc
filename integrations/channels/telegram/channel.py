"""A Telegram bot as a channel, asked by long poll or told by webhook."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import httpx
from pydantic import Field, SecretStr, model_validator

from integrations.channels.account import Account
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
from integrations.channels.telegram import inbound, outbound
from integrations.channels.telegram.standing import standing

LONG = 50  # seconds that Telegram may keep a poll open
MOST = 100  # updates an answer

log = logging.getLogger(__name__)


class Config(Account):
    """What an operator sets for a bot."""

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

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        token, secret = self.secret_of("token"), self.secret_of("secret")
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
        self._patience = patience(seconds)

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Refuse: Telegram never asks."""
        return None

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Raise ``Forged`` unless the agreed secret came along; Telegram signs nothing."""
        if self._config.receive != "webhook":
            raise Forged("this bot is polled and takes no webhooks")
        inbound.verify(headers, self._config.secret_of("secret"))

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

    async def standing(self) -> Standing:
        """Ask which bot we are, and whether a webhook is set."""
        me, hook = await self._call("getMe", {}), await self._call("getWebhookInfo", {})
        return standing(me, hook, self.account, self._config.receive == "poll")

    def registering(self, address: str) -> list[str]:
        """Return the call that registering makes, or refuse for a bot that is polled."""
        if self._config.receive != "webhook":
            words = "this bot is polled and needs no webhook: else set `receive` and `secret`"
            raise SendError(words, permanent=True)
        return [f"setWebhook with {address}"]

    async def register(self, address: str) -> None:
        """Tell Telegram where to deliver, and the secret to deliver with."""
        self.registering(address)
        secret = self._config.secret_of("secret")
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
                await self._rest(error.retry_after or pause(failures))
                continue
            failures = 0
            if updates:
                cursor = str(max(update["update_id"] for update in updates) + 1)
                yield inbound.parse_batch(updates), cursor

    async def _updates(self, cursor: str) -> list[dict[str, Any]]:
        body = {"timeout": LONG, "limit": MOST, "allowed_updates": inbound.WANTED}
        if cursor:  # asking from here on tells Telegram to forget what was before
            body["offset"] = int(cursor)
        found = await self._call("getUpdates", body, patience(LONG + 10.0))
        if not isinstance(found, list) or not all(map(_numbered, found)):
            raise SendError("Telegram's updates cannot be read")
        return found

    async def _call(
        self, method: str, body: dict[str, Any], timeout: httpx.Timeout | None = None
    ) -> Any:
        config, wait = self._config, timeout or self._patience
        token = config.secret_of("token")
        return await outbound.call(self._client, config.url, token, method, body, wait)


def _numbered(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _plain(text: str) -> bool:
    return bool(text) and text.isascii() and text.replace("_", "").replace("-", "").isalnum()


CHANNELS = {"telegram": (Config, Telegram)}
