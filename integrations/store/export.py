"""Give a person what is kept about them, in the words in which they said it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from integrations.store.links import linked, links_of
from integrations.store.missing import Missing
from integrations.store.opt_outs import OptOuts
from integrations.store.restoring import known_restored
from integrations.store.review_schema import ratings
from integrations.store.schema import conversations, drafts, handoffs, ideas, lines, outbox, turns
from integrations.store.vault import EVERYTHING, Kept, Vault, contact_of, conversations_of

Originals = Mapping[str, str]


def exported(vault: Vault, name: str, by: str, only: bool = False) -> dict[str, Any]:
    """Return all that is kept of a person, and write down that somebody saw it.

    Contacts that are linked with this one are the same person's, and go along unless ``only``.
    """
    with vault.engine.begin() as db:
        contact, *others = whole(db, name, only)
        found = _contact(vault, db, contact, by)
        more = [_contact(vault, db, other, by) for other in others]
        shown = links_of(db, [contact])
    return {**found, "at": vault.clock().isoformat(), "links": shown, "linked": more}


def whole(db: Connection, name: str, only: bool) -> list[str]:
    """Return the contact that a name means, and behind it those that are linked with it."""
    contact = contact_of(db, name)
    others = [] if only else linked(db, contact)[1:]
    return [contact, *(one for one in others if _known(db, one))]


def _known(db: Connection, contact: str) -> bool:
    """Say whether anything is kept of a contact; one may be linked before it has said a word."""
    try:
        return bool(contact_of(db, contact))
    except Missing:
        return False


def _contact(vault: Vault, db: Connection, contact: str, by: str) -> dict[str, Any]:
    theirs = conversations_of(db, contact)
    kept = vault.kept(db, theirs)
    for conversation in theirs or [contact]:
        vault.looked(db, conversation, EVERYTHING, by, "export")
    values = [
        {"conversation": k.conversation, "placeholder": k.token, "value": k.value, "at": k.at}
        for k in kept
    ]
    return {
        "contact": contact,
        "opted_out": OptOuts.since(db, contact),
        "conversations": [_conversation(db, id, _of(kept, id)) for id in theirs],
        "kept_apart": values,
    }


def _of(kept: list[Kept], conversation: str) -> Originals:
    return {one.token: one.value for one in kept if one.conversation == conversation}


def _conversation(db: Connection, id: str, originals: Originals) -> dict[str, Any]:
    row = db.execute(select(conversations).where(conversations.c.id == id)).one()
    told = turns.c.outcome.in_(("reply", "handoff"))
    said = select(turns.c.record, handoffs.c.opened_at, handoffs.c.closed_at)
    said = said.join(turns, turns.c.id == handoffs.c.turn).where(told)
    said = said.where(handoffs.c.conversation == id).order_by(handoffs.c.id)
    return {
        "conversation": id,
        "channel": row.channel,
        "updated_at": row.updated_at,
        "lines": _texts(db, lines, id, originals, "who", "at"),
        "answers": _texts(db, outbox, id, originals, "state", "at"),
        "drafts": _drafts(db, id, originals),
        "ratings": _ratings(db, id),
        "ideas": _texts(db, ideas, id, originals, "at"),
        "handoffs": [
            {
                "opened_at": one.opened_at,
                "closed_at": one.closed_at,
                "text": known_restored(one.record["text"], originals),
            }
            for one in db.execute(said)
        ],
    }


def _texts(
    db: Connection, table: Table, conversation: str, originals: Originals, *columns: str
) -> list[dict[str, Any]]:
    query = select(table).where(table.c.conversation == conversation).order_by(table.c.id)
    return [
        {name: row[name] for name in columns} | {"text": known_restored(row["text"], originals)}
        for row in db.execute(query).mappings()
    ]


def _ratings(db: Connection, conversation: str) -> list[dict[str, Any]]:
    mine = (ratings.c.conversation == conversation) & (ratings.c.score > 0)
    query = select(ratings.c.score, ratings.c.rated_at).where(mine).order_by(ratings.c.id)
    return [{"score": row.score, "at": row.rated_at} for row in db.execute(query)]


def _drafts(db: Connection, conversation: str, originals: Originals) -> list[dict[str, Any]]:
    """Return what waited for a person about their messages; the decided words are answers."""
    query = select(drafts).where(drafts.c.conversation == conversation).order_by(drafts.c.id)
    return [
        {
            "at": row.created_at,
            "status": row.status,
            "about": known_restored(row.message["text"], originals),
        }
        for row in db.execute(query)
    ]
