"""Telegram on this machine: the Bot API for one bot, and its webhooks."""

import json
import time
from pathlib import Path
from typing import Any

from tests.fakes.local_platform import Answer, Platform, Request, Trouble

TOKEN = "123456:invented-token_of-a-bot"
SECRET = "invented-secret_of-a-webhook"


def refusal(status: int, description: str, **parameters: Any) -> Answer:
    content: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        content["parameters"] = parameters
    return Answer(status, json.dumps(content).encode())


TOO_MANY = Trouble(refusal(429, "Too Many Requests: retry after 7", retry_after=7))
BLOCKED = Trouble(refusal(403, "Forbidden: bot was blocked by the user"))
CUT, SLOW = Trouble(cut=True), Trouble(slow=True)


class FakeTelegram(Platform):
    """Checks the token, keeps what is sent, hands out updates once each."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.updates: list[dict[str, Any]] = []
        self.webhook: dict[str, Any] = {}

    def answer(self, request: Request) -> Answer:
        start = f"/bot{TOKEN}/"
        if not request.path.startswith(start):
            return refusal(401, "Unauthorized")
        body = json.loads(request.body)
        match request.path.removeprefix(start):
            case "sendMessage":
                return self._send(body)
            case "getUpdates":
                return self._poll(body)
            case "getMe":
                return _fine({"id": 123456, "is_bot": True, "username": "Example_Bot"})
            case "getWebhookInfo":
                return _fine({"url": self.webhook.get("url", ""), "pending_update_count": 0})
            case "setWebhook":
                self.webhook = body
            case "deleteWebhook":
                self.webhook = {}
            case _:
                return refusal(404, "Not Found")
        return _fine(True)

    def deliver_update(self, url: str, update: dict[str, Any], secret: str = SECRET) -> int:
        """Post an update as a webhook."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
        return self.deliver(url, json.dumps(update).encode(), headers)

    def _send(self, body: dict[str, Any]) -> Answer:
        if len(body["text"]) > 4096:
            return refusal(400, "Bad Request: message is too long")
        self.sent.append(body)
        return _fine({"message_id": 9000 + len(self.sent), "chat": {"id": body["chat_id"]}})

    def _poll(self, body: dict[str, Any]) -> Answer:
        if self.webhook:
            words = "Conflict: can't use getUpdates method while webhook is active"
            return refusal(409, words)
        first, until = body.get("offset", 0), time.monotonic() + body.get("timeout", 0)
        self.updates = [one for one in self.updates if one["update_id"] >= first]
        while not self.updates and time.monotonic() < until and not self.over.wait(0.01):
            pass
        return _fine(self.updates[: body.get("limit", 100)])


def _fine(result: Any) -> Answer:
    return Answer(body=json.dumps({"ok": True, "result": result}).encode())


def fixture(event: str) -> bytes:
    """Return a recorded shape of what Telegram posts."""
    folder = Path(__file__).parent.parent / "channels" / "fixtures"
    return (folder / f"telegram__{event}.json").read_bytes()
