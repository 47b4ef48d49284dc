"""A word about what was just done, which the next page shows once."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Literal, cast, get_args

from starlette.requests import Request
from starlette.responses import Response

from integrations.console.roles import Person

COOKIE = "quiethand_said"
LONGEST = 600  # characters
Kind = Literal["good", "bad"]


@dataclass(frozen=True)
class Said:
    """What is shown."""

    kind: Kind
    words: str


def say(request: Request, answer: Response, person: Person, words: str, kind: Kind) -> None:
    """Let the next page of this person show it; nobody else can make it say something."""
    text = f"{kind} {words[:LONGEST]}".encode("utf-8", "replace")
    value = f"{urlsafe_b64encode(text).decode()}.{_seal(person, text)}"
    secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, value, max_age=60, path="/desk", httponly=True, samesite="lax", secure=secure
    )


def read(request: Request, person: Person | None) -> Said | None:
    """Return what is to be shown."""
    written, _, seal = request.cookies.get(COOKIE, "").partition(".")
    if not seal or person is None:
        return None
    try:
        text = urlsafe_b64decode(written)
    except ValueError:
        return None
    if not hmac.compare_digest(seal.encode(), _seal(person, text).encode()):
        return None
    kind, _, words = text.decode().partition(" ")
    return Said(cast(Kind, kind), words) if kind in get_args(Kind) else None


def forget(request: Request, answer: Response) -> None:
    """Do not show it again."""
    answer.delete_cookie(COOKIE, path="/desk")


def _seal(person: Person, text: bytes) -> str:
    return hmac.new(person.token.encode(), text, "sha256").hexdigest()
