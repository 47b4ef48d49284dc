"""Where spans begin and end: turns, sends and deliveries. Off unless QUIETHAND_OTLP_URL is set."""

import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from agents.agent import Agent
from agents.deps import Event, Records
from agents.state import Turn
from integrations.channels.contract import Channel, Outgoing, SendError, Sent
from integrations.settings import Settings
from integrations.store.sends import PREFIX

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from integrations.wiring import House


class Tells(Protocol):
    """Takes what happened and how long it took."""

    def turn(self, turn: Turn, ended: int) -> None: ...

    def during(
        self, name: str, about: Mapping[str, str], turn: str = ""
    ) -> AbstractContextManager[dict[str, str]]: ...

    def close(self) -> None: ...


def open_tracing(settings: Settings) -> "Tracing | None":
    """Return what follows the work of this process, or None when nobody asked for it."""
    if not settings.otlp_url:
        return None
    from integrations.spans import Spans

    return Tracing(Spans(settings.otlp_url))


@dataclass(frozen=True)
class Tracing:
    """Puts itself around what is to be followed."""

    spans: Tells

    def agent(self, agent: Agent) -> Agent:
        """Return an agent whose turns are told."""
        records = cast(Records, TracedRecords(agent.deps.records, self.spans))
        return replace(agent, deps=replace(agent.deps, records=records))

    def house(self, house: "House") -> "House":
        """Return a house whose agent's turns are told."""
        agent = self.agent(house.agent)
        return replace(house, agent=agent, reviewing=replace(house.reviewing, agent=agent))

    def channels(self, found: Mapping[tuple[str, str], Channel]) -> dict[tuple[str, str], Channel]:
        """Return channels, for a sender, whose sends are told."""
        return {key: cast(Channel, TracedChannel(one, self.spans)) for key, one in found.items()}

    def web(self, app: "FastAPI") -> None:
        """Have an app's deliveries told."""
        app.add_middleware(TracedDeliveries, spans=self.spans)

    def close(self) -> None:
        """Hand over what is left."""
        self.spans.close()


class TracedRecords:
    """Records that tell of each turn once it is kept."""

    def __init__(self, records: Records, spans: Tells) -> None:
        self._records, self._spans = records, spans

    def __getattr__(self, name: str) -> Any:
        """Leave all else as it is."""
        return getattr(self._records, name)

    async def commit(self, event: Event, turn: Turn) -> Turn:
        """Keep the turn, then tell of it."""
        kept = await self._records.commit(event, turn)
        self._spans.turn(kept, time.time_ns())
        return kept


class TracedChannel:
    """A channel that tells of each message that it hands over, under the message's turn."""

    def __init__(self, channel: Channel, spans: Tells) -> None:
        self._channel, self._spans = channel, spans

    def __getattr__(self, name: str) -> Any:
        """Leave all else as it is."""
        return getattr(self._channel, name)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send, and tell what became of it."""
        about = {
            "quiethand.channel": self._channel.kind,
            "quiethand.account": self._channel.account,
            "quiethand.mark": outgoing.mark,
        }
        turn = outgoing.mark.removeprefix(PREFIX).partition("-")[0]
        with self._spans.during("send", about, turn) as told:
            try:
                sent = await self._channel.send(outgoing)
            except SendError as error:
                told["quiethand.result"] = _result(error)
                raise
            told["quiethand.result"] = "sent"
            return sent


def _result(error: SendError) -> str:
    if error.unknown:
        return "unknown"
    return "failed" if error.permanent else "again"


class TracedDeliveries:
    """Tells of each delivery of a platform: to which channel, and what it was answered."""

    def __init__(self, app: "ASGIApp", spans: Tells) -> None:
        self._app, self._spans = app, spans

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Follow a delivery, and let everything else pass."""
        place = scope.get("path", "").split("/")
        if scope["type"] != "http" or scope["method"] != "POST" or place[1:2] != ["channels"]:
            await self._app(scope, receive, send)
            return
        with self._spans.during("delivery", {}) as told:

            async def heard(message: "Message") -> None:
                if message["type"] == "http.response.start":
                    told.update(_answered(place, int(message["status"])))
                await send(message)

            await self._app(scope, receive, heard)


def _answered(place: list[str], status: int) -> dict[str, str]:
    """Name the channel where there is one: who asks for another may write anything there."""
    known = {} if status == 404 else dict(zip(("channel", "account"), place[2:4], strict=False))
    return {f"quiethand.{key}": value for key, value in {**known, "status": str(status)}.items()}
