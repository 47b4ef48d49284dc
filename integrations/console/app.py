"""Put the console into the web face: its pages, its files, and what it says when it refuses."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from integrations.console import (
    account_page,
    acting,
    activity_page,
    audit_page,
    content_page,
    conversation_page,
    documents_page,
    draft_page,
    gaps_page,
    live,
    numbers_page,
    passwords,
    people_page,
    playground_page,
    queue_page,
    revealing,
    settings_page,
    sign_in,
    voice_page,
)
from integrations.console.bounds import Bounds
from integrations.console.guard import SAFE, Forbidden, NotSignedIn, Strange, console_of
from integrations.console.parts import Console
from integrations.console.rendering import FOLDER, HEADERS, file
from integrations.store.missing import Missing


def _by_provider(console: Console) -> APIRouter:
    """Imported only when wanted: most people sign in by a link."""
    if console.settings.sign_in != "oidc":
        return APIRouter()
    from integrations.console import oidc

    return oidc.routes(console)


PARTS: tuple[Callable[[Console], APIRouter], ...] = (
    sign_in.routes,
    passwords.routes,
    _by_provider,
    settings_page.routes,
    account_page.routes,
    people_page.routes,
    audit_page.routes,
    queue_page.routes,
    draft_page.routes,
    acting.routes,
    conversation_page.routes,
    revealing.routes,
    live.routes,
    content_page.routes,
    gaps_page.routes,
    documents_page.routes,
    playground_page.routes,
    activity_page.routes,
    numbers_page.routes,
    voice_page.routes,
)
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
LONG = "public, max-age=31536000, immutable"


def add_console(app: FastAPI, console: Console) -> None:
    """Give an app the console at /desk."""
    app.state.console = console
    for routes in PARTS:
        app.include_router(routes(console), include_in_schema=False)
    for router in (_files(), _bare()):
        app.include_router(router, include_in_schema=False)
    app.add_exception_handler(NotSignedIn, _to_the_door)
    app.add_exception_handler(Forbidden, _refusing(403, _not_allowed))
    app.add_exception_handler(Strange, _refusing(403, lambda _: STRANGE))
    app.add_exception_handler(Missing, _refusing(404, str))
    app.add_middleware(Bounds)


STRANGE = (
    "This did not come from a page of this console, or the page is from before you signed in. "
    "Open it again."
)


def _not_allowed(error: Exception) -> str:
    return f"Your role does not have the right to do that ({error}). An admin can change it."


def _files() -> APIRouter:
    router = APIRouter(prefix="/desk/static")
    names = {one.name for one in files(FOLDER).joinpath("static").iterdir()}

    @router.get("/{name}")
    async def found(name: str) -> Response:
        kind = KINDS.get(name.rpartition(".")[2], "")
        if name not in names or not kind:
            return JSONResponse({"error": "There is no such file."}, 404)
        return Response(file(name), media_type=kind, headers={**HEADERS, "Cache-Control": LONG})

    return router


def _bare() -> APIRouter:
    router = APIRouter()

    @router.get("/")
    @router.get("/desk/")
    async def home() -> Response:
        return RedirectResponse("/desk", 303, HEADERS)

    return router


def _to_the_door(request: Request, _: Exception) -> Response:
    if _for_a_script(request):
        return JSONResponse({"error": "Sign in again."}, 401, HEADERS)
    path = request.url.path
    asked = f"{path}?{request.url.query}" if request.url.query else path
    next = quote(asked if request.method in SAFE else "/desk")
    return RedirectResponse(f"/desk/sign-in?next={next}", 303, HEADERS)


def _refusing(status: int, words: Callable[[Exception], str]) -> Any:
    def refuse(request: Request, error: Exception) -> Response:
        said = words(error)
        if _for_a_script(request):
            return JSONResponse({"error": said}, status, HEADERS)
        person = getattr(request.state, "person", None)
        pages = console_of(request).pages
        return pages.render(request, "refused.html", person, status, words=said)

    return refuse


def _for_a_script(request: Request) -> bool:
    return "text/html" not in request.headers.get("accept", "text/html")
