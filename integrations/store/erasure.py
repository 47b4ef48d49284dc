"""Erase a person: their rows and their key go, a count stays, and a search shows that they went."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from integrations.store.links import TABLES as LINKING
from integrations.store.links import forget
from integrations.store.proof import Found, search
from integrations.store.reading import reading
from integrations.store.review_schema import decisions
from integrations.store.schema import conversations, drafts, metadata, revisions
from integrations.store.scrubbing import compact, overwrite
from integrations.store.traffic_schema import addresses, inbox
from integrations.store.vault import Kept, Vault, contact_of, conversations_of
from integrations.store.vault_schema import contacts, erasures, privacy_requests, reveals, vault

OF_DRAFTS = (revisions, decisions)
OF_CONTACTS = (privacy_requests, inbox, addresses)


@dataclass(frozen=True)
class Erased:
    """What an erasure did, and what the search for its traces found."""

    contact: str
    counts: dict[str, int]
    searched: int  # values
    found: list[Found]
    published: list[str]  # placeholders whose value everybody may read in the help centre
    compacted: bool  # what is on disk holds no deleted bytes any more


def about_to_erase(vault_: Vault, name: str) -> tuple[str, dict[str, int]]:
    """Return the contact that a name means, and how many rows of theirs there are."""
    with reading(vault_.engine) as db:
        contact = contact_of(db, name)
        return contact, _counts(db, contact, conversations_of(db, contact))


def erase(vault_: Vault, name: str, by: str, folder: Path) -> Erased:
    """Erase a contact, and search the database and the folder's files for what was theirs."""
    with vault_.engine.begin() as db:
        overwrite(db)
        contact = contact_of(db, name)
        theirs = _held(db, contact)
        values, counts = _values(vault_, db, theirs), _counts(db, contact, theirs)
        _delete(db, contact, theirs)
        digest = vault_.digest(contact)
        _forget_looks(db, theirs, digest)
        row = {"contact": digest, "by": by, "at": vault_.clock().isoformat()}
        db.execute(insert(erasures).values(**row, counts=counts))
    vault_.forget()
    touched = {name for name, count in counts.items() if count and name != "keys"}
    touched |= {"contacts", reveals.name, *LINKING, *(table.name for table in OF_CONTACTS)}
    compacted = compact(vault_.engine, sorted(touched))
    found, published = search(vault_.engine, folder, values)
    return Erased(contact, counts, len(values), found, published, compacted)


def _held(db: Connection, contact: str) -> list[str]:
    """Return the conversations of a contact, once nobody else can write or make any."""
    theirs: list[str] = []
    while (now := conversations_of(db, contact)) != theirs:
        theirs = now
        for table, ids in ((conversations, theirs), (contacts, [contact, *theirs])):
            rows = select(table.c.id).where(table.c.id.in_(ids)).order_by(table.c.id)
            db.execute(rows.with_for_update()).all()
    return theirs


def _tables() -> list[Table]:
    """Whatever names a conversation goes with it; what looking in left behind loses the name."""
    tables = reversed(metadata.sorted_tables)
    return [t for t in tables if "conversation" in t.c and t is not reveals]


def _counts(db: Connection, contact: str, theirs: Sequence[str]) -> dict[str, int]:
    counts = {}
    for table in _tables():
        query = select(func.count()).select_from(table).where(table.c.conversation.in_(theirs))
        counts[table.name] = db.execute(query).scalar_one()
    for table in OF_DRAFTS:
        of_drafts = select(func.count()).select_from(table).where(_of(table, theirs))
        counts[table.name] = db.execute(of_drafts).scalar_one()
    counts["conversations"] = len(theirs)
    mine = select(func.count()).select_from(contacts).where(contacts.c.id == contact)
    counts["keys"] = db.execute(mine).scalar_one()
    return counts


def _values(vault_: Vault, db: Connection, theirs: Sequence[str]) -> list[Kept]:
    """Return what to search for, each original once."""
    return list({one.value: one for one in vault_.kept(db, theirs)}.values())


def _delete(db: Connection, contact: str, theirs: Sequence[str]) -> None:
    for table in OF_DRAFTS:
        db.execute(delete(table).where(_of(table, theirs)))
    for table in _tables():
        db.execute(delete(table).where(table.c.conversation.in_(theirs)))
    for table in (inbox, addresses):  # of conversations that have not begun, or are another's
        db.execute(delete(table).where(table.c.contact == contact))
    db.execute(delete(conversations).where(conversations.c.id.in_(theirs)))
    named = contacts.c.id.in_([contact, *theirs])  # some had no contact when they began
    used = contacts.c.id.in_(select(vault.c.contact))
    db.execute(delete(contacts).where(named, ~used))
    forget(db, contact)
    for table in OF_CONTACTS:  # what hangs on a conversation that is gone, or is another's
        db.execute(delete(table).where(table.c.contact == contact))


def _of(table: Table, theirs: Sequence[str]) -> ColumnElement[bool]:
    return table.c.draft.in_(select(drafts.c.id).where(drafts.c.conversation.in_(theirs)))


def _forget_looks(db: Connection, theirs: Sequence[str], digest: str) -> None:
    """Keep who looked and when; where and why could tell whom it was about."""
    mine = reveals.c.conversation.in_(theirs)
    db.execute(update(reveals).where(mine).values(conversation=digest, why=""))


def again(vault_: Vault, recorded: Sequence[dict[str, str]], by: str, folder: Path) -> list[Erased]:
    """Erase anew whom a restored backup brought back, of those that a list records."""
    times = {one["contact"]: one["at"] for one in recorded}
    query = select(conversations.c.contact, func.max(conversations.c.updated_at))
    with reading(vault_.engine) as db:
        rows = db.execute(query.group_by(conversations.c.contact)).all()
    back = [name for name, last in rows if last <= times.get(vault_.digest(name), "")]
    return [erase(vault_, name, by, folder) for name in back]


def erased(engine: Engine) -> list[dict[str, str]]:
    """List the erasures; kept apart from backups, it tells what to erase again after one."""
    query = select(erasures.c.contact, erasures.c.at).order_by(erasures.c.id)
    with reading(engine) as db:
        return [{"contact": row.contact, "at": row.at} for row in db.execute(query)]
