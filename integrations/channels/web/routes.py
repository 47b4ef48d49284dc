"""The routes of the web chat: its pages, its messages, its event stream."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from integrations.channels.contract import BadPayload, Channel
from integrations.channels.web import described, guard, inbound, looks
from integrations.channels.web.channel import WebChat
from integrations.channels.web.guard import Refused
from integrations.channels.web.history import History
from integrations.channels.web.limits import Allowance
from integrations.channels.web.stream import views
from integrations.channels.web.visitors import DAYS, Visitors
from integrations.service.intake import Intake
from integrations.settings import SettingsError
from integrations.store.vault import Vault

LARGEST = 16_384  # bytes of what a page sends
SCRIPT, STYLE = "text/javascript", "text/css"


class NobodyKnown(Exception):
    """No token came along, or one that is not ours."""


def web_chat(channels: Mapping[tuple[str, str], Channel]) -> WebChat | None:
    """Return the web chat that is set up, if there is one; two cannot share the address."""
    found = [one for one in channels.values() if isinstance(one, WebChat)]
    if len(found) > 1:
        raise SettingsError("channels.toml: only one channel of the kind web can be set up")
    return found[0] if found else None


def add_web_chat(
    app: FastAPI,
    channel: WebChat,
    intake: Intake,
    vault: Vault,
    brand: str,
    seconds: Callable[[], float] = time.monotonic,
) -> None:
    """Give an app the chat at /chat."""
    chat = _Chat(
        channel,
        intake,
        vault,
        brand,
        Visitors(vault.secret, channel.account, vault.clock),
        History(vault, channel.kind, channel.account),
        Allowance(at_once=8, per_second=0.5, clock=seconds),
        Allowance(at_once=80, per_second=4, clock=seconds),
    )
    _pages(app, chat)
    _files(app, chat)
    _messages(app, chat)
    app.add_exception_handler(Refused, _saying(403))
    app.add_exception_handler(NobodyKnown, _saying(401))


@dataclass(frozen=True)
class _Chat:
    channel: WebChat
    intake: Intake
    vault: Vault
    brand: str
    visitors: Visitors
    history: History
    each: Allowance  # of one visitor
    together: Allowance = field()  # of all visitors behind one address

    def visitor(self, request: Request) -> str:
        """Return who asks; refuse other sites and made-up tokens."""
        guard.same_site(request, self.channel.config.origins)
        if visitor := self.visitors.name(guard.token_of(request)):
            return visitor
        raise NobodyKnown("This conversation is not known here.")

    def wait(self, request: Request, visitor: str) -> float:
        """Count a message; return how long to wait when there were too many."""
        return self.each.ask(visitor) or self.together.ask(guard.address(request))

    def greet(self, request: Request, response: Response) -> None:
        """Make the browser's page a new visitor's."""
        response.set_cookie(
            guard.cookie_name(request),
            self.visitors.new(),
            max_age=DAYS * 86_400,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )


def _pages(app: FastAPI, chat: _Chat) -> None:
    config = chat.channel.config

    @app.get("/chat", response_class=HTMLResponse)
    async def page(request: Request, embed: bool = False) -> Response:
        """Show the chat; embedded, it keeps its token itself, for cookies do not get there."""
        headers = guard.page_headers(config.origins if embed else None)
        response = HTMLResponse(looks.page(config, chat.brand, embed), headers=headers)
        if not embed and not chat.visitors.name(guard.token_of(request)):
            chat.greet(request, response)
        return response

    @app.post("/chat/visitor", responses=described.refusals(403))
    async def visitor(request: Request, embed: bool = False) -> Response:
        """Begin a conversation with nobody's past."""
        guard.same_site(request, config.origins)
        if embed:
            return _private({"token": chat.visitors.new()})
        response = _private({})
        chat.greet(request, response)
        return response


def _files(app: FastAPI, chat: _Chat) -> None:
    config = chat.channel.config
    served = {
        "chat.js": (looks.file("chat.js"), SCRIPT),
        "drawing.js": (looks.file("drawing.js"), SCRIPT),
        "chat.css": (looks.file("chat.css"), STYLE),
        "theme.css": (looks.theme(config), STYLE),
        "icon.svg": (looks.icon(config), "image/svg+xml"),
        "widget.js": (looks.widget(config, chat.brand), SCRIPT),
    }

    def serve(name: str) -> None:
        text, kind = served[name]
        reach = "cross-origin" if name == "widget.js" else "same-origin"
        headers = {**guard.FIXED, "Cache-Control": "public, max-age=300"}
        headers["Cross-Origin-Resource-Policy"] = reach

        @app.get(f"/chat/{name}", include_in_schema=False)
        async def found() -> Response:
            return Response(text, media_type=kind, headers=headers)

    for name in served:
        serve(name)


def _messages(app: FastAPI, chat: _Chat) -> None:
    @app.post("/chat/messages", status_code=202, **described.message())
    async def message(request: Request) -> Response:
        """Store what a visitor writes."""
        visitor = chat.visitor(request)
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return _private({"error": "Send application/json."}, 415)
        if wait := chat.wait(request, visitor):
            later = {"Retry-After": str(math.ceil(wait))}
            return _private({"error": "Too many messages; wait a little."}, 429, later)
        raw = await _body(request)
        if raw is None:
            return _private({"error": f"More than {LARGEST:,} bytes."}, 413)
        try:
            arrival = inbound.read(raw, visitor, chat.vault.clock())
        except BadPayload as error:
            return _private({"error": str(error)}, 400)
        new = await chat.intake.store(chat.channel, [arrival])
        chat.channel.listeners.ring(visitor)
        return _private({"stored": new, "at": arrival.at.isoformat()}, 202)

    @app.get("/chat/events", response_class=StreamingResponse, **described.events())
    async def events(request: Request) -> Response:
        """Tell a page what is said, as it is said."""
        visitor, listeners = chat.visitor(request), chat.channel.listeners
        place = guard.address(request)
        if listeners.crowded(place):
            return _private({"error": "Too many are here."}, 503, {"Retry-After": "30"})
        told = views(chat.history, listeners, visitor, place=place)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(told, media_type="text/event-stream", headers=headers)


async def _body(request: Request) -> bytes | None:
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > LARGEST:
            return None
    return bytes(raw)


def _private(
    content: dict[str, object], status: int = 200, more: Mapping[str, str] | None = None
) -> Response:
    return JSONResponse(content, status, {"Cache-Control": "no-store", **(more or {})})


def _saying(status: int) -> Callable[[Request, Exception], Response]:
    def say(_: Request, error: Exception) -> Response:
        return _private({"error": str(error)}, status)

    return say
