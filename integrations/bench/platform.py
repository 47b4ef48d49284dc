"""A platform on loopback that delivers at a steady rate, and counts what it is sent."""

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Self

from integrations.bench.turns import said
from integrations.channels.webhook.signing import signed

SECRET = "0123456789abcdef" * 2  # of a service that lives as long as a measurement
ACCOUNTS = 8
LINES = 32  # connections that deliveries share


class Platform:
    """Takes answers; each is stamped with the time it came."""

    def __init__(self) -> None:
        self.times: list[float] = []

    async def __aenter__(self) -> Self:
        """Open a port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await _message(reader):
                self.times.append(time.perf_counter())
                writer.write(_answer(f'{{"id":"m{len(self.times)}"}}'.encode()))
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()

    def channels(self) -> str:
        """Return the settings of channels that answer here."""
        entry = (
            '[[channel]]\nkind = "webhook"\naccount = "a{n}"\nsecret = "{secret}"\n'
            'url = "http://127.0.0.1:{port}/"\nallow_http = true\naccount_per_second = 1000\n'
        )
        numbers = range(ACCOUNTS)
        return "".join(entry.format(n=n, secret=SECRET, port=self.port) for n in numbers)


async def deliver(port: int, count: int, per_second: float) -> list[float]:
    """Deliver so many messages of as many people at a steady rate; return seconds, of each."""
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(LINES):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    began, texts, tasks = time.perf_counter(), said(), []
    for number in range(count):
        due = began + number / per_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(_one(free, number, next(texts), due)))
    times = await asyncio.gather(*tasks)
    while not free.empty():
        free.get_nowait()[1].close()
    return list(times)


Lines = asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]]


async def _one(free: Lines, number: int, text: str, due: float) -> float:
    """Deliver one; its time begins when it should have left, so that no wait is hidden."""
    reader, writer = await free.get()
    writer.write(_request(number, text))
    status = await _message(reader)
    free.put_nowait((reader, writer))
    if b" 200 " not in status:
        raise RuntimeError(f"a delivery was refused: {status.decode().strip()}")
    return time.perf_counter() - due


def _request(number: int, text: str) -> bytes:
    stamp = f"{time.time_ns()}-{number}"
    body = json.dumps(
        {
            "id": stamp,
            "conversation": f"c-{stamp}",
            "contact": f"p-{stamp}",
            "text": text,
            "at": datetime.now(UTC).isoformat(),
        }
    ).encode()
    headers = signed(body, SECRET, datetime.now(UTC)) | {
        "Host": "127.0.0.1",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    path = f"/channels/webhook/a{number % ACCOUNTS}"
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def _answer(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Read one request or answer; return its first line."""
    head = await reader.readuntil(b"\r\n\r\n")
    for line in _headers(head):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.partition(b":")[2]))
    return head.partition(b"\r\n")[0]


def _headers(head: bytes) -> Iterator[bytes]:
    yield from head.lower().split(b"\r\n")
