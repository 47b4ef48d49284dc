"""An agent bot of a Chatwoot account, and with it every inbox it is connected to."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import Field, SecretStr, model_validator

from integrations.channels.account import Account, one_word
from integrations.channels.chatwoot import inbound
from integrations.channels.chatwoot.outbound import Api, call, known, looked
from integrations.channels.contract import (
    Arrival,
    Capabilities,
    Outgoing,
    SendError,
    Sent,
    Standing,
)


class Config(Account):
    """What an operator sets for an agent bot."""

    account: str = Field(pattern=r"^[0-9]{1,18}$", description="number of the Chatwoot account")
    url: str = Field(pattern=r"^https?://", description="address of the Chatwoot")
    token: SecretStr = Field(description="access token of the agent bot")
    token_file: Path | None = Field(default=None, description="file that holds the token")
    secret: SecretStr = Field(default=SecretStr(""), description="signs webhooks; new versions")
    secret_file: Path | None = Field(default=None, description="file that holds the secret")
    path_secret: SecretStr = Field(
        default=SecretStr(""), description="last part of the webhook's address; any version"
    )
    path_secret_file: Path | None = Field(default=None, description="file that holds it")

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        if not one_word(self.secret_of("token")):
            raise ValueError("token: is empty or holds characters that no token has")
        if not self.secret_of("secret") and len(self.secret_of("path_secret")) < 16:
            raise ValueError("secret: set it, or a path_secret of at least 16 characters")
        return self


class Chatwoot:
    """One account; conversations that are pending are the agent's, all others a person's."""

    kind = "chatwoot"
    capabilities = Capabilities(
        longest=2000,  # the least of the platforms behind it, but for Instagram and SMS
        formatting="markdown",
        echo=True,
        account_per_second=10.0,
        recipient_per_second=1.0,
    )

    def __init__(self, config: Config, client: httpx.AsyncClient, seconds: float = 15.0) -> None:
        self.account = config.account
        self._secret = config.secret_of("secret")
        self._path_secret = config.secret_of("path_secret")
        place = f"{config.url.rstrip('/')}/api/v1/accounts/{config.account}"
        self._api = Api(place, config.secret_of("token"), seconds)
        self._client = client

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Refuse: Chatwoot never asks."""
        return None

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Raise ``Forged`` unless what was agreed came along; ids refuse what is replayed."""
        inbound.verify(raw, headers, now, self._secret, self._path_secret)

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return what one event says."""
        return inbound.parse(raw, self.account)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Write to the person behind a conversation; the echo brings the mark back."""
        if not outgoing.text.strip():
            raise SendError("the text is empty", permanent=True)
        if len(outgoing.text) > self.capabilities.longest:
            words = f"the text has {len(outgoing.text)} characters; one message takes 2000"
            raise SendError(words, permanent=True)
        await self._may_reply(outgoing.conversation)
        return await self._write(outgoing.conversation, outgoing.text, False, outgoing.mark)

    async def standing(self) -> Standing:
        """Ask for conversations; a bot that may not look is known all the same."""
        await known(self._client, self._api)
        return Standing(True, f"account {self.account}", "by webhook: Settings, Bots, in Chatwoot")

    async def note(self, conversation: str, text: str, mark: str = "") -> Sent:
        """Leave a note that only the team sees, as for a draft."""
        return await self._write(conversation, text, True, mark)

    async def hand_over(self, conversation: str) -> None:
        """Open the conversation, which puts it in front of people."""
        place = f"{_numbered(conversation)}/toggle_status"
        await self._post(place, {"status": "open"})

    async def _may_reply(self, conversation: str) -> None:
        """Refuse where the window of the platform behind Chatwoot is closed."""
        place = f"conversations/{_numbered(conversation)}"
        found = await looked(self._client, self._api, place)
        if found.get("can_reply") is False:
            raise SendError(
                "the platform's time to answer is over: the person has to write first, "
                "or somebody sends a template from Chatwoot",
                permanent=True,
            )

    async def _write(self, conversation: str, text: str, private: bool, mark: str) -> Sent:
        body: dict[str, Any] = {"content": text, "message_type": "outgoing", "private": private}
        if mark:
            body["content_attributes"] = {inbound.MARK: mark}
        found = await self._post(f"{_numbered(conversation)}/messages", body)
        return Sent("" if found.get("id") is None else str(found["id"]))

    async def _post(self, place: str, body: dict[str, Any]) -> dict[str, Any]:
        return await call(self._client, self._api, "POST", f"conversations/{place}", body)


def _numbered(conversation: str) -> str:
    """Return a conversation's number; anything else would be another address."""
    if not (conversation.isascii() and conversation.isdigit()):
        raise SendError("there is no such conversation", permanent=True)
    return conversation


CHANNELS = {"chatwoot": (Config, Chatwoot)}
