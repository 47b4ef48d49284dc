"""How much a browser may send to the console: forms are small, and say how long they are."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from integrations.console.rendering import HEADERS

LARGEST = 1_000_000  # bytes


class Bounds:
    """Refuses what is too large before anything reads it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        ours = scope["type"] == "http" and scope["path"].startswith("/desk")
        if ours and scope["method"] == "POST" and (refusal := _refusal(scope)):
            await PlainTextResponse(refusal[1], refusal[0], HEADERS)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _refusal(scope: Scope) -> tuple[int, str] | None:
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"")
    if not length.isdigit():
        return 411, "Say how long it is."
    if int(length) > LARGEST:
        return 413, f"More than {LARGEST:,} bytes."
    return None
