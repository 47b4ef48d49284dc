"""Deliveries go past the web framework: half the time a request, with the same answers."""

import re
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from integrations.channels.contract import BadPayload, Forged
from integrations.service.intake import NoSuchChannel
from integrations.store.database import StoreError

PLACE = re.compile(r"/channels/(?P<kind>[^/]+)/(?P<account>[^/]+)(?:/(?P<secret>[^/]+))?")
REFUSALS: dict[type[Exception], tuple[int, str]] = {
    NoSuchChannel: (404, "There is no such channel here."),
    Forged: (401, "The signature does not fit."),
    BadPayload: (400, "This is not what the platform sends."),
    StoreError: (503, "Nothing can be stored right now; send it again later."),
    SQLAlchemyError: (503, "The database does not answer right now."),
}


def refuse(_: Request, error: Exception) -> Response:
    """Answer in words, where a request is refused."""
    status, words = next(REFUSALS[one] for one in type(error).__mro__ if one in REFUSALS)
    said = str(error) if isinstance(error, BadPayload) else words
    return JSONResponse({"error": said.encode("ascii", "replace").decode()}, status)


class Shortcut:
    """Hands a delivery to what takes it, and everything else to the app."""

    def __init__(self, app: ASGIApp, deliver: Callable[..., Awaitable[Response]]) -> None:
        self._app, self._deliver = app, deliver

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        post = scope["type"] == "http" and scope["method"] == "POST"
        place = PLACE.fullmatch(scope["path"]) if post else None
        if place is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            answer = await self._deliver(request, **place.groupdict(""))
        except tuple(REFUSALS) as error:
            answer = refuse(request, error)
        await answer(scope, receive, send)
