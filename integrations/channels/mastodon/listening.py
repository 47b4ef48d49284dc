"""One connection to a server's stream, with what came before it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

import httpx

from integrations.channels.calling import lost
from integrations.channels.contract import Arrival, BadPayload, SendError
from integrations.channels.mastodon import inbound, outbound
from integrations.channels.mastodon.server import Server
from integrations.channels.mastodon.stream import TooLong, events
from integrations.channels.reading import loaded

SILENCE = 60.0  # seconds; the server sends a heartbeat every 15
PAGE = 80  # notifications of one answer
Batch = tuple[list[Arrival], str]


class Listening:
    """Hears everything behind a cursor, in order, until the connection ends."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        url: str,
        auth: Mapping[str, str],
        patience: httpx.Timeout,
        own: str,
        server: Server,
    ) -> None:
        self._client, self._url, self._auth, self._patience = client, url, auth, patience
        self._own, self._server = own, server

    async def heard(self, cursor: str) -> AsyncGenerator[Batch]:
        """Yield what is waiting, then what comes."""
        # Once before the stream too: where streaming is down, this is a slow poll.
        async for batch in self._missed(cursor):
            cursor = batch[1]
            yield batch
        address = f"{self._server.streaming}/api/v1/streaming/user"
        patience = httpx.Timeout(SILENCE, connect=5.0)
        try:
            async with self._client.stream(
                "GET", address, headers=self._auth, timeout=patience, follow_redirects=False
            ) as answer:
                if not answer.is_success:
                    raise outbound.refused(answer)
                async with aclosing(self._connected(answer, cursor)) as connected:
                    async for batch in connected:
                        yield batch
        except httpx.RequestError as error:
            raise lost(error, outbound.WHO, doubt=False) from None
        except TooLong:
            raise SendError("the stream sends a line without an end") from None

    async def _connected(self, answer: httpx.Response, cursor: str) -> AsyncGenerator[Batch]:
        # Once more: what came between the first look and the connection.
        async for batch in self._missed(cursor):
            cursor = batch[1]
            yield batch
        async for name, data in events(answer.aiter_bytes()):
            if name == "notification":
                async for batch in self._told(data, cursor):
                    cursor = batch[1]
                    yield batch
            elif name == "update" and (echo := self._echo(data)):
                yield echo, cursor

    async def _told(self, data: bytes, cursor: str) -> AsyncGenerator[Batch]:
        """Yield what is new since the cursor; the event itself where the server left it out."""
        try:
            notification = loaded(data)
            told = _order(inbound.number(notification))
        except BadPayload:
            return
        if notification["type"] != "mention":
            return
        late = told <= _order(cursor)  # numbers may be given out before others are stored
        if not late:
            async for batch in self._missed(cursor):
                cursor = batch[1]
                yield batch
        if late or told > _order(cursor):
            yield inbound.parse_batch([notification], self._own), cursor

    def _echo(self, data: bytes) -> list[Arrival]:
        try:
            return inbound.parse_own(data, self._own, self._server.application)
        except BadPayload:
            return []

    async def _missed(self, cursor: str) -> AsyncGenerator[Batch]:
        if not cursor:
            newest = await self._page({"limit": 1})
            yield [], inbound.number(newest[0]) if newest else "0"
            return
        # min_id and not since_id, which answers the newest page and would leave a gap before it.
        while page := await self._page({"limit": PAGE, "min_id": cursor}):
            page.sort(key=_age)
            if _order(after := inbound.number(page[-1])) <= _order(cursor):
                return
            cursor = after
            yield inbound.parse_batch(page, self._own), cursor

    async def _page(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        found = await outbound.call(
            self._client, "GET", f"{self._url}/api/v1/notifications", self._auth, self._patience,
            params={"types[]": "mention"} | query,
        )  # fmt: skip
        if not isinstance(found, list):
            raise SendError("the server's notifications cannot be read")
        try:
            for one in found:
                inbound.number(one)
        except BadPayload:
            raise SendError("the server's notifications cannot be read") from None
        return found


def _order(number: str) -> tuple[int, str]:
    """Return what ids are sorted by: they are numbers, longer ones are later."""
    return len(number), number


def _age(notification: dict[str, Any]) -> tuple[int, str]:
    return _order(inbound.number(notification))
