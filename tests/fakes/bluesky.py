"""A Bluesky server on this machine: sessions that end, and one account's chat."""

import json
from pathlib import Path
from typing import Any

from tests.fakes.local_platform import Answer, Platform, Request, Trouble

HANDLE, PASSWORD, OWN = "brand.example", "abcd-efgh-ijkl-mnop", "did:plc:examplebrand"
DIRECT, GROUP = "3lexampleconv1", "3lexampleconv2"
PROXY = "did:web:api.bsky.chat#bsky_chat"
SESSIONS = "/xrpc/com.atproto.server."
PAGE = 100


def refusal(status: int, error: str, message: str = "", **headers: str) -> Answer:
    content = {"error": error, "message": message or error}
    return Answer(status, json.dumps(content).encode(), headers)


# The fakes' clocks stand at 10:00 on 20 November 2026, which is 1795168800.
TOO_MANY = Trouble(refusal(429, "RateLimitExceeded", **{"ratelimit-reset": "1795168830"}))
CUT, SLOW = Trouble(cut=True), Trouble(slow=True)


class FakeBluesky(Platform):
    """Checks tokens and the proxy's name, keeps what is sent and logs it like the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[dict[str, Any]] = []
        self.sent: list[dict[str, Any]] = []
        self.sign_ins, self.refreshes = 0, 0
        self.reads_messages = True  # the app password may
        self.weak_at = "/chat."  # where trouble befalls a request
        self.keeps_features = True  # those that it does not know, too
        self._access, self._refresh = "", ""

    def answer(self, request: Request) -> Answer:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        match request.path.removeprefix(SESSIONS):
            case "createSession":
                return self._sign_in(json.loads(request.body))
            case "refreshSession":
                return self._renew(token)
        if token != self._access or not token:
            return refusal(400, "ExpiredToken", "Token has expired")
        if not self.reads_messages:
            return refusal(401, "InvalidToken", "Bad token scope")
        if request.headers.get("atproto-proxy") != PROXY:
            return refusal(404, "XRPCNotSupported")
        return self._chat(request)

    def troubled(self, request: Request) -> bool:
        return self.weak_at in request.path

    def _chat(self, request: Request) -> Answer:
        match request.method, request.path.removeprefix("/xrpc/chat.bsky.convo."):
            case "GET", "getLog":
                return self._page(request.query.get("cursor", ""))
            case "GET", "getConvo":
                name = {DIRECT: "convo", GROUP: "group"}.get(request.query["convoId"])
                return Answer(body=fixture(name)) if name else refusal(400, "InvalidConvo")
            case "POST", "sendMessage":
                return self._send(json.loads(request.body))
        return refusal(501, "MethodNotImplemented")

    def end_session(self, entirely: bool = False) -> None:
        """Let the access token expire, or the refresh token too."""
        self._access = ""
        if entirely:
            self._refresh = ""

    def write(self, entry: dict[str, Any]) -> None:
        """Put an entry into the log, behind the others."""
        rev = f"3lexamplerev{len(self.log):02}"
        self.log.append(entry | {"rev": rev})

    def _sign_in(self, body: dict[str, str]) -> Answer:
        self.sign_ins += 1
        if body != {"identifier": HANDLE, "password": PASSWORD}:
            words = "Invalid identifier or password"
            return refusal(401, "AuthenticationRequired", words)
        return self._session()

    def _renew(self, token: str) -> Answer:
        self.refreshes += 1
        if not token or token != self._refresh:
            return refusal(400, "ExpiredToken", "Token has been revoked")
        return self._session()

    def _session(self) -> Answer:
        number = self.sign_ins + self.refreshes
        self._access, self._refresh = f"access-{number}", f"refresh-{number}"
        names = {"did": OWN, "handle": HANDLE}
        return _fine(names | {"accessJwt": self._access, "refreshJwt": self._refresh})

    def _page(self, cursor: str) -> Answer:
        if not cursor:
            end = {"cursor": self.log[-1]["rev"]} if self.log else {}
            return _fine({"logs": [], **end})
        page = [one for one in self.log if one["rev"] > cursor][:PAGE]
        return _fine({"logs": page, "cursor": page[-1]["rev"] if page else cursor})

    def _send(self, body: dict[str, Any]) -> Answer:
        self.sent.append(body)
        said = dict(body["message"])
        if not self.keeps_features:
            said.pop("facets", None)
        entry = json.loads(fixture("own"))
        entry["message"] |= said | {"id": f"3lexamplesent{len(self.sent):02}"}
        self.write(entry | {"convoId": body["convoId"]})
        return _fine(entry["message"])


def _fine(content: Any) -> Answer:
    return Answer(body=json.dumps(content).encode(), headers={"Content-Type": "application/json"})


def fixture(event: str) -> bytes:
    """Return a recorded shape of what Bluesky's chat tells."""
    folder = Path(__file__).parent.parent / "channels" / "fixtures"
    return (folder / f"bluesky__{event}.json").read_bytes()
