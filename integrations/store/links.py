"""Which contacts are one person: shown by a code or a signed id, never guessed, and undone."""

from datetime import datetime
from typing import Literal, TypedDict, cast

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from integrations.store.contacts_schema import link_codes, links, opt_outs
from integrations.store.missing import Missing

Origin = Literal["code", "signed"]
TABLES = ("links", "link_codes", "opt_outs")  # that name contacts and no conversation
PERSON = "person-"  # begins the digest of an id of the brand's, which is no contact itself


class Link(TypedDict):
    """One link that holds."""

    id: int
    contact: str
    person: str
    origin: str
    shown: str
    at: str


def linked(db: Connection, contact: str) -> list[str]:
    """Return this contact and all that are one person with it, by links that hold."""
    return [name for name in _together(db, contact) if not name.startswith(PERSON)]


def persons(db: Connection, contact: str) -> set[str]:
    """Return which customers of the brand's own system this contact is: at most one, or none."""
    return {name for name in _together(db, contact) if name.startswith(PERSON)}


def apart(db: Connection, one: str, other: str) -> bool:
    """Say whether the brand's own system knows two contacts as two customers."""
    return len(persons(db, one) | persons(db, other)) > 1


def _together(db: Connection, contact: str) -> list[str]:
    found, new = [contact], [contact]
    while new:
        rows = db.execute(select(links.c.contact, links.c.person).where(_holds(new)))
        new = sorted({name for row in rows for name in row} - set(found))
        found += new
    return found


def link(
    db: Connection, contact: str, person: str, origin: Origin, shown: str, now: datetime
) -> None:
    """Keep that two contacts are one person, or that a contact has a signed id."""
    same = (links.c.contact == contact) & (links.c.person == person) & (links.c.undone_at == "")
    if db.execute(select(links.c.id).where(same)).first() is None:
        row = {"contact": contact, "person": person, "origin": origin, "shown": shown}
        row |= {"at": now.isoformat(), "undone_at": "", "undone_by": ""}
        db.execute(insert(links).values(row))


def was_undone(db: Connection, contact: str, person: str) -> bool:
    """Say whether a person of the team took this very link away."""
    same = (links.c.contact == contact) & (links.c.person == person) & (links.c.undone_at != "")
    return db.execute(select(links.c.id).where(same).limit(1)).first() is not None


def links_of(db: Connection, contacts: list[str]) -> list[Link]:
    """Return the links that hold between these contacts."""
    query = select(links).where(_holds(contacts)).order_by(links.c.id)
    return [_link(dict(row)) for row in db.execute(query).mappings()]


def one_link(db: Connection, id: int) -> Link:
    """Return a link that holds."""
    row = db.execute(select(links).where(links.c.id == id)).mappings().first()
    if row is None:
        raise Missing(f"There is no link {id}; `quiethand contacts show CONTACT` lists them.")
    if row["undone_at"]:
        raise Missing(f"Already undone by {row['undone_by']} at {row['undone_at'][:16]}.")
    return _link(dict(row))


def undo(db: Connection, id: int, by: str, now: datetime) -> None:
    """Take a link away; that it was there stays written down."""
    done = {"undone_at": now.isoformat(), "undone_by": by}
    db.execute(update(links).where(links.c.id == id, links.c.undone_at == "").values(done))


def forget(db: Connection, contact: str) -> None:
    """Delete what these tables keep of a contact."""
    mine = (
        (links, (links.c.contact == contact) | (links.c.person == contact)),
        (link_codes, (link_codes.c.asked_by == contact) | (link_codes.c.sent_to == contact)),
        (opt_outs, opt_outs.c.contact == contact),
    )
    for table, theirs in mine:
        db.execute(delete(table).where(theirs))


def _holds(contacts: list[str]) -> ColumnElement[bool]:
    near = links.c.contact.in_(contacts) | links.c.person.in_(contacts)
    return near & (links.c.undone_at == "")


def _link(row: dict[str, object]) -> Link:
    return cast(Link, {key: row[key] for key in Link.__annotations__})
