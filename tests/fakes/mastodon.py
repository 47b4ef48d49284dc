"""A Mastodon server on this machine: notifications, a stream of them, and posts by key."""

import json
import queue
import socket
from pathlib import Path
from typing import Any

from tests.fakes.local_platform import Answer, Connection, Platform, Request, Trouble

TOKEN = "an-invented-access-token"
OWN = "brand@mastodon.example"
RESET = {"X-RateLimit-Reset": "2026-11-20T10:05:00.000000Z"}  # the fakes' clocks stand at 10:00
TOO_MANY = Trouble(Answer(429, b'{"error":"Too many requests"}', RESET))
REVOKED = Trouble(Answer(401, b'{"error":"The access token was revoked"}'))
CUT, SLOW = Trouble(cut=True), Trouble(slow=True)
END = b""


class FakeMastodon(Platform):
    """Checks the token, posts once a key, streams what it is told to."""

    def __init__(self, longest: int | None = 500, application: str = "Quiethand") -> None:
        super().__init__()
        self.posts: dict[str, dict[str, Any]] = {}  # by their keys
        self.notifications: list[dict[str, Any]] = []
        self.policy = {"for_private_mentions": "accept", "for_new_accounts": "accept"}
        self.streaming = self.url.replace("http://", "ws://")
        self.streams = 0
        self._longest, self._application = longest, application
        self._said: queue.Queue[bytes] = queue.Queue()

    def answer(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer(401, b'{"error":"The access token is invalid"}')
        match request.method, request.path:
            case "GET", "/api/v2/instance" if self._longest:
                urls = {"streaming": self.streaming}
                statuses = {"max_characters": self._longest}
                return _fine({"configuration": {"urls": urls, "statuses": statuses}})
            case "GET", "/api/v1/apps/verify_credentials" if self._application:
                return _fine({"name": self._application})
            case "GET", "/api/v2/notifications/policy":
                return _fine(self.policy)
            case "GET", "/api/v1/notifications":
                return _fine(self._page(request.query))
            case "POST", "/api/v1/statuses":
                return self._post(request)
        return Answer(404, b'{"error":"Record not found"}')

    def say(self, event: str, data: bytes) -> None:
        """Send an event down the stream; data is one line."""
        line = json.dumps(json.loads(data), ensure_ascii=False).encode()
        self._said.put(b"event: " + event.encode() + b"\ndata: " + line + b"\n\n")

    def notify(self, raw: bytes, **change: Any) -> None:
        """Store a notification and send it down the stream."""
        self.notifications.append(json.loads(raw) | change)
        self.say("notification", json.dumps(self.notifications[-1]).encode())

    def hang_up(self) -> None:
        """End the stream once all is sent."""
        self._said.put(END)

    def stream(self, request: Request, connection: Connection) -> bool:
        if request.path != "/api/v1/streaming/user":
            return False
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return False
        self.streams += 1
        connection.say(Answer(headers={"Content-Type": "text/event-stream"}), whole=False)
        while not self.over.is_set():
            try:
                part = self._said.get(timeout=0.02)
            except queue.Empty:
                part = b":thump\n"
            if part == END:
                break
            try:
                connection.wfile.write(part)
            except OSError:
                break
        connection.connection.shutdown(socket.SHUT_WR)
        return True

    def _page(self, query: dict[str, str]) -> list[dict[str, Any]]:
        least, limit = int(query.get("min_id", 0)), int(query.get("limit", 40))
        kind = query.get("types[]", "")
        found = [one for one in self.notifications if int(one["id"]) > least]
        found = sorted(
            (one for one in found if one["type"] == kind), key=lambda one: int(one["id"])
        )
        page = found[:limit] if "min_id" in query else found[-limit:]
        return page[::-1]

    def _post(self, request: Request) -> Answer:
        post = json.loads(request.body)
        if self._longest and len(post["status"]) > self._longest:
            return Answer(422, b'{"error":"Validation failed: Text character limit exceeded"}')
        key = request.headers["idempotency-key"]
        self.posts.setdefault(key, post)
        return _fine({"id": f"2000{list(self.posts).index(key) + 1}"} | post)


def _fine(content: Any) -> Answer:
    return Answer(body=json.dumps(content).encode(), headers={"Content-Type": "application/json"})


def fixture(event: str) -> bytes:
    """Return a recorded shape of what Mastodon tells."""
    folder = Path(__file__).parent.parent / "channels" / "fixtures"
    return (folder / f"mastodon__{event}.json").read_bytes()
