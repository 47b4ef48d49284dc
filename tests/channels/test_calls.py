"""How a call that goes wrong is named: whoever sends must know whether it may have arrived."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest

from integrations.web_client import open_client

pytestmark = pytest.mark.anyio
HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


class Server:
    """Answers each call with the next of its answers, then closes the line; None is no answer."""

    def __init__(self, *answers: bytes | None, late: float = 0.0) -> None:
        self.answers, self.heard, self.late = list(answers), list[bytes](), late
        self.lines: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines.append(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            self.heard.append(await reader.readuntil(b"\r\n\r\n"))
            await asyncio.sleep(self.late)
            while self.answers and (answer := self.answers.pop(0)):
                writer.write(answer)
                if self.answers:
                    self.heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()


@asynccontextmanager
async def serving(server: Server) -> AsyncIterator[str]:
    opened = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    async with opened:
        yield f"http://127.0.0.1:{opened.sockets[0].getsockname()[1]}"
    for line in server.lines:
        line.close()
    await asyncio.sleep(0.01)


async def test_an_answer_is_read_with_its_status_and_headers() -> None:
    server = Server(b"HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}")
    async with serving(server) as url, open_client(5.0) as client:
        answer = await client.post(f"{url}/a%2Fb?c=%20d", headers={"X-Mark": "1"})
    assert (answer.status_code, answer.headers["retry-after"], answer.json()) == (429, "7", {})
    assert server.heard[0].startswith(b"POST /a%2Fb?c=%20d HTTP/1.1\r\n")  # as it was given
    assert b"x-mark: 1" in server.heard[0].lower()
    assert b"content-type" not in server.heard[0].lower()


async def test_where_nobody_listens_nothing_left() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with open_client(5.0) as client:
        with pytest.raises(httpx.ConnectError):
            await client.post(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (None, httpx.ReadError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel", httpx.ReadError),
        (b"no http at all\r\n\r\n", httpx.RemoteProtocolError),
    ],
)
async def test_a_message_whose_answer_is_lost_is_not_sent_again(
    answer: bytes | None, kind: type[Exception]
) -> None:
    server = Server(HELLO, answer)
    async with serving(server) as url, open_client(5.0) as client:
        assert (await client.post(url)).text == "hello"
        with pytest.raises(kind):
            await client.post(url)
    assert len(server.heard) == 2


async def test_an_answer_that_does_not_come_in_time_may_have_been_taken() -> None:
    server = Server(HELLO, late=0.5)
    async with serving(server) as url, open_client(5.0) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.post(url, timeout=httpx.Timeout(5.0, read=0.05))


async def test_a_header_that_cannot_be_written_never_leaves() -> None:
    server = Server(HELLO)
    async with serving(server) as url, open_client(5.0) as client:
        with pytest.raises(httpx.LocalProtocolError):
            await client.post(url, headers={"X-Mark": "a\r\nX-Other: b"})
    assert server.heard == []


async def test_nobody_is_followed_elsewhere() -> None:
    server = Server(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n", HELLO)
    async with serving(server) as url, open_client(5.0) as client:
        assert (await client.get(url)).status_code == 302
    assert len(server.heard) == 1
