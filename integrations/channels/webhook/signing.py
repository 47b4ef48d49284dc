"""The signature both sides put on what they post."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from integrations.channels.contract import Forged

SIGNATURE, TIMESTAMP = "X-Quiethand-Signature", "X-Quiethand-Timestamp"
VERSION = "v1="
WINDOW = 300  # seconds that a clock may be off, or a delivery late


def signed(raw: bytes, secret: str, now: datetime) -> dict[str, str]:
    """Return the headers that go with these bytes."""
    timestamp = str(int(now.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: _signature(raw, secret, timestamp)}


def verify(raw: bytes, headers: Mapping[str, str], secret: str, now: datetime) -> None:
    """Raise ``Forged`` unless who knows the secret signed these bytes within the window."""
    small = {name.lower(): value for name, value in headers.items()}
    timestamp = small.get(TIMESTAMP.lower(), "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise Forged(f"{TIMESTAMP} is missing, or no Unix time in seconds")
    given = small.get(SIGNATURE.lower(), "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, _signature(raw, secret, timestamp).encode()):
        raise Forged(f"{SIGNATURE} is missing or wrong")
    if abs(now.timestamp() - int(timestamp)) > WINDOW:
        raise Forged(f"{TIMESTAMP} is more than {WINDOW} seconds away from our clock")


def _signature(raw: bytes, secret: str, timestamp: str) -> str:
    text = timestamp.encode() + b"." + raw
    return VERSION + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
