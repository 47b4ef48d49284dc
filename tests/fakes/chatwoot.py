"""Chatwoot on this machine: the API for one account, and its webhooks."""

import hashlib
import hmac
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.fakes.local_platform import Answer, Platform, Request, Trouble

TOKEN = "invented-bot-token"
SECRET = "invented-signing-secret"
PATH_SECRET = "invented-secret-of-an-address"
ACCOUNT, CONVERSATION, CLOSED = "5", "42", "43"

TOO_MANY = Trouble(Answer(429, b"Retry later", {"Retry-After": "9"}))
CUT, SLOW = Trouble(cut=True), Trouble(slow=True)


def failing(status: int) -> Trouble:
    return Trouble(Answer(status, b"<html>in words</html>"))


class FakeChatwoot(Platform):
    """Checks the token, keeps messages and notes, opens conversations."""

    def __init__(self, lets_bots_look: bool = True) -> None:
        super().__init__()
        self.lets_bots_look = lets_bots_look
        self.sent: list[dict[str, Any]] = []
        self.opened: list[str] = []

    def answer(self, request: Request) -> Answer:
        if request.headers.get("api_access_token") != TOKEN:
            return _said({"error": "Invalid Access Token"}, 401)
        if request.path == f"/api/v1/accounts/{ACCOUNT}/conversations":
            words = {"error": "Access to this endpoint is not authorized for bots"}
            return _said({"data": {"payload": []}}) if self.lets_bots_look else _said(words, 401)
        match request.path.removeprefix(f"/api/v1/accounts/{ACCOUNT}/conversations/").split("/"):
            case [number] if request.method == "GET" and number in (CONVERSATION, CLOSED):
                if not self.lets_bots_look:
                    return _said({"error": "Access to this endpoint is not authorized"}, 401)
                return _said({"id": int(number), "can_reply": number != CLOSED})
            case [number, "messages"] if number in (CONVERSATION, CLOSED):
                self.sent.append(json.loads(request.body) | {"conversation": number})
                return _said(self.sent[-1] | {"id": 5000 + len(self.sent)})
            case [number, "toggle_status"] if number == CONVERSATION:
                self.opened += [number] if json.loads(request.body)["status"] == "open" else []
                return _said({"payload": {"success": True, "current_status": "open"}})
        return _said({"error": "Resource could not be found"}, 404)

    def deliver_event(self, url: str, raw: bytes, now: datetime, secret: str = SECRET) -> int:
        """Post a signed webhook."""
        return self.deliver(url, raw, signed(raw, now, secret))


def signed(raw: bytes, now: datetime, secret: str = SECRET) -> dict[str, str]:
    """Return the headers that Chatwoot sends along."""
    at = str(int(now.timestamp()))
    signature = hmac.new(secret.encode(), f"{at}.".encode() + raw, hashlib.sha256).hexdigest()
    return {
        "X-Chatwoot-Timestamp": at,
        "X-Chatwoot-Signature": f"sha256={signature}",
        "X-Chatwoot-Delivery": "0b1d6c0e-invented",
        "Content-Type": "application/json",
    }


def fixture(event: str) -> bytes:
    """Return a recorded shape of what Chatwoot posts."""
    folder = Path(__file__).parent.parent / "channels" / "fixtures"
    return (folder / f"chatwoot__{event}.json").read_bytes()


def _said(content: dict[str, Any], status: int = 200) -> Answer:
    return Answer(status, json.dumps(content).encode(), {"Content-Type": "application/json"})
