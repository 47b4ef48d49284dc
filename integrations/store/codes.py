"""Codes that show that two conversations are one person's: few, short-lived, kept as digests."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import blake2b, sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from agents.deps import Conflict
from agents.standing import ALPHABET
from agents.state import Standing
from integrations.store.contacts_schema import link_codes
from integrations.store.links import apart, link
from integrations.store.missing import Missing

GOOD_FOR = timedelta(minutes=10)
TRIES = 5
LIMITS = ((timedelta(hours=1), 3), (timedelta(days=1), 6))  # codes asked by, or sent to, a contact
KNOWN_FOR = timedelta(hours=1)  # what is typed later is no try at it any more


class Codes:
    """The codes of one database; only who has the vault's secret can tell a digest's code."""

    def __init__(self, secret: bytes) -> None:
        self._key = blake2b(secret, person=b"link codes").digest()

    def issue(
        self, db: Connection, asked_by: str, sent_to: str, by: str, now: datetime
    ) -> tuple[int, str]:
        """Make a code and forget earlier ones; return its number and itself."""
        db.execute(delete(link_codes).where(link_codes.c.expires_at < _at(now - timedelta(days=2))))
        for side in (link_codes.c.asked_by == asked_by, link_codes.c.sent_to == sent_to):
            _within_limits(db, side, now)
        theirs = (link_codes.c.asked_by == asked_by) & (link_codes.c.used_at == "")
        db.execute(update(link_codes).where(theirs).values(used_at=_at(now)))
        letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
        code = f"{letters[:4]}-{letters[4:]}"
        row = {"asked_by": asked_by, "sent_to": sent_to, "by": by, "tries": 0, "used_at": ""}
        row |= {"digest": self._digest(asked_by, sent_to, code), "expires_at": _at(now + GOOD_FOR)}
        done = db.execute(insert(link_codes).values(row).returning(link_codes.c.id))
        return int(done.scalar_one()), code

    def look(self, db: Connection, contact: str, code: str, now: datetime) -> Standing | None:
        """Say what it means that a contact typed this; nothing is changed by looking."""
        row = _newest(db, link_codes.c.asked_by == contact, now)
        if row is not None:
            given = self._digest(row.asked_by, row.sent_to, code)
            right = hmac.compare_digest(given, row.digest)
            right = right and row.expires_at > _at(now) and row.tries < TRIES
            right = right and not apart(db, row.asked_by, row.sent_to)
            return _standing("linked" if right else "code_wrong", row)
        row = _newest(db, link_codes.c.sent_to == contact, now)
        return _standing("code_here", row) if row is not None else None

    def _digest(self, *parts: str) -> str:
        return hmac.new(self._key, "|".join(parts).encode(), sha256).hexdigest()


def settle(db: Connection, contact: str, standing: Standing, now: datetime) -> None:
    """Use a code up, or count a try; nobody can use one twice or try at the same time."""
    if standing["says"] not in ("linked", "code_wrong"):
        return
    right = standing["says"] == "linked"
    row = link_codes.c.id == standing["code"]
    still = row & (link_codes.c.used_at == "") & (link_codes.c.tries == standing["tries"])
    tried: dict[str, Any] = {"tries": standing["tries"] + 1}
    if right:
        tried["used_at"] = _at(now)
    if db.execute(update(link_codes).where(still).values(tried)).rowcount != 1:
        raise Conflict("this code was tried a moment ago")
    if right:
        code = db.execute(select(link_codes).where(row)).one()
        shown = f"typed the code that was sent to {code.sent_to}; {code.by} had asked for it"
        link(db, contact, code.sent_to, "code", shown, now)


def _newest(db: Connection, side: ColumnElement[bool], now: datetime) -> Any:
    known = side & (link_codes.c.used_at == "")
    known &= link_codes.c.expires_at > _at(now - KNOWN_FOR)
    return db.execute(select(link_codes).where(known).order_by(link_codes.c.id.desc())).first()


def _within_limits(db: Connection, side: ColumnElement[bool], now: datetime) -> None:
    for span, most in LIMITS:
        recent = side & (link_codes.c.expires_at > _at(now - span + GOOD_FOR))
        if (
            db.execute(select(func.count()).select_from(link_codes).where(recent)).scalar_one()
            >= most
        ):
            hours = int(span.total_seconds()) // 3600
            raise Missing(f"{most} codes in {hours} h are enough; try again later.")


def _standing(says: str, row: Any) -> Standing:
    return Standing(says=says, whole=True, word="", language="", code=row.id, tries=row.tries)


def _at(time: datetime) -> str:
    return time.isoformat()
