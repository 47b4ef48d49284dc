"""The only place where originals are kept: one data key a contact, wrapped by the master key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from integrations.store.database import StoreError
from integrations.store.keyring import DIGESTS, digest_key
from integrations.store.missing import Missing
from integrations.store.quick import Quick, Result
from integrations.store.reading import reading
from integrations.store.restoring import BARE, named, restored
from integrations.store.schema import conversations
from integrations.store.sealing import BrokenSeal, MasterKey, new_key, seal, unseal
from integrations.store.vault_schema import contacts, keys, reveals, vault

KEYS = 256  # contacts whose data keys stay unwrapped
EVERYTHING = "*"  # the token of a look at all that is kept
_OF_CONTACT = select(contacts.c.wrapped).where(contacts.c.id == bindparam("contact"))
_WRAPPED = Quick(_OF_CONTACT)
_HELD = Quick(_OF_CONTACT.with_for_update(read=True, key_share=True))
_MASTER = Quick(select(keys.c.key_id).where(keys.c.name == DIGESTS).with_for_update(read=True))
_COLUMNS: dict[str, Any] = {one.name: bindparam(one.name) for one in contacts.columns}
_FRESH = {
    "sqlite": Quick(sqlite.insert(contacts).values(_COLUMNS).on_conflict_do_nothing()),
    "postgresql": Quick(postgresql.insert(contacts).values(_COLUMNS).on_conflict_do_nothing()),
}
_KEPT = select(vault, contacts.c.wrapped).join(contacts)


@dataclass(frozen=True)
class Kept:
    """One original, and where its placeholder stands."""

    contact: str
    conversation: str
    token: str
    value: str
    at: str


class Vault:
    """The originals of one database."""

    def __init__(self, engine: Engine, master: MasterKey, clock: Callable[[], datetime]) -> None:
        self.engine, self.clock, self._master = engine, clock, master
        self._data_key = lru_cache(KEYS)(self._unwrapped)
        self.secret = digest_key(engine, master)

    def keep(
        self, db: Connection, conversation: str, contact: str, originals: Mapping[str, str]
    ) -> None:
        """Keep what is new, inside the transaction of the turn that brought it."""
        if not originals:
            return
        now = self.clock().isoformat()
        mine = (vault.c.conversation == conversation) & vault.c.token.in_(list(originals))
        known = set(db.scalars(select(vault.c.token).where(mine)))
        db.execute(update(vault).where(mine).values(at=now))
        key = self._key_of(db, contact, now)
        rows = [
            {
                "contact": contact,
                "conversation": conversation,
                "token": token,
                "ciphertext": seal(key, value.encode(), contact, conversation, token),
                "at": now,
            }
            for token, value in originals.items()
            if token not in known
        ]
        if rows:
            db.execute(insert(vault), rows)

    def restore(self, conversation: str, text: str) -> str:
        """Return a text as its customer shall read it, or raise ``UnknownPlaceholder``."""
        tokens = named(text)
        if not tokens and not BARE.search(text):
            return text
        mine = (vault.c.conversation == conversation) & vault.c.token.in_(tokens)
        with reading(self.engine) as db:
            return restored(text, {one.token: one.value for one in self._opened(db, mine)})

    def reveal(self, conversation: str, token: str, by: str, why: str) -> str:
        """Return one original, and write down who looked and why."""
        mine = (vault.c.conversation == conversation) & (vault.c.token == token)
        with self.engine.begin() as db:
            found = self._opened(db, mine)
            if not found:
                raise Missing(f"Conversation {conversation!r} keeps no {token}.")
            self.looked(db, conversation, token, by, why)
        return found[0].value

    def looked(self, db: Connection, conversation: str, token: str, by: str, why: str) -> None:
        """Write down that somebody sees an original; nobody does without a name and a reason."""
        if not by.strip() or not why.strip():
            raise Missing("Say who looks and why: --by NAME --why REASON.")
        row = {"who": by, "why": why, "conversation": conversation, "token": token}
        db.execute(insert(reveals).values(**row, at=self.clock().isoformat()))

    def kept(self, db: Connection, conversations: Sequence[str]) -> list[Kept]:
        """Return all originals of some conversations."""
        return self._opened(db, vault.c.conversation.in_(conversations))

    def sealing(self, db: Connection, contact: str) -> Callable[..., bytes]:
        """Return what encrypts several things of a contact's, with what each is about."""
        held, key = _HELD(db, contact=contact), b""

        def seals(plain: bytes, *about: str) -> bytes:
            nonlocal key
            key = key or self._key_of(db, contact, self.clock().isoformat(), held)
            return seal(key, plain, contact, *about)

        return seals

    def unsealed(self, db: Connection, contact: str, sealed: bytes, *about: str) -> bytes:
        """Decrypt it again."""
        wrapped = _WRAPPED(db, contact=contact).scalar()
        if wrapped is None:
            raise StoreError(f"Contact {contact} was erased.")
        try:
            return unseal(self._data_key(contact, wrapped), sealed, contact, *about)
        except BrokenSeal as error:
            raise StoreError(f"A row of contact {contact} does not open.") from error

    def forget(self) -> None:
        """Drop the data keys that are unwrapped."""
        self._data_key.cache_clear()

    def digest(self, contact: str) -> str:
        """Name a contact in a way that only this vault can tell."""
        key = blake2b(self.secret, person=b"erased contacts").digest()
        return blake2b(contact.encode(), key=key, digest_size=16).hexdigest()

    def _opened(self, db: Connection, where: Any) -> list[Kept]:
        query: Select[Any] = _KEPT.where(where).order_by(vault.c.conversation, vault.c.at)
        return [self._kept(row) for row in db.execute(query)]

    def _kept(self, row: Row[Any]) -> Kept:
        about = (row.contact, row.conversation, row.token)
        try:
            key = self._data_key(row.contact, row.wrapped)
            return Kept(*about, unseal(key, row.ciphertext, *about).decode(), row.at)
        except BrokenSeal as error:
            raise StoreError(
                f"{row.token} of conversation {row.conversation} does not open: the master key "
                "was changed (start again with the new one), or the row was."
            ) from error

    def _key_of(self, db: Connection, contact: str, now: str, held: Result | None = None) -> bytes:
        """Return the contact's data key, made once; nobody erases it before this commits."""
        if (there := (held or _HELD(db, contact=contact)).scalar()) is not None:
            return self._data_key(contact, there)
        if _MASTER(db).scalar() != self._master.id:  # held, so that no change misses this contact
            raise StoreError("The master key was changed; start again with the new one.")
        key = new_key()
        wrapped = self._master.wrap(key, contact)
        row = {"id": contact, "wrapped": wrapped, "key_id": self._master.id, "created_at": now}
        if _FRESH[db.dialect.name](db, **row).rowcount == 1:
            return key
        return self._data_key(contact, _HELD(db, contact=contact).scalar_one())

    def _unwrapped(self, contact: str, wrapped: bytes) -> bytes:
        try:
            return self._master.unwrap(wrapped, contact)
        except BrokenSeal as error:
            raise StoreError(
                f"The data key of contact {contact} does not open with this master key; "
                "it was changed (start again with the new one)."
            ) from error


def contact_of(db: Connection, name: str) -> str:
    """Return the contact of this name, or whose conversation has it."""
    for column in (conversations.c.contact, conversations.c.id):
        found = db.scalar(select(conversations.c.contact).where(column == name).limit(1))
        if found:
            return str(found)
    if db.scalar(select(contacts.c.id).where(contacts.c.id == name)):
        return name
    raise Missing(f"There is no contact {name!r}, and no conversation of that name.")


def conversations_of(db: Connection, contact: str) -> list[str]:
    """Return the conversations of a contact, or where something of theirs is kept."""
    theirs = select(conversations.c.id).where(conversations.c.contact == contact)
    kept = select(vault.c.conversation).where(vault.c.contact == contact)
    return sorted({*db.scalars(theirs), *db.scalars(kept)})
