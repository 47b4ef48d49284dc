"""Messenger, Instagram and WhatsApp, directly from an app at Meta."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from integrations.channels.contract import (
    Arrival,
    Capabilities,
    Channel,
    Outgoing,
    SendError,
    Sent,
)
from integrations.channels.meta import inbound, numbers, pages
from integrations.channels.meta.outbound import Graph, number_body, page_body, post

SECRETS = ("app_secret", "verify_token", "token")
Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Config(BaseModel):
    """What an operator sets for an account of an app."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    account: str = Field(pattern=r"^[0-9]{1,32}$", description="the page, account or number id")
    app_secret: SecretStr = Field(description="of the app; signs webhooks")
    app_secret_file: Path | None = Field(default=None, description="file that holds it")
    verify_token: SecretStr = Field(description="what you typed beside the callback URL")
    verify_token_file: Path | None = Field(default=None, description="file that holds it")
    token: SecretStr = Field(description="access token of the page, account or system user")
    token_file: Path | None = Field(default=None, description="file that holds it")
    url: str = Field(
        default="https://graph.facebook.com", pattern=r"^https?://", description="the Graph API"
    )
    version: str = Field(default="v26.0", pattern=r"^v[0-9]{1,3}\.[0-9]$")
    prove: bool = Field(default=False, description="the app demands a proof with each call")

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, given: Any) -> Any:
        return _opened(given)

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        for name in SECRETS:
            secret: str = getattr(self, name).get_secret_value()
            if not secret or not secret.isascii() or not secret.isprintable() or " " in secret:
                raise ValueError(f"{name}: is empty or holds characters that no secret has")
        return self


class PageConfig(Config):
    """What an operator sets for a page or an Instagram account."""

    app_id: str = Field(pattern=r"^[0-9]{1,32}$", description="tells our echoes from others'")


class NumberConfig(Config):
    """What an operator sets for a WhatsApp number."""

    coexistence: bool = Field(
        default=False, description="the number is also used in the WhatsApp Business app"
    )


class _Account:
    """One account of an app: the question, the signature and the way out."""

    capabilities: Capabilities

    def __init__(
        self,
        config: Config,
        client: httpx.AsyncClient,
        clock: Clock = _now,
        seconds: float = 15.0,
    ) -> None:
        self.account = config.account
        self._secrets = {name: getattr(config, name).get_secret_value() for name in SECRETS}
        proof = self._secrets["app_secret"] if config.prove else ""
        place = f"{config.url.rstrip('/')}/{config.version}"
        self._graph = Graph(place, self._secrets["token"], proof, seconds)
        self._client, self._clock = client, clock

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Repeat the challenge to who knows our verify token."""
        return inbound.challenge(query, self._secrets["verify_token"])

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Raise ``Forged`` unless the app's secret signed these bytes; Meta signs no time."""
        inbound.verify(raw, headers, self._secrets["app_secret"])

    async def _post(self, path: str, outgoing: Outgoing, body: dict[str, Any]) -> dict[str, Any]:
        limit, unit = self.capabilities.longest, self.capabilities.counted_in
        long = len(outgoing.text.encode() if unit == "bytes" else outgoing.text)
        if not outgoing.text.strip():
            raise SendError("the text is empty", permanent=True)
        if long > limit:
            words = f"the text has {long} {unit}; one message takes {limit}"
            raise SendError(words, permanent=True)
        return await post(self._client, self._graph, path, body)


class _Page(_Account):
    """An account where people are known by an id of that account alone."""

    called: str  # as Meta names the kind of account in webhooks
    marked: bool  # whether our mark may go along

    def __init__(
        self,
        config: PageConfig,
        client: httpx.AsyncClient,
        clock: Clock = _now,
        seconds: float = 15.0,
    ) -> None:
        super().__init__(config, client, clock, seconds)
        self._app = config.app_id

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return what happened on this account."""
        return pages.parse(raw, self.called, self.account, self._app)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send plain text; the echo tells that it went out."""
        body = page_body(outgoing, self._clock(), self.marked)
        content = await self._post("me/messages", outgoing, body)
        return Sent(str(content.get("message_id") or ""))


class Messenger(_Page):
    """One Facebook page; the echo brings our mark back."""

    kind, called, marked = "messenger", "page", True
    capabilities = Capabilities(
        longest=2000, window_hours=24, window_for_people_hours=168, echo=True,
        account_per_second=250,
    )  # fmt: skip


class Instagram(_Page):
    """One professional account; the echo knows the message's id, and not our mark."""

    kind, called, marked = "instagram", "instagram", False
    capabilities = Capabilities(
        longest=1000, counted_in="bytes", window_hours=24, window_for_people_hours=168, echo=True,
        account_per_second=250,
    )  # fmt: skip


class WhatsApp(_Account):
    """One phone number of the Cloud API; every status brings our mark back."""

    kind = "whatsapp"

    def __init__(
        self,
        config: NumberConfig,
        client: httpx.AsyncClient,
        clock: Clock = _now,
        seconds: float = 15.0,
    ) -> None:
        super().__init__(config, client, clock, seconds)
        both = config.coexistence
        self.capabilities = Capabilities(
            longest=4096, window_hours=24, window_for_people_hours=24, echo=both,
            account_per_second=18 if both else 72, recipient_per_second=1 / 6,
        )  # fmt: skip

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return what happened to this number."""
        return numbers.parse(raw, self.account)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send plain text to a user's id, or to a phone number where there is none."""
        body = number_body(outgoing, self._clock())
        content = await self._post(f"{self.account}/messages", outgoing, body)
        rows = content.get("messages")
        first = rows[0] if isinstance(rows, list) and rows else None
        return Sent(str(first.get("id") or "") if isinstance(first, dict) else "")


# What a setting `kind` names: the form of its settings, and the channel.
CHANNELS: dict[str, tuple[type[Config], Callable[..., Channel]]] = {
    "messenger": (PageConfig, Messenger),
    "instagram": (PageConfig, Instagram),
    "whatsapp": (NumberConfig, WhatsApp),
}


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
