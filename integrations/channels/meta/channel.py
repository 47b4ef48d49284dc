"""Messenger, Instagram and WhatsApp, directly from an app at Meta."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx

from integrations.channels.contract import (
    Arrival,
    Capabilities,
    Channel,
    Outgoing,
    SendError,
    Sent,
    Standing,
)
from integrations.channels.meta import inbound, numbers, pages, standing
from integrations.channels.meta.forms import Config, NumberConfig, PageConfig
from integrations.channels.meta.outbound import Call, Graph, call, number_body, page_body

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


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
        self._secrets = {name: config.secret_of(name) for name in config.secrets()}
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
        return await call(self._client, self._graph, Call("POST", path, body=body))

    def _calls(self, address: str) -> list[tuple[bool, Call]]:
        """Return the calls that set the webhook, and whether the app makes them."""
        raise NotImplementedError

    def registering(self, address: str) -> list[str]:
        """Return the calls that registering makes, without secrets."""
        return [f"{one.method} {one.path} with {address}" for _, one in self._calls(address)]

    async def register(self, address: str) -> None:
        """Tell Meta where to deliver; it asks us for a challenge at once."""
        for by_app, one in self._calls(address):
            await call(self._client, self._by_app if by_app else self._graph, one)

    @property
    def _by_app(self) -> Graph:
        """Return the Graph API as the app itself calls it."""
        return self._graph


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

    @property
    def _by_app(self) -> Graph:
        """Return the Graph API as the app itself calls it."""
        return replace(self._graph, token=f"{self._app}|{self._secrets['app_secret']}", proof="")

    def _calls(self, address: str) -> list[tuple[bool, Call]]:
        token = self._secrets["verify_token"]
        return standing.page_calls(address, self.called, self._app, token)

    async def standing(self) -> Standing:
        """Ask who we are, and where the app's webhooks go."""
        account = (self.account, self.called)
        return await standing.page(self._client, self._graph, *account, self._by_app, self._app)

    def accounts(self, raw: bytes) -> list[str]:
        """Return the accounts that a delivery tells of: an app has one address for all."""
        return pages.accounts(raw, self.called)

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

    def _calls(self, address: str) -> list[tuple[bool, Call]]:
        return standing.number_calls(address, self.account, self._secrets["verify_token"])

    async def standing(self) -> Standing:
        """Ask who we are, and where the number's webhooks go."""
        return await standing.number(self._client, self._graph, self.account)

    def accounts(self, raw: bytes) -> list[str]:
        """Return the numbers that a delivery tells of: an app has one address for all."""
        return numbers.accounts(raw)

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
