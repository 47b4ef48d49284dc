"""A platform on this machine: real HTTP, and every trouble that a test asks for."""

import socket
import sys
import threading
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from integrations.channels.contract import Forged


class Naps:
    """Waits that take no time and are kept."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


@dataclass(frozen=True)
class Request:
    """What somebody asked."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in small letters
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What is said to it."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one request."""

    answer: Answer | None = None  # instead of handling it
    cut: bool = False  # it is handled, and the connection ends without an answer
    slow: bool = False  # it is handled, and the answer never comes


class Platform(ThreadingHTTPServer):
    """Serves what a subclass answers; keeps the requests; has the troubles it is given."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[Request] = []
        self.troubles: deque[Trouble] = deque()  # one for each request that may have one
        self.over = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what went wrong, unless somebody hung up on us."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def answer(self, request: Request) -> Answer:
        """Say what the platform says."""
        raise NotImplementedError

    def troubled(self, request: Request) -> bool:
        """Say whether trouble may befall this request."""
        return request.method == "POST"

    def stream(self, request: Request, connection: "Connection") -> bool:
        """Answer with a stream, and say whether that was done."""
        return False

    @staticmethod
    def deliver(url: str, raw: bytes, headers: Mapping[str, str]) -> int:
        """Post a webhook and return the status."""
        request = urllib.request.Request(url, raw, dict(headers), method="POST")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code


class Door(Platform):
    """Our side of a webhook: hands the bytes on, and answers 401 where that raises."""

    def __init__(self, take: Callable[[bytes, Mapping[str, str]], None]) -> None:
        super().__init__()
        self._take = take

    def answer(self, request: Request) -> Answer:
        try:
            self._take(request.body, request.headers)
        except Forged:
            return Answer(401)
        return Answer(200)


class Connection(BaseHTTPRequestHandler):
    """One connection to a platform, for one request."""

    server: Platform

    def do_POST(self) -> None:
        self._handle("POST")

    def do_GET(self) -> None:
        self._handle("GET")

    def date_time_string(self, timestamp: float | None = None) -> str:
        return "Fri, 20 Nov 2026 10:00:00 GMT"

    def _handle(self, method: str) -> None:
        place = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(method, place.path, dict(parse_qsl(place.query)), headers, body)
        self.server.asked.append(request)
        trouble = Trouble()
        if self.server.troubles and self.server.troubled(request):
            trouble = self.server.troubles.popleft()
        if trouble.answer is None and self.server.stream(request, self):
            return
        answer = trouble.answer or self.server.answer(request)
        if trouble.slow:
            self.server.over.wait(30)
        if trouble.slow or trouble.cut:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.say(answer)

    def say(self, answer: Answer, whole: bool = True) -> None:
        """Write the answer, or only its beginning."""
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if whole:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *words: object) -> None:
        pass
