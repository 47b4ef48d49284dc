"""Who a visitor is: a name that nobody can guess, signed so that nobody can make one up."""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b, sha256

DAYS = 30  # that a token is good for; then a new conversation begins
_TOKEN = re.compile(r"([A-Za-z0-9_-]{24})\.(\d{10})\.([A-Za-z0-9_-]{43})", re.ASCII)


class Visitors:
    """Gives out tokens for one chat, and reads them again."""

    def __init__(self, secret: bytes, account: str, clock: Callable[[], datetime]) -> None:
        self._key = blake2b(secret, person=b"web chat").digest()
        self._account, self._clock = account, clock

    def new(self) -> str:
        """Return the token of somebody who was never here."""
        visitor, now = secrets.token_urlsafe(18), int(self._clock().timestamp())
        return f"{visitor}.{now:010}.{self._signature(visitor, now)}"

    def name(self, token: str) -> str:
        """Return whose token it is; nobody's, when it is not ours or too old."""
        found = _TOKEN.fullmatch(token)
        if not found:
            return ""
        visitor, issued = found[1], int(found[2])
        if not hmac.compare_digest(found[3], self._signature(visitor, issued)):
            return ""
        age = self._clock().timestamp() - issued
        return visitor if -300 <= age <= DAYS * 86_400 else ""

    def _signature(self, visitor: str, issued: int) -> str:
        said = f"{self._account}|{visitor}|{issued}".encode()
        digest = hmac.new(self._key, said, sha256).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()
