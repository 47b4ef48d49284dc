"""What a visitor may see of their own conversation, read from the rows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from integrations.store.arrivals import unpacked
from integrations.store.inbox import Inbox
from integrations.store.reading import reading
from integrations.store.restoring import GRAMMAR, UnknownPlaceholder
from integrations.store.schema import conversations, lines, outbox, turns
from integrations.store.traffic_schema import inbox
from integrations.store.vault import Vault
from knowledge.brands.satisfaction import RATING
from tools.contract import MARK

MOST = 60  # messages of each side
WAITING = ("ready", "leased")
SAID_BY = {"person": "person", "decision": "checked"}  # by the kind of turn; else the agent


@dataclass(frozen=True)
class Source:
    """What a mark in an answer points to."""

    number: int
    title: str
    quote: str
    url: str


@dataclass(frozen=True)
class Said:
    """One message of a conversation, with originals."""

    key: str
    who: str  # you, agent, checked (by a person), person
    text: str
    at: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class View:
    """A conversation as its visitor sees it."""

    items: tuple[Said, ...]
    owner: str  # agent or person
    working: bool  # something waits for its turn
    rates: bool = False  # the last word is our question how well we helped

    def plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


class History:
    """Reads the conversations of one chat."""

    def __init__(self, vault: Vault, kind: str, account: str) -> None:
        self._vault, self._kind, self._account = vault, kind, account
        self._inbox = Inbox(vault.engine, vault, vault.clock)

    def pulse(self, visitor: str) -> tuple[Any, ...]:
        """Return a little that changes whenever the view does."""
        place = self._place(visitor)
        talk, sent = conversations.c.id == place, outbox.c.conversation == place
        waits = (inbox.c.conversation == place) & inbox.c.state.in_(WAITING)
        said = select(func.count(), func.max(outbox.c.id)).where(sent, outbox.c.state == "sent")
        with reading(self._vault.engine) as db:
            known = select(conversations.c.version, conversations.c.owner).where(talk)
            waiting = select(func.count(), func.max(inbox.c.id)).where(waits)
            rows = (db.execute(query).first() for query in (known, said, waiting))
            return tuple(tuple(row) if row else () for row in rows)

    def view(self, visitor: str) -> View:
        """Return what was said, oldest first, and how things stand."""
        place = self._place(visitor)
        with reading(self._vault.engine) as db:
            own, said = _own(db, place), _said(db, place)
            coming, working = self._coming(db, place)
            owner = db.scalar(select(conversations.c.owner).where(conversations.c.id == place))
        items = [Said(f"l-{row.id}", "you", self._whole(place, row.text), row.at) for row in own]
        items += [self._answer(place, row) for row in said] + coming
        ordered = sorted(items, key=lambda one: (_time(one.at), one.who != "you"))
        asks = bool(said) and said[0].kind == RATING and ordered[-1].key == f"o-{said[0].id}"
        return View(tuple(ordered), owner or "agent", working, asks)

    def _place(self, visitor: str) -> str:
        return self._inbox.name(self._kind, self._account, visitor)

    def _coming(self, db: Connection, place: str) -> tuple[list[Said], bool]:
        """Return what waits for its turn, and what nobody could handle: it was written."""
        kept = (inbox.c.conversation == place) & inbox.c.state.in_((*WAITING, "dead"))
        rows = db.execute(select(inbox).where(kept).order_by(inbox.c.id).limit(MOST)).all()
        found = [self._vault.unsealed(db, r.contact, r.sealed, "arrival", place) for r in rows]
        written = [unpacked(one) for one in found]
        said = [Said(f"i-{r.id}", "you", one.text, one.at.isoformat())
                for r, one in zip(rows, written, strict=True)]  # fmt: skip
        return said, any(row.state in WAITING for row in rows)

    def _answer(self, place: str, row: Row[Any]) -> Said:
        text = self._whole(place, row.text)
        marked = {int(number) for number in MARK.findall(text)}
        sources = tuple(_source(one) for one in row.evidence or () if one["number"] in marked)
        return Said(f"o-{row.id}", SAID_BY.get(row.kind, "agent"), text, row.at, sources)

    def _whole(self, place: str, text: str) -> str:
        """Put originals back; those that are no longer kept are gone for everybody."""
        try:
            return self._vault.restore(place, text)
        except UnknownPlaceholder:
            return GRAMMAR.sub("[removed]", text)


def _own(db: Connection, place: str) -> Sequence[Row[Any]]:
    mine = (lines.c.conversation == place) & (lines.c.who == "customer")
    return db.execute(select(lines).where(mine).order_by(lines.c.id.desc()).limit(MOST)).all()


def _said(db: Connection, place: str) -> Sequence[Any]:
    evidence = turns.c.record["evidence"].label("evidence")
    query = select(outbox.c.id, outbox.c.text, outbox.c.at, turns.c.kind, evidence).join(
        turns, turns.c.id == outbox.c.turn
    )
    sent = (outbox.c.conversation == place) & (outbox.c.state == "sent")
    return db.execute(query.where(sent).order_by(outbox.c.id.desc()).limit(MOST)).all()


def _source(evidence: Any) -> Source:
    document = str(evidence["document"])
    url = document if document.startswith("https://") else ""
    return Source(evidence["number"], evidence["title"], evidence["quote"], url)


def _time(at: str) -> datetime:
    return datetime.fromisoformat(at)
