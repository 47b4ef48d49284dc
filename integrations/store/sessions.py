"""Who is signed in: links that work once, and sessions that end. Only digests are kept."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from integrations.store.audit import append
from integrations.store.people_schema import sessions, sign_in_links, users
from integrations.store.reading import reading

LINK = timedelta(minutes=30)  # that a link works
IDLE = timedelta(hours=12)  # without a request, then a session ends
LONGEST = timedelta(days=7)  # that a session lasts whatever happens
TOUCH = timedelta(minutes=1)  # between notes that somebody is still here


@dataclass(frozen=True)
class SignedIn:
    """A session and whose it is."""

    user: int
    name: str
    role: str
    token: str


@dataclass(frozen=True)
class Here:
    """A session as its owner sees it."""

    token: str
    began: str
    seen: str


class Sessions:
    """Signs people in and out, and knows who they are in between."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def link(self, user: int, by: str) -> str:
        """Return the secret of a new link, which signs in once."""
        secret, now = secrets.token_urlsafe(24), self._clock()
        row = {"digest": digest(secret), "user": user, "used_at": ""}
        with self._engine.begin() as db:
            gone = sign_in_links.c.expires_at < (now - LONGEST).isoformat()
            db.execute(delete(sign_in_links).where(gone))
            db.execute(insert(sign_in_links).values(**row, expires_at=(now + LINK).isoformat()))
            append(db, by, "link_made", f"user {_name(db, user)}", {}, now.isoformat())
        return secret

    def behind(self, secret: str) -> str:
        """Return whom a link would sign in; nobody, when it is used or too old."""
        with reading(self._engine) as db:
            return str(db.execute(self._usable(secret, users.c.name)).scalar() or "")

    def follow(self, secret: str) -> str:
        """Use a link up; return the secret of a new session, or nothing."""
        with self._engine.begin() as db:
            user = db.execute(self._usable(secret, users.c.id)).scalar()
            mine = (sign_in_links.c.digest == digest(secret)) & (sign_in_links.c.used_at == "")
            now = self._clock().isoformat()
            used = db.execute(update(sign_in_links).where(mine).values(used_at=now))
            return self._begin(db, user, "link") if user and used.rowcount == 1 else ""

    def begin(self, user: int, way: str) -> str:
        """Begin a session for somebody who proved who they are; return its secret."""
        with self._engine.begin() as db:
            return self._begin(db, user, way)

    def who(self, secret: str) -> SignedIn | None:
        """Return whose session it is, and note that they are here."""
        now = self._clock()
        here = (
            (sessions.c.digest == digest(secret))
            & (sessions.c.expires_at > now.isoformat())
            & (sessions.c.seen_at > (now - IDLE).isoformat())
            & (users.c.disabled_at == "")
        )
        columns = (users.c.id, users.c.name, users.c.role, sessions.c.token, sessions.c.seen_at)
        query = select(*columns).join(users, users.c.id == sessions.c.user).where(here)
        with reading(self._engine) as db:
            found = db.execute(query).first()
        if found is None:
            return None
        if found.seen_at < (now - TOUCH).isoformat():
            self._touch(secret, now)
        return SignedIn(found.id, found.name, found.role, found.token)

    def end(self, secret: str) -> None:
        """End a session."""
        with self._engine.begin() as db:
            db.execute(delete(sessions).where(sessions.c.digest == digest(secret)))

    def end_all(self, user: int, by: str) -> int:
        """End all sessions of somebody; return how many there were."""
        now = self._clock().isoformat()
        with self._engine.begin() as db:
            count = db.execute(delete(sessions).where(sessions.c.user == user)).rowcount
            append(db, by, "signed_out", f"user {_name(db, user)}", {"sessions": count}, now)
            return count

    def seen(self) -> dict[int, str]:
        """Return when each user who is signed in was last here."""
        last = select(sessions.c.user, func.max(sessions.c.seen_at)).group_by(sessions.c.user)
        with reading(self._engine) as db:
            return {user: at for user, at in db.execute(last)}

    def of(self, user: int) -> list[Here]:
        """Return where somebody is signed in, the newest first."""
        mine = (sessions.c.user == user) & (sessions.c.expires_at > self._clock().isoformat())
        columns = (sessions.c.token, sessions.c.created_at, sessions.c.seen_at)
        query = select(*columns).where(mine).order_by(sessions.c.created_at.desc())
        with reading(self._engine) as db:
            return [Here(*row) for row in db.execute(query)]

    def anybody(self) -> bool:
        """Say whether anybody has ever signed in."""
        signed_in = select(sign_in_links.c.digest).where(sign_in_links.c.used_at != "")
        with reading(self._engine) as db:
            here = db.execute(select(sessions.c.user).limit(1)).first()
            return bool(here or db.execute(signed_in.limit(1)).first())

    def _usable(self, secret: str, column: Any) -> Any:
        link, now = sign_in_links.c, self._clock().isoformat()
        fits = (link.digest == digest(secret)) & (link.used_at == "") & (link.expires_at > now)
        able = select(column).join(sign_in_links, link.user == users.c.id)
        return able.where(fits & (users.c.disabled_at == ""))

    def _begin(self, db: Connection, user: int, way: str) -> str:
        secret, now = secrets.token_urlsafe(32), self._clock()
        name = _name(db, user)
        over = (sessions.c.expires_at < now.isoformat()) | (
            sessions.c.seen_at < (now - IDLE).isoformat()
        )
        db.execute(delete(sessions).where(over))
        times = {"created_at": now.isoformat(), "seen_at": now.isoformat()}
        end = (now + LONGEST).isoformat()
        row = {"digest": digest(secret), "user": user, "token": secrets.token_urlsafe(24)}
        db.execute(insert(sessions).values(**row, **times, expires_at=end))
        append(db, name, "signed_in", f"user {name}", {"way": way}, now.isoformat())
        return secret

    def _touch(self, secret: str, now: datetime) -> None:
        mine = sessions.c.digest == digest(secret)
        with self._engine.begin() as db:
            db.execute(update(sessions).where(mine).values(seen_at=now.isoformat()))


def _name(db: Connection, user: int) -> str:
    return str(db.execute(select(users.c.name).where(users.c.id == user)).scalar_one())


def digest(secret: str) -> str:
    """Return what is kept of a secret that nobody can guess."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
