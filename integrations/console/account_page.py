"""One's own account: what one may do, where one is signed in, and one's password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.channels.web.limits import Allowance
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.passwords import LONGEST, SHORTEST, fits, hashed
from integrations.console.roles import ACTIONS, Person
from integrations.console.sign_in import welcome
from integrations.store.people import PeopleError

PATH = "/desk/account"
MAY = Depends(needs("see"))
Somebody = Annotated[Person, MAY]
Secret = Annotated[str, Form(max_length=LONGEST)]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(PATH, response_class=HTMLResponse)
    async def page(request: Request, person: Somebody) -> Response:
        """Show it."""
        user = await run_in_threadpool(console.people.named, person.name)
        rights = [meaning for action, meaning in ACTIONS.items() if person.may(action)]
        return console.pages.render(
            request,
            "account.html",
            person,
            user=user,
            rights=rights,
            sessions=await run_in_threadpool(console.sessions.of, person.id),
            asks=console.settings.sign_in == "password",
            shortest=SHORTEST,
        )

    if console.settings.sign_in == "password":
        _passwords(router, console)
    return router


def _passwords(router: APIRouter, console: Console) -> None:
    tries = Allowance(at_once=5, per_second=1 / 60, clock=console.seconds)

    @router.post(PATH + "/password")
    async def change(
        request: Request, person: Somebody, old: Secret = "", new: Secret = ""
    ) -> Response:
        """Set a new password; whoever has one shows that they know it."""
        if tries.ask(person.name):
            return _said(console, request, person, "Too many tries; wait a minute.")
        try:
            await run_in_threadpool(_change, console, person, old, new)
        except PeopleError as error:
            return _said(console, request, person, str(error))
        secret = await run_in_threadpool(console.sessions.begin, person.id, "password")
        return await welcome(console, request, secret, PATH)


def _change(console: Console, person: Person, old: str, new: str) -> None:
    user = console.people.named(person.name)
    if user.password and not fits(user.password, old):
        raise PeopleError("That is not your password so far.")
    console.people.set_password(user.name, hashed(new), person.name)


def _said(console: Console, request: Request, person: Person, words: str) -> Response:
    return console.pages.back(request, person, PATH, words, "bad")
