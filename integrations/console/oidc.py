"""Signing in with a company's provider: OpenID Connect, code flow with PKCE and a nonce.

The browser carries one random seed in a cookie; state, nonce and verifier are made from it
with a key of ours, so nobody else's browser can come back with them.
"""

import hmac
import logging
import secrets
from base64 import urlsafe_b64encode
from hashlib import blake2b, sha256
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from integrations.channels.web.guard import address
from integrations.channels.web.limits import Allowance
from integrations.console.guard import address_of, cookie_name, encrypted
from integrations.console.parts import Console
from integrations.console.provider import Provider, ProviderError
from integrations.console.rendering import HEADERS
from integrations.console.sign_in import HOME, door, local, too_often, welcome
from integrations.store.missing import Missing
from integrations.store.people import People, User

SEED = "quiethand_seed"
MINUTES = 10  # for signing in at the provider
LONGEST = 300  # characters of a subject
UNKNOWN = "The provider knows you, but this console does not. Ask an admin to add you."
log = logging.getLogger(__name__)


def routes(console: Console) -> APIRouter:
    """Return the routes to one provider and back."""
    router, settings = APIRouter(prefix="/desk/sign-in/oidc"), console.settings
    application = (settings.oidc_client, settings.oidc_secret.get_secret_value())
    provider = Provider(
        console.client, settings.oidc_issuer, application, console.clock, console.seconds
    )
    _begin(router, console, provider)
    _back(router, console, provider)
    return router


def _begin(router: APIRouter, console: Console, provider: Provider) -> None:
    tries = Allowance(at_once=20, per_second=1 / 3, clock=console.seconds)

    @router.get("")
    async def begin(request: Request, next: str = HOME) -> Response:
        """Send somebody to their provider."""
        if wait := tries.ask(address(request)):
            return await too_often(console, request, next, wait)
        try:
            places = await provider.places()
        except ProviderError as error:
            return await _failed(console, request, next, error)
        seed = secrets.token_urlsafe(24)
        asked = _asked(console, request, provider, seed)
        answer = RedirectResponse(_with(places.authorization_endpoint, asked), 303, HEADERS)
        answer.set_cookie(
            cookie_name(request, SEED),
            f"{seed}.{local(next)}",
            max_age=MINUTES * 60,
            secure=encrypted(request),
            httponly=True,
            samesite="lax",
        )
        return answer


def _back(router: APIRouter, console: Console, provider: Provider) -> None:
    @router.get("/back")
    async def back(
        request: Request, code: str = "", state: str = "", iss: str = "", error: str = ""
    ) -> Response:
        """Sign in whom the provider sends back."""
        seed, _, next = request.cookies.get(cookie_name(request, SEED), "").partition(".")
        fits = seed and hmac.compare_digest(state.encode(), _made(console, "state", seed).encode())
        if not fits or (iss and iss != provider.issuer):
            return await door(console, request, "", HOME, "That took too long; sign in again.")
        if error or not code:
            return await door(console, request, "", next, "The provider did not sign you in.")
        verifier, nonce = _made(console, "verifier", seed), _made(console, "nonce", seed)
        try:
            claims = await provider.claims(code, verifier, _address(request), nonce)
        except ProviderError as problem:
            return await _failed(console, request, next, problem)
        user = await run_in_threadpool(known, console.people, provider.issuer, claims)
        if user is None or user.disabled_at:
            return await door(console, request, "", next, UNKNOWN, 403)
        secret = await run_in_threadpool(console.sessions.begin, user.id, "oidc")
        answer = await welcome(console, request, secret, next)
        answer.delete_cookie(cookie_name(request, SEED), secure=encrypted(request), httponly=True)
        return answer


def known(people: People, issuer: str, claims: Any) -> User | None:
    """Return whose subject that is; at the first time an address that it checked says so."""
    subject, email = f"{issuer} {claims['sub']}", claims.get("email")
    if len(subject) > LONGEST:
        return None
    try:
        return people.behind(subject)
    except Missing:
        pass
    if claims.get("email_verified") is not True or not isinstance(email, str) or not email:
        return None
    try:
        user = people.with_email(email)
    except Missing:
        return None
    if user.subject or user.disabled_at:  # another account of the provider has the address now
        return None
    people.know_as(user.name, subject)
    return user


def _asked(console: Console, request: Request, provider: Provider, seed: str) -> dict[str, str]:
    digest = sha256(_made(console, "verifier", seed).encode()).digest()
    return {
        "response_type": "code",
        "client_id": provider.id,
        "redirect_uri": _address(request),
        "scope": "openid email profile",
        "state": _made(console, "state", seed),
        "nonce": _made(console, "nonce", seed),
        "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }


def _made(console: Console, what: str, seed: str) -> str:
    key = blake2b(console.store.vault.secret, person=b"console sign-in").digest()
    digest = hmac.new(key, f"{what} {seed}".encode("utf-8", "replace"), "sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _address(request: Request) -> str:
    return f"{address_of(request)}/desk/sign-in/oidc/back"


def _with(place: str, query: dict[str, str]) -> str:
    return f"{place}{'&' if '?' in place else '?'}{urlencode(query)}"


async def _failed(console: Console, request: Request, next: str, error: ProviderError) -> Response:
    log.warning("sign-in provider: %s", error, extra={"action": "sign_in_failed"})
    words = f"Signing in does not work right now: {error}."
    return await door(console, request, "", next, words, 502)
