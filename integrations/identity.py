"""Signed ids: the brand's own system says which customer a contact is, and nobody else can.

A JSON Web Token with HS256 (RFC 7519), in which the brand signs ``sub`` (its id of the customer),
``aud`` (our channel, as ``web/site``), ``contact`` (the contact, as that channel names it) and
``exp``. One for another contact or channel, an old one, or one without an early end shows nothing.
"""

import hmac
import json
import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from integrations.channels.contract import Arrival
from integrations.store.inbox import Inbox
from integrations.store.links import PERSON, link, persons, was_undone
from integrations.store.vault import Vault

log = logging.getLogger(__name__)
LONGEST = timedelta(days=1)  # that a token may be good for
LARGEST = 2000  # characters
SHOWN = "the brand's own system signed that it is the same customer"


class Refused(Exception):
    """The token shows nothing; says why, without what is in it."""


class Claims(BaseModel):
    """What the brand signed."""

    model_config = ConfigDict(extra="ignore", strict=True, hide_input_in_errors=True)

    sub: str = Field(min_length=1, max_length=200)
    aud: str
    contact: str = Field(min_length=1, max_length=200)
    exp: int


def read(token: str, key: bytes, now: datetime) -> Claims:
    """Return what a token says, or raise ``Refused``."""
    head, _, rest = token.partition(".")
    body, _, signature = rest.partition(".")
    right, given = signed(f"{head}.{body}", key), signature.encode("utf-8", "replace")
    if len(token) > LARGEST or not hmac.compare_digest(given, right.encode()):
        raise Refused("the signature does not fit")
    try:
        if json.loads(_bytes(head)).get("alg") != "HS256":
            raise Refused("it is not signed with HS256")
        claims = Claims.model_validate_json(_bytes(body))
    except (ValidationError, ValueError, AttributeError, NotBase64):
        raise Refused("sub, aud, contact or exp is missing or wrong") from None
    left = claims.exp - now.timestamp()
    if not 0 < left <= LONGEST.total_seconds():
        raise Refused("it is too old" if left <= 0 else "it is good for more than a day")
    return claims


def signed(text: str, key: bytes) -> str:
    """Return the signature of a token's first two parts."""
    digest = hmac.new(key, text.encode("utf-8", "replace"), sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True)
class Identities:
    """Links contacts with the customers that the brand's own system signed for."""

    vault: Vault
    inbox: Inbox
    key: bytes

    def note(self, kind: str, account: str, arrivals: Sequence[Arrival]) -> None:
        """Keep what the tokens show; a message whose token shows nothing stays a message."""
        for one in arrivals:
            if not one.identity:
                continue
            try:
                self._note(kind, account, one)
            except Refused as error:
                why = f"{kind}/{account}: {error}"
                log.warning("%s", why, extra={"action": "identity_refused"})

    def _note(self, kind: str, account: str, arrival: Arrival) -> None:
        claims = read(arrival.identity, self.key, self.vault.clock())
        foreign = arrival.contact or arrival.conversation
        if (claims.aud, claims.contact) != (f"{kind}/{account}", foreign):
            raise Refused("it is for another contact or channel")
        contact = self.inbox.name(kind, account, foreign)
        person = f"{PERSON}{self.vault.digest(f'identity|{claims.sub}')}"
        try:
            with self.vault.engine.begin() as db:
                self._keep(db, contact, person)
        except IntegrityError:  # another process keeps the same at the same moment
            return

    def _keep(self, db: Connection, contact: str, person: str) -> None:
        others = persons(db, contact) - {person}
        if others:
            raise Refused("this contact is another customer already")
        if not was_undone(db, contact, person):
            link(db, contact, person, "signed", SHOWN, self.vault.clock())


def _bytes(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
