"""A chat of our own: a page, and a panel that other sites embed."""

import re
from collections.abc import Mapping
from datetime import datetime

import httpx
from pydantic import BaseModel, ConfigDict, Field, field_validator

from integrations.channels.contract import Arrival, Capabilities, Forged, Outgoing, Sent
from integrations.channels.web.listeners import Listeners

LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")
THROUGH_THE_PAGE = "visitors write through the chat page"


class Config(BaseModel):
    """What an operator sets for the web chat."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    account: str = Field(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="a name for this chat")
    origins: tuple[str, ...] = Field(
        default=(), description="sites that may embed it, as https://www.example.org"
    )
    title: str = Field(default="", max_length=80, description="on top; empty: the brand's name")
    colour: str = Field(
        default="#2f5d50", pattern=r"^#[0-9a-fA-F]{6}$", description="of buttons and own messages"
    )
    privacy: str = Field(default="", max_length=500, description="address of the privacy notice")

    @field_validator("origins")
    @classmethod
    def _whole(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for origin in given:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError("takes https://, a host in small letters, and no path or star")
            host = httpx.URL(origin).host
            if origin.startswith("http://") and host not in LOOPBACK:
                raise ValueError("is not encrypted; use https")
        return given

    @field_validator("privacy")
    @classmethod
    def _linked(cls, given: str) -> str:
        if given and not re.fullmatch(r"https://[^\s\"'<>]+", given):
            raise ValueError("takes an address that begins with https://")
        return given


class WebChat:
    """The chat page of this service."""

    kind = "web"

    def __init__(self, config: Config, client: httpx.AsyncClient | None = None) -> None:
        """Take the settings; nothing is called, so the client stays unused."""
        self.account, self.config = config.account, config
        self.capabilities = Capabilities(
            longest=4000,
            idempotent=True,
            account_per_second=1000.0,  # nobody's limit but ours
            recipient_per_second=20.0,
        )
        self.listeners = Listeners()

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Refuse: no platform stands behind this channel."""
        return None

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Refuse every delivery: a visitor's cookie or token is checked by the page's routes."""
        raise Forged(THROUGH_THE_PAGE)

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return nothing: no platform delivers here."""
        return []

    async def send(self, outgoing: Outgoing) -> Sent:
        """Tell whoever has the conversation open to look; the rows hold what was said."""
        self.listeners.ring(outgoing.conversation)
        return Sent(outgoing.mark)


CHANNELS = {"web": (Config, WebChat)}
