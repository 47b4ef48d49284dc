"""Signing in with a password: slow to try, and the same answer whatever was wrong."""

import threading
from functools import cache
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import APIRouter, Form, Request, Response
from starlette.concurrency import run_in_threadpool

from integrations.channels.web.guard import address
from integrations.channels.web.limits import Allowance
from integrations.console.guard import from_here
from integrations.console.parts import Console
from integrations.console.sign_in import HOME, door, too_often, welcome
from integrations.store.missing import Missing
from integrations.store.people import People, PeopleError, User

SHORTEST, LONGEST = 12, 200  # characters
AT_ONCE = 2  # that are compared; each takes 64 MB for a moment
WRONG = "The name or the password is wrong."
_HASHER = PasswordHasher()  # argon2id with the library's own costs, which rise with its releases
_PLACES = threading.Semaphore(AT_ONCE)


def routes(console: Console) -> APIRouter:
    """Return the routes; without the setting there are none."""
    router = APIRouter()
    if console.settings.sign_in != "password":
        return router
    each = Allowance(at_once=5, per_second=1 / 60, clock=console.seconds)  # of one name
    together = Allowance(at_once=10, per_second=1 / 5, clock=console.seconds)  # of one address

    @router.post("/desk/sign-in/password")
    async def sign_in(
        request: Request,
        name: Annotated[str, Form(max_length=100)] = "",
        password: Annotated[str, Form(max_length=LONGEST)] = "",
        next: Annotated[str, Form()] = HOME,
    ) -> Response:
        """Sign in who knows their password."""
        from_here(request)
        name = name.strip()
        if wait := together.ask(address(request)) or each.ask(name.lower()):
            return await too_often(console, request, next, wait)
        user = await run_in_threadpool(known, console.people, name, password)
        if user is None:
            return await door(console, request, "", next, WRONG)
        secret = await run_in_threadpool(console.sessions.begin, user.id, "password")
        return await welcome(console, request, secret, next)

    return router


def known(people: People, name: str, password: str) -> User | None:
    """Return who that is; somebody unknown takes as long as somebody known."""
    try:
        user = people.named(name)
    except Missing:
        fits(_nobodys(), password)
        return None
    able = bool(user.password) and not user.disabled_at
    if not fits(user.password if able else _nobodys(), password) or not able:
        return None
    if _HASHER.check_needs_rehash(user.password):
        people.rehash(user.name, hashed(password))
    return user


def fits(kept: str, password: str) -> bool:
    """Say whether a password is the one behind a hash."""
    with _PLACES:
        try:
            return _HASHER.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def hashed(password: str) -> str:
    """Return what is kept of a password; too short a one is refused."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PeopleError(f"A password has {SHORTEST} to {LONGEST} characters.")
    with _PLACES:
        return _HASHER.hash(password)


@cache
def _nobodys() -> str:
    with _PLACES:
        return _HASHER.hash("nobody has this password")
