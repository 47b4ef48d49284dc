"""An agent bot of a Chatwoot account, and with it every inbox it is connected to."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from integrations.channels.chatwoot import inbound
from integrations.channels.chatwoot.outbound import Api, Refused, call
from integrations.channels.contract import Arrival, Capabilities, Outgoing, SendError, Sent

SECRETS = ("token", "secret", "path_secret")
NO_RIGHT_TO_LOOK = (401, 403, 404)


class Config(BaseModel):
    """What an operator sets for an agent bot."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

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

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, given: Any) -> Any:
        return _opened(given)

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        token, secret, path = (getattr(self, name).get_secret_value() for name in SECRETS)
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError("token: is empty or holds characters that no token has")
        if not secret and len(path) < 16:
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
        self._secret = config.secret.get_secret_value()
        self._path_secret = config.path_secret.get_secret_value()
        place = f"{config.url.rstrip('/')}/api/v1/accounts/{config.account}"
        self._api = Api(place, config.token.get_secret_value(), seconds)
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

    async def note(self, conversation: str, text: str, mark: str = "") -> Sent:
        """Leave a note that only the team sees, as for a draft."""
        return await self._write(conversation, text, True, mark)

    async def hand_over(self, conversation: str) -> None:
        """Open the conversation, which puts it in front of people."""
        place = f"{_numbered(conversation)}/toggle_status"
        await self._call("POST", place, {"status": "open"})

    async def _may_reply(self, conversation: str) -> None:
        """Refuse where the window of the platform behind Chatwoot is closed."""
        try:
            found = await self._call("GET", _numbered(conversation))
        except Refused as error:
            if error.status in NO_RIGHT_TO_LOOK:  # bots may not look in older versions
                return
            raise
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
        found = await self._call("POST", f"{_numbered(conversation)}/messages", body)
        return Sent("" if found.get("id") is None else str(found["id"]))

    async def _call(
        self, method: str, place: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return await call(self._client, self._api, method, f"conversations/{place}", body)


def _numbered(conversation: str) -> str:
    """Return a conversation's number; anything else would be another address."""
    if not (conversation.isascii() and conversation.isdigit()):
        raise SendError("there is no such conversation", permanent=True)
    return conversation


def _opened(given: Any) -> Any:
    """Return the settings with the secrets that files hold."""
    if not isinstance(given, dict):
        return given
    read = dict(given)
    for name in SECRETS:
        if file := given.get(f"{name}_file"):
            try:
                read[name] = Path(file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ValueError(f"{name}_file: cannot be read ({type(error).__name__})") from None
    return read


CHANNELS = {"chatwoot": (Config, Chatwoot)}
