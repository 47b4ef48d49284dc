"""What every answer of the web face keeps to: headers that protect, and no word of what broke."""

import asyncio
import logging
from collections.abc import Mapping

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.broken import broken

log = logging.getLogger(__name__)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
ENCODED = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
FRAME = b"x-frame-options"
OWN = b"content-security-policy"  # a page that has one says for itself who may frame it
BROKE: Mapping[str, str] = {"error": "Something broke here; it is in the log."}
STOPS: Mapping[str, str] = {"error": "Quiethand stops; send it again in a moment."}


class Manners:
    """Adds headers that an answer lacks, and answers in its place when it breaks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        polite = _Polite(send)
        try:
            await self._app(scope, receive, polite)
        except asyncio.CancelledError:  # we were told to stop, and have waited as long as we may
            if polite.began:
                raise
            await JSONResponse(STOPS, 503)(scope, receive, polite)
        except Exception as error:  # noqa: BLE001 - its words may quote what somebody wrote
            _report(error)
            if not polite.began:
                await JSONResponse(BROKE, 500)(scope, receive, polite)


class _Polite:
    """Sends what is answered, with headers, and knows whether anything was."""

    def __init__(self, send: Send) -> None:
        self._send, self.began = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.began = True
            _add(message)
        await self._send(message)


def _add(message: Message) -> None:
    given = {name for name, _ in message["headers"]}
    framed = OWN in given
    message["headers"] = [
        *message["headers"],
        *(one for one in ENCODED if one[0] not in given and not (framed and one[0] == FRAME)),
    ]


def _report(error: Exception) -> None:
    """Log what broke and where; never its message."""
    log.error("%s", broken(error), extra={"action": "request_broke"})
