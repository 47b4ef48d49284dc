"""Who may use the console. Every change is in the audit log, in the same transaction."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from integrations.store.alone import alone
from integrations.store.audit import append
from integrations.store.missing import Missing
from integrations.store.people_schema import sessions, sign_in_links, users
from integrations.store.reading import reading

NAME = re.compile(r"[\w][\w .'-]{0,59}")
EMAIL = re.compile(r"[^@\s<>\"']{1,64}@[^@\s<>\"']{1,130}")
RESERVED = ("quiethand", "agent", "customer", "system")  # who else does things here


class PeopleError(Exception):
    """That cannot be done with this person; says why, in words a user may read."""


@dataclass(frozen=True)
class User:
    """Somebody who may use the console."""

    id: int
    name: str
    email: str
    role: str
    password: str  # its hash
    subject: str
    created_at: str
    disabled_at: str


class People:
    """The users of one brand's console."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def all(self) -> list[User]:
        """Return everybody, by name."""
        with reading(self._engine) as db:
            return [_user(row) for row in db.execute(select(users).order_by(users.c.name))]

    def named(self, name: str) -> User:
        """Return a user by name."""
        return self._one(users.c.name == name, name)

    def behind(self, subject: str) -> User:
        """Return the user whom a sign-in provider knows under this subject."""
        return self._one(users.c.subject == subject, subject)

    def with_email(self, email: str) -> User:
        """Return the one user with this address."""
        return self._one(func.lower(users.c.email) == email.lower(), email)

    def add(self, name: str, role: str, by: str, email: str = "") -> User:
        """Add a user."""
        name, email = name.strip(), email.strip()
        _check(name, email)
        now = self._clock().isoformat()
        blank = {"password": "", "subject": "", "created_at": now, "disabled_at": ""}
        try:
            with self._engine.begin() as db:
                alone(db, "people")
                if email and db.execute(_with(email)).first():
                    raise PeopleError(f"Somebody has the address {email} already.")
                db.execute(insert(users).values(name=name, email=email, role=role, **blank))
                append(db, by, "user_added", f"user {name}", {"role": role}, now)
        except IntegrityError as error:
            raise PeopleError(f"There is a user {name} already.") from error
        return self.named(name)

    def give_role(self, name: str, role: str, by: str) -> None:
        """Give somebody another role."""
        self._change(name, by, "role_given", {"role": role}, role=role)

    def disable(self, name: str, by: str) -> None:
        """Let somebody in no more, and end their sessions."""
        self._change(name, by, "user_disabled", {}, disabled_at=self._clock().isoformat())

    def enable(self, name: str, by: str) -> None:
        """Let somebody in again."""
        self._change(name, by, "user_enabled", {}, disabled_at="")

    def set_password(self, name: str, hashed: str, by: str) -> None:
        """Give somebody a password, and end their sessions; no hash means by link only."""
        action = "password_set" if hashed else "password_removed"
        self._change(name, by, action, {}, password=hashed)

    def know_as(self, name: str, subject: str) -> None:
        """Remember whom a sign-in provider means by a subject."""
        self._change(name, name, "provider_linked", {}, subject=subject)

    def rehash(self, name: str, hashed: str) -> None:
        """Keep the same password under a newer hash."""
        with self._engine.begin() as db:
            db.execute(update(users).where(users.c.name == name).values(password=hashed))

    def _change(
        self, name: str, by: str, action: str, detail: dict[str, str | int], **values: str
    ) -> None:
        now = self._clock().isoformat()
        with self._engine.begin() as db:
            alone(db, "people")
            user = _found(db, users.c.name == name, name)
            db.execute(update(users).where(users.c.id == user.id).values(**values))
            if user.role == "admin" and not user.disabled_at and not _admins(db):
                raise PeopleError(f"{name} is the only admin who can sign in; make another first.")
            if "disabled_at" in values or "password" in values:
                db.execute(delete(sessions).where(sessions.c.user == user.id))
                db.execute(delete(sign_in_links).where(sign_in_links.c.user == user.id))
            append(db, by, action, f"user {name}", detail, now)

    def _one(self, where: Any, said: str) -> User:
        with reading(self._engine) as db:
            return _found(db, where, said)


def _check(name: str, email: str) -> None:
    if not NAME.fullmatch(name) or name.lower() in RESERVED:
        raise PeopleError(f"{name!r} is not a name here: letters, digits, up to 60.")
    if email and not EMAIL.fullmatch(email):
        raise PeopleError(f"{email!r} is not an e-mail address.")


def _found(db: Connection, where: Any, said: str) -> User:
    found = db.execute(select(users).where(where).limit(2)).all()
    if len(found) != 1:
        raise Missing(f"There is no user {said!r}.")
    return _user(found[0])


def _with(email: str) -> Any:
    return select(users.c.id).where(func.lower(users.c.email) == email.lower())


def _admins(db: Connection) -> int:
    """Count who could mend things here."""
    able = (users.c.role == "admin") & (users.c.disabled_at == "")
    return db.execute(select(func.count()).select_from(users).where(able)).scalar_one()


def _user(row: Any) -> User:
    return User(**row._mapping)
