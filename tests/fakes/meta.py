"""Meta on this machine: the Graph API for one page, account or number, and its webhooks."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from tests.fakes.local_platform import Answer, Platform, Request, Trouble

TOKEN = "invented-access-token"
APP_SECRET = "invented-app-secret"
VERIFY_TOKEN = "invented-verify-token"
PAGE, ACCOUNT, NUMBER, APP = "100200300", "17840000000000001", "106540000000001", "555000111"


def refusal(status: int, code: int, subcode: int | None = None, **more: Any) -> Answer:
    fault = {"message": "(#0) in Meta's words", "type": "OAuthException", "code": code, **more}
    if subcode is not None:
        fault["error_subcode"] = subcode
    return Answer(status, json.dumps({"error": fault}).encode())


def refused(status: int, code: int, subcode: int | None = None, **more: Any) -> Trouble:
    return Trouble(refusal(status, code, subcode, **more))


CUT, SLOW = Trouble(cut=True), Trouble(slow=True)


class FakeMeta(Platform):
    """Checks the token and the form of what is sent, and keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.webhooks: dict[str, str] = {}  # by product
        self.subscribed = 0

    def answer(self, request: Request) -> Answer:
        who = request.headers.get("authorization")
        if who == f"Bearer {APP}|{APP_SECRET}":
            return self._by_app(request)
        if who != f"Bearer {TOKEN}":
            return refusal(401, 190)
        if request.method == "GET":
            return self._known(request.path.split("/")[-1])
        body = json.loads(request.body)
        match request.path.split("/")[2:]:
            case ["me", "messages"] if body["message"]["text"]:
                return self._page(body)
            case ["me", "subscribed_apps"]:
                self.subscribed += 1
                return _fine({"success": True})
            case [number] if number == NUMBER:
                place = body["webhook_configuration"]
                return self._set("phone_number", place["override_callback_uri"], place)
            case [number, "messages"] if number == NUMBER and body["text"]["body"]:
                return self._number(body)
        return refusal(404, 33)

    def _known(self, account: str) -> Answer:
        if account not in (PAGE, ACCOUNT, NUMBER):
            return refusal(400, 100)
        found = {"id": account, "name": "An example", "username": "example"}
        return _fine(found | {"webhook_configuration": self.webhooks})

    def _by_app(self, request: Request) -> Answer:
        if request.path.split("/")[2:] != [APP, "subscriptions"]:
            return refusal(404, 33)
        if request.method == "GET":
            rows = [{"object": what, "callback_url": at} for what, at in self.webhooks.items()]
            return _fine({"data": rows})
        body = json.loads(request.body)
        return self._set(body["object"], body["callback_url"], body)

    def _set(self, what: str, address: str, body: dict[str, Any]) -> Answer:
        if body["verify_token"] != VERIFY_TOKEN:
            return refusal(400, 100)
        self.webhooks[what] = address
        return _fine({"success": True})

    def _page(self, body: dict[str, Any]) -> Answer:
        if body["messaging_type"] not in ("RESPONSE", "MESSAGE_TAG"):
            return refusal(400, 100)
        self.sent.append(body)
        made = {"recipient_id": body["recipient"]["id"], "message_id": f"m_{len(self.sent)}"}
        return Answer(body=json.dumps(made).encode())

    def _number(self, body: dict[str, Any]) -> Answer:
        if body.get("messaging_product") != "whatsapp" or ("to" in body) == ("recipient" in body):
            return refusal(400, 100)
        self.sent.append(body)
        named = {"user_id": "recipient"} if "recipient" in body else {"wa_id": "to"}
        whom = {name: body[field] for name, field in named.items()}
        whom["input"] = next(iter(whom.values()))
        made = {
            "messaging_product": "whatsapp",
            "contacts": [whom],
            "messages": [{"id": f"wamid.{len(self.sent)}", "message_status": "accepted"}],
        }
        return Answer(body=json.dumps(made).encode())

    def deliver_event(self, url: str, raw: bytes, secret: str = APP_SECRET) -> int:
        """Post a signed webhook."""
        return self.deliver(url, raw, signed(raw, secret))


def _fine(content: dict[str, Any]) -> Answer:
    return Answer(body=json.dumps(content).encode())


def signed(raw: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    """Return the headers that Meta sends along."""
    signature = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}


def fixture(name: str) -> bytes:
    """Return a recorded shape of what Meta posts, as in messenger__message."""
    folder = Path(__file__).parent.parent / "channels" / "fixtures"
    return (folder / f"{name}.json").read_bytes()
