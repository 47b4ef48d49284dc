"""Who may call a route of the console: signed in, with the right, and from a page of ours."""

import hmac
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from integrations.console.parts import Console
from integrations.console.roles import Action, Person, Role

COOKIE = "quiethand_desk"
HEADER = "x-quiethand-token"  # in which a script sends what a form has in its hidden field
SAFE = ("GET", "HEAD")


class NotSignedIn(Exception):
    """Nobody is signed in, or not any more."""


class Forbidden(Exception):
    """The role does not allow that; says which right is missing."""


class Strange(Exception):
    """Not from a page of ours: another site, or a page from before a new sign-in."""


@dataclass(frozen=True)
class Needs:
    """Lets through who has one of the rights, and of what changes things only our own forms."""

    actions: tuple[Action, ...]

    async def __call__(self, request: Request) -> Person:
        """Return who asks."""
        person = await signed_in(request)
        if person is None:
            raise NotSignedIn
        request.state.person = person
        if not any(person.may(action) for action in self.actions):
            raise Forbidden(self.actions[0])
        if request.method not in SAFE:
            from_here(request)
            await _genuine(request, person)
        return person


def needs(*actions: Action) -> Needs:
    """Return the dependency of a route; of several rights one is enough."""
    return Needs(actions)


def console_of(request: Request) -> Console:
    """Return the console that a request is for."""
    return cast(Console, request.app.state.console)


async def signed_in(request: Request) -> Person | None:
    """Return who is signed in, if anybody is."""
    secret = request.cookies.get(cookie_name(request), "")
    if not secret:
        return None
    found = await run_in_threadpool(console_of(request).sessions.who, secret)
    return Person(found.user, found.name, cast(Role, found.role), found.token) if found else None


def cookie_name(request: Request, name: str = COOKIE) -> str:
    """Name a cookie; with TLS in a way that no other host of the domain can set."""
    return f"__Host-{name}" if encrypted(request) else name


def encrypted(request: Request) -> bool:
    """Say whether browsers reach us over TLS, here or at a server before us."""
    own = console_of(request).settings.address
    return request.url.scheme == "https" or own.startswith("https://")


def address_of(request: Request) -> str:
    """Return the address of the console, as others reach it."""
    return console_of(request).settings.address or str(request.base_url).rstrip("/")


def from_here(request: Request) -> None:
    """Refuse what another site's page makes a browser send."""
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    origin, host = request.headers.get("origin"), request.headers.get("host", "")
    if fetched != "same-origin" or (origin is not None and urlsplit(origin).netloc != host):
        raise Strange


async def _genuine(request: Request, person: Person) -> None:
    given = request.headers.get(HEADER) or (await request.form()).get("token")
    known = person.token.encode()
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), known):
        raise Strange
