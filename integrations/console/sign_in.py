"""The door of the console: links, and signing out. Other ways in are added beside it."""

import math
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from integrations.channels.web.guard import address
from integrations.channels.web.limits import Allowance
from integrations.console.guard import cookie_name, encrypted, from_here, needs, signed_in
from integrations.console.parts import Console
from integrations.console.rendering import HEADERS, LOOK, LOOKS
from integrations.console.roles import Person
from integrations.store.sessions import LONGEST

HOME = "/desk"
SEE = Depends(needs("see"))


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/desk")
    _in(router, console)
    _out(router, console)
    return router


def _in(router: APIRouter, console: Console) -> None:
    tries = Allowance(at_once=20, per_second=0.5, clock=console.seconds)  # of one address

    @router.get("/sign-in", response_class=HTMLResponse)
    async def page(request: Request, link: str = "", next: str = HOME) -> Response:
        """Show the ways in; a link only signs in when somebody presses the button."""
        if not link and await signed_in(request):
            return RedirectResponse(local(next), 303, HEADERS)
        return await door(console, request, link, next)

    @router.post("/sign-in/link")
    async def follow(
        request: Request, link: Annotated[str, Form()], next: Annotated[str, Form()] = HOME
    ) -> Response:
        """Sign in who has a link."""
        from_here(request)
        if wait := tries.ask(address(request)):
            return await too_often(console, request, next, wait)
        secret = await run_in_threadpool(console.sessions.follow, link)
        if not secret:
            return await door(console, request, link, next)
        return await welcome(console, request, secret, next)


def _out(router: APIRouter, console: Console) -> None:
    @router.post("/sign-out")
    async def leave(request: Request, person: Annotated[Person, SEE]) -> Response:
        """End this session."""
        await run_in_threadpool(console.sessions.end, _secret(request))
        return _gone(request)

    @router.post("/sign-out/everywhere")
    async def leave_everywhere(request: Request, person: Annotated[Person, SEE]) -> Response:
        """End all sessions of whoever asks."""
        await run_in_threadpool(console.sessions.end_all, person.id, person.name)
        return _gone(request)

    @router.post("/look")
    async def look(
        person: Annotated[Person, SEE],
        look: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = HOME,
    ) -> Response:
        """Keep whether somebody wants it light or dark."""
        answer = RedirectResponse(local(next), 303, HEADERS)
        if look in LOOKS:
            answer.set_cookie(LOOK, look, max_age=365 * 86_400, path="/desk", samesite="lax")
        else:
            answer.delete_cookie(LOOK, path="/desk")
        return answer


async def door(
    console: Console, request: Request, link: str, next: str, wrong: str = "", status: int = 400
) -> HTMLResponse:
    """Return the page with the ways in."""
    name = await run_in_threadpool(console.sessions.behind, link) if link else ""
    return console.pages.render(
        request,
        "sign_in.html",
        None,
        status=status if wrong or (link and not name) else 200,
        way=console.settings.sign_in,
        link=link,
        name=name,
        next=local(next),
        wrong=wrong,
    )


async def too_often(console: Console, request: Request, next: str, wait: float) -> Response:
    """Ask somebody who tries again and again to wait."""
    again = f"Too many tries; wait {math.ceil(wait)} seconds."
    return await door(console, request, "", next, again, 429)


async def welcome(console: Console, request: Request, secret: str, next: str) -> Response:
    """Give a browser its new session, and end the one that it had."""
    if old := _secret(request):
        await run_in_threadpool(console.sessions.end, old)
    warm_up = BackgroundTask(console.house)  # so that the first decision need not wait for it
    answer = RedirectResponse(local(next), 303, HEADERS, warm_up)
    answer.set_cookie(
        cookie_name(request),
        secret,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=encrypted(request),
        httponly=True,
        samesite="lax",
    )
    return answer


def local(path: str) -> str:
    """Return a path of the console, whatever somebody wrote into a link to us."""
    strange = "//" in path or "\\" in path or not path.isprintable()
    return (
        HOME if strange or not (path == HOME or path.startswith((f"{HOME}/", f"{HOME}?"))) else path
    )


def _secret(request: Request) -> str:
    return request.cookies.get(cookie_name(request), "")


def _gone(request: Request) -> Response:
    answer = RedirectResponse("/desk/sign-in", 303, HEADERS)
    answer.delete_cookie(cookie_name(request), path="/", secure=encrypted(request), httponly=True)
    return answer
