"""Who is whom: shown to people of the team, linked with proof, undone by them.

What is said on one channel is never given to the agent's answers or memory on another: a proof says
that two accounts are one person's, not who holds the phone right now, and an answer that knows too
much cannot be taken back. People see all of it and decide what to mention.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from integrations.store import links
from integrations.store.codes import GOOD_FOR, Codes
from integrations.store.links import Link, apart, linked, links_of
from integrations.store.missing import Missing
from integrations.store.notices import notice
from integrations.store.opt_outs import OptOuts
from integrations.store.reading import reading
from integrations.store.schema import conversations, lines
from integrations.store.traffic_schema import addresses, inbox
from integrations.store.vault import Vault, contact_of
from prompts import loader

PUBLIC = "public"
MOST = 500  # lines of a history


@dataclass(frozen=True)
class Asked:
    """Where a code goes, and where it has to be typed."""

    sent_to: str
    typed_in: str
    minutes: int = int(GOOD_FOR.total_seconds()) // 60


class People:
    """The contacts of one database, as the people of the team see them."""

    def __init__(self, vault: Vault, brand: str) -> None:
        self._vault, self._brand = vault, brand

    def show(self, name: str) -> dict[str, Any]:
        """Return a person's contacts and conversations, and what shows that they are one person."""
        with reading(self._vault.engine) as db:
            contact = contact_of(db, name)
            theirs = linked(db, contact)
            return {
                "contact": contact,
                "contacts": [_contact(db, one) for one in theirs],
                "links": links_of(db, theirs),
            }

    def history(self, name: str, most: int = MOST) -> list[dict[str, Any]]:
        """Return what was said on all of a person's channels, oldest first, with placeholders."""
        with reading(self._vault.engine) as db:
            mine = conversations.c.contact.in_(linked(db, contact_of(db, name)))
            columns = (lines.c.conversation, conversations.c.channel, lines.c.who, lines.c.text)
            query = select(*columns, lines.c.at).join(conversations).where(mine)
            newest = query.order_by(lines.c.at.desc(), lines.c.id.desc()).limit(most)
            return [dict(row) for row in db.execute(newest).mappings()][::-1]

    def ask(self, name: str, other: str, by: str, dry: bool = False) -> Asked:
        """Send a code to the other conversation, to be typed in the first one."""
        _named(by)
        with self._vault.engine.begin() as db:
            here, there = contact_of(db, name), contact_of(db, other)
            _linkable(db, here, there)
            asked = Asked(_place(db, there, other), _place(db, here, name))
            if not dry:
                self._send(db, asked, (here, there), by)
        return asked

    def unlink(self, id: int, by: str, dry: bool = False) -> Link:
        """Take a link away; what was linked are different people from now on."""
        _named(by)
        with self._vault.engine.begin() as db:
            found = links.one_link(db, id)
            if not dry:
                links.undo(db, id, by, self._vault.clock())
        return found

    def _send(self, db: Connection, asked: Asked, sides: tuple[str, str], by: str) -> None:
        now = self._vault.clock()
        number, code = Codes(self._vault.secret).issue(db, *sides, by, now)
        token = f"<CODE_{number}>"
        there = loader.render("messages/code_sent", name=self._brand, code=token)
        here = loader.render("messages/code_asked", name=self._brand)
        why = f"{by} asked for a code"
        notice(db, self._vault, asked.sent_to, f"code-{number}-sent", there, why, {token: code})
        notice(db, self._vault, asked.typed_in, f"code-{number}-asked", here, why)


def _linkable(db: Connection, here: str, there: str) -> None:
    """Refuse what cannot be shown, and what its owner does not want to hear."""
    if there in linked(db, here):
        raise Missing(f"{here} and {there} are one person already.")
    if apart(db, here, there):
        raise Missing("The brand's own system knows them as two customers.")
    if OptOuts.has(db, there):
        raise Missing(f"{there} wants to hear nothing unasked; they can write START.")


def _place(db: Connection, contact: str, name: str) -> str:
    """Return the conversation that was named, or the contact's newest that we can write to."""
    reachable = addresses.c.conversation.is_not(None)
    query = (
        select(conversations.c.id)
        .outerjoin(addresses, addresses.c.conversation == conversations.c.id)
        .where(conversations.c.contact == contact, conversations.c.channel != PUBLIC)
        .order_by(reachable.desc(), conversations.c.updated_at.desc())
    )
    found = list(db.scalars(query))
    others = select(inbox.c.conversation).where(inbox.c.contact != contact)
    shared = set(db.scalars(others.where(inbox.c.conversation.in_(found))))
    private = [one for one in found if one not in shared and name in (contact, one)]
    if not private:
        raise Missing(f"{name} has no conversation that only they read.")
    return str(private[0])


def _contact(db: Connection, contact: str) -> dict[str, Any]:
    mine = conversations.c.contact == contact
    named = conversations.c.id.label("conversation")
    columns = (named, conversations.c.channel, conversations.c.owner)
    query = select(*columns, conversations.c.updated_at).where(mine).order_by(conversations.c.id)
    theirs = [dict(row) for row in db.execute(query).mappings()]
    told = OptOuts.since(db, contact)
    return {"contact": contact, "opted_out": told, "conversations": theirs}


def _named(by: str) -> None:
    if not by.strip():
        raise Missing("Say who decides: --by NAME.")
