"""X on this machine: the API for one account's direct messages, and its signed deliveries."""

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any

from tests.fakes.local_platform import Answer, Platform, Request, Trouble

TOKEN, CONSUMER = "an-invented-access-token", "an-invented-consumer-secret"
OWN, PERSON, APP = "7000001", "7000002", "5550001"
PLACE = re.compile(r"/2/dm_conversations/(\d+-\d+)/messages")


def problem(status: int, detail: str, **headers: str) -> Answer:
    content = {"title": "Problem", "detail": detail, "status": status}
    return Answer(status, json.dumps(content).encode(), headers)


# The fakes' clocks stand at 10:00 on 20 November 2026, which is 1795168800.
TOO_MANY = Trouble(problem(429, "Too Many Requests", **{"x-rate-limit-reset": "1795169100"}))
CLOSED = Trouble(problem(403, "You do not have permission to DM one or more participants."))
CUT, SLOW = Trouble(cut=True), Trouble(slow=True)


class FakeX(Platform):
    """Checks the token, keeps what is sent, asks challenges and signs deliveries."""

    def __init__(self) -> None:
        super().__init__()
        self.token = TOKEN
        self.sent: list[tuple[str, dict[str, Any]]] = []  # conversations and bodies

    def answer(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return problem(401, "Unauthorized")
        if request.path == "/2/users/me":
            return Answer(body=json.dumps({"data": {"id": OWN, "name": "Example"}}).encode())
        place = PLACE.fullmatch(request.path)
        if request.method != "POST" or not place:
            return problem(404, "Not Found")
        body = json.loads(request.body)
        if len(body["text"]) > 10_000:
            return problem(400, "The text is too long")
        self.sent.append((place[1], body))
        data = {
            "dm_conversation_id": place[1],
            "dm_event_id": f"190000000000000020{len(self.sent)}",
        }
        return Answer(201, json.dumps({"data": data}).encode())

    def deliver_event(self, url: str, raw: bytes, secret: str = CONSUMER) -> int:
        """Post a delivery, signed."""
        headers = {"x-twitter-webhooks-signature": signature(raw, secret)}
        return self.deliver(url, raw, headers | {"Content-Type": "application/json"})


def signature(raw: bytes, secret: str = CONSUMER) -> str:
    """Return the signature that X puts on these bytes."""
    digest = hmac.new(secret.encode(), raw, hashlib.sha256).digest()
    return "sha256=" + base64.b64encode(digest).decode()


def fixture(event: str) -> bytes:
    """Return a recorded shape of what X delivers."""
    folder = Path(__file__).parent.parent / "channels" / "fixtures"
    return (folder / f"x__{event}.json").read_bytes()
