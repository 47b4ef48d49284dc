"""Seal bytes with AES-256-GCM. What they are about is bound to the seal, so that no row can be
moved to another place and still open."""

import base64
import binascii
import hashlib
import json
import re
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LENGTH = 32  # bytes of every key
NONCE = 12


class BrokenSeal(Exception):
    """The key is another one, or the bytes were changed or moved."""


def new_key() -> bytes:
    """Return a fresh key."""
    return secrets.token_bytes(LENGTH)


def written(key: bytes) -> str:
    """Return a key as text."""
    return base64.b64encode(key).decode()


def parsed(text: str) -> bytes:
    """Read a key from base64 or hex text; a ``ValueError`` says what is wrong."""
    text = text.strip()
    if re.fullmatch(rf"[0-9A-Fa-f]{{{2 * LENGTH}}}", text):
        return bytes.fromhex(text)
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("this is neither base64 nor hex") from error
    if len(key) != LENGTH:
        raise ValueError(f"a key has {LENGTH} bytes, this has {len(key)}")
    return key


def seal(key: bytes, plain: bytes, *about: str) -> bytes:
    """Encrypt, and bind what it is about."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, _bound(about))


def unseal(key: bytes, sealed: bytes, *about: str) -> bytes:
    """Decrypt what was sealed with the same key about the same thing."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(about))
    except (InvalidTag, ValueError) as error:
        raise BrokenSeal("This does not open.") from error


def _bound(about: tuple[str, ...]) -> bytes:
    return json.dumps(about).encode()


@dataclass(frozen=True)
class MasterKey:
    """The key that wraps all others."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Name the key without telling it."""
        return hashlib.blake2b(self.secret, digest_size=8, person=b"quiethand key").hexdigest()

    def wrap(self, key: bytes, name: str) -> bytes:
        """Encrypt another key under its name."""
        return seal(self.secret, key, name)

    def unwrap(self, wrapped: bytes, name: str) -> bytes:
        """Return a key that this one wrapped under the same name."""
        return unseal(self.secret, wrapped, name)
