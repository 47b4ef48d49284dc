"""The consumer secret's two uses: to answer X's challenge, and to check its deliveries."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping

from integrations.channels.contract import Forged

HEADER = "x-twitter-webhooks-signature"
VERSION = "sha256="
# Whoever asks gets the token signed with the key that signs deliveries: no token may ever be one,
# and a delivery starts with a brace.
TOKEN = re.compile(r"[A-Za-z0-9_=+/.~ -]{1,200}", re.ASCII)


def challenge(query: Mapping[str, str], secret: str) -> str | None:
    """Return the answer to a challenge-response check, as X wants it."""
    token = query.get("crc_token", "")
    if not TOKEN.fullmatch(token):
        return None
    return json.dumps({"response_token": signature(token.encode(), secret)})


def verify(raw: bytes, headers: Mapping[str, str], secret: str) -> None:
    """Raise ``Forged`` unless who knows the secret signed these bytes; X signs no time."""
    given = next((value for name, value in headers.items() if name.lower() == HEADER), "")
    expected = signature(raw, secret)
    if not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
        raise Forged(f"{HEADER} is missing or wrong")


def signature(raw: bytes, secret: str) -> str:
    """Return what X writes into the header of a delivery with these bytes."""
    digest = hmac.new(secret.encode(), raw, hashlib.sha256).digest()
    return VERSION + base64.b64encode(digest).decode()
