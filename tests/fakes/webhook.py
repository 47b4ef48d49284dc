"""A platform of somebody's own on this machine: takes signed answers, posts signed events."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fakes.local_platform import Answer, Platform, Request, Trouble

SECRET = "an-invented-secret-that-both-sides-know"
TOO_MANY = Trouble(Answer(429, headers={"Retry-After": "9"}))
CLOSED = Trouble(Answer(410))
CUT, SLOW = Trouble(cut=True), Trouble(slow=True)


class FakeReceiver(Platform):
    """Checks signatures by itself, keeps what it takes, each key once."""

    def __init__(self, secret: str = SECRET) -> None:
        super().__init__()
        self.taken: dict[str, dict[str, Any]] = {}  # by their keys
        self._secret = secret

    def answer(self, request: Request) -> Answer:
        given = request.headers.get("x-quiethand-signature", "")
        timestamp = request.headers.get("x-quiethand-timestamp", "")
        if given != "v1=" + self._digest(timestamp, request.body):
            return Answer(401)
        key = request.headers["idempotency-key"]
        self.taken.setdefault(key, json.loads(request.body))
        number = list(self.taken).index(key) + 1
        return Answer(201, json.dumps({"id": f"theirs-{number}"}).encode())

    def headers_for(self, raw: bytes, at: datetime | None = None) -> dict[str, str]:
        """Return the headers that belong to a body."""
        timestamp = str(int((at or datetime.now(UTC)).timestamp()))
        return {
            "X-Quiethand-Timestamp": timestamp,
            "X-Quiethand-Signature": "v1=" + self._digest(timestamp, raw),
            "Content-Type": "application/json",
        }

    def deliver_event(self, url: str, event: dict[str, Any], at: datetime | None = None) -> int:
        """Post an event, signed."""
        raw = json.dumps(event).encode()
        return self.deliver(url, raw, self.headers_for(raw, at))

    def _digest(self, timestamp: str, raw: bytes) -> str:
        text = timestamp.encode() + b"." + raw
        return hmac.new(self._secret.encode(), text, hashlib.sha256).hexdigest()


def fixture(event: str) -> bytes:
    """Return an event as the README describes it."""
    folder = Path(__file__).parent.parent / "channels" / "fixtures"
    return (folder / f"webhook__{event}.json").read_bytes()
