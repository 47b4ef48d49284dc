"""Who may use the console: added, let in, given a role, let out."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.console.guard import address_of, needs
from integrations.console.parts import Console
from integrations.console.roles import ACTIONS, MATRIX, ROLES, Person
from integrations.store.people import PeopleError
from integrations.store.sessions import LINK

PATH = "/desk/people"
MAY = Depends(needs("people"))
Admin = Annotated[Person, MAY]
Field = Annotated[str, Form()]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    _seen(router, console)
    _changed(router, console)
    return router


def _seen(router: APIRouter, console: Console) -> None:
    @router.get(PATH, response_class=HTMLResponse)
    async def page(request: Request, person: Admin) -> Response:
        """Show everybody."""
        users = await run_in_threadpool(console.people.all)
        seen = await run_in_threadpool(console.sessions.seen)
        rights: dict[str, Any] = {"roles": ROLES, "actions": ACTIONS, "matrix": MATRIX}
        return console.pages.render(
            request, "people.html", person, users=users, seen=seen, **rights
        )

    @router.post(PATH + "/{name}/link", response_class=HTMLResponse)
    async def link(name: str, request: Request, person: Admin) -> Response:
        """Show a link once; it is kept nowhere."""
        secret = await run_in_threadpool(_link, console, name, person.name)
        address = f"{address_of(request)}/desk/sign-in?link={secret}"
        minutes = int(LINK.total_seconds() // 60)
        return console.pages.render(
            request, "people_link.html", person, name=name, address=address, minutes=minutes
        )


def _changed(router: APIRouter, console: Console) -> None:
    people = console.people

    @router.post(PATH)
    async def add(
        request: Request, person: Admin, name: Field = "", role: Field = "", email: Field = ""
    ) -> Response:
        """Add somebody."""
        if role not in ROLES:
            return _said(console, request, person, f"There is no role {role!r}.")
        try:
            user = await run_in_threadpool(people.add, name, role, person.name, email)
        except PeopleError as error:
            return _said(console, request, person, str(error))
        words = f"{user.name} is a {role} now. Make a link for them to sign in."
        return console.pages.back(request, person, PATH, words)

    @router.post(PATH + "/{name}")
    async def change(
        name: str, request: Request, person: Admin, do: Field = "", role: Field = ""
    ) -> Response:
        """Give a role, let out, let in, or end all sessions."""
        try:
            words = await run_in_threadpool(_change, console, name, do, role, person.name)
        except PeopleError as error:
            return _said(console, request, person, str(error))
        return console.pages.back(request, person, PATH, words)


def _link(console: Console, name: str, by: str) -> str:
    user = console.people.named(name)
    return console.sessions.link(user.id, by)


def _change(console: Console, name: str, do: str, role: str, by: str) -> str:
    people, sessions = console.people, console.sessions
    if do == "role" and role in ROLES:
        people.give_role(name, role, by)
        return f"{name} is a {role} now."
    if do == "disable":
        people.disable(name, by)
        return f"{name} is let in no more, and signed out everywhere."
    if do == "enable":
        people.enable(name, by)
        return f"{name} may sign in again."
    if do == "end":
        count = sessions.end_all(people.named(name).id, by)
        return f"{name} is signed out of {count} browser{'' if count == 1 else 's'}."
    raise PeopleError("That is nothing that can be done here.")


def _said(console: Console, request: Request, person: Person, words: str) -> Response:
    return console.pages.back(request, person, PATH, words, "bad")
