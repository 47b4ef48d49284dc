"""Write what came in: each event once, in order inside a conversation, with where to answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from integrations.channels.contract import Arrival
from integrations.store.arrivals import packed
from integrations.store.leasing import States, name_of
from integrations.store.quick import Quick
from integrations.store.retrying import LONGEST_WAIT
from integrations.store.telling import tell
from integrations.store.traffic_schema import addresses, inbox
from integrations.store.vault import Vault

STATES = States("ready", "leased", longest=LONGEST_WAIT)
PATIENCE = timedelta(seconds=8)  # with somebody who goes on writing
LONGEST = 300  # characters of a platform's id
AHEAD = timedelta(minutes=5)  # that a platform's clock may be; what is said later is said now


class Door:
    """Where arrivals become rows."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._vault, self._clock = vault, clock

    def take(
        self, db: Connection, channel: str, account: str, arrivals: Sequence[Arrival], wait: float
    ) -> int:
        """Write what is new; return how much of it was. Whoever asks has the names alone."""
        new = sum(self._take(db, channel, account, one, wait) for one in arrivals)
        if new:
            tell(db, inbox.name, wait)
        return new

    def names(self, channel: str, account: str, arrivals: Sequence[Arrival]) -> list[str]:
        """Name what one transaction must have alone, so that numbers come in order."""
        places = {self.name(channel, account, one.conversation) for one in arrivals}
        return [name_of(inbox, place) for place in places]

    def name(self, channel: str, account: str, foreign: str) -> str:
        """Name a conversation or a contact of a platform in a way that only we can tell."""
        return f"{channel}-{self._vault.digest('|'.join((channel, account, foreign)))[:20]}"

    def _take(
        self, db: Connection, channel: str, account: str, arrival: Arrival, wait: float
    ) -> int:
        row = {"channel": channel, "account": account, "external": _short(arrival.external)}
        known = _KNOWN(db, **row)
        now = self._clock()
        talks = arrival.happened == "message"
        if talks and arrival.at > now + AHEAD:
            arrival = replace(arrival, at=now)
        place = self.name(channel, account, arrival.conversation)
        contact = self.name(channel, account, arrival.contact or arrival.conversation)
        seals = self._vault.sealing(db, contact)
        if known.first():
            return 0
        home = seals(arrival.conversation.encode(), "address", place)
        _address(db, {"channel": channel, "account": account}, arrival, place, contact, home)
        sealed = seals(packed(arrival), "arrival", place)
        due = now + timedelta(seconds=wait if talks else 0)
        if talks:
            _put_off(db, place, now, due)
        values = {"state": STATES.waiting, "run_at": due.isoformat(), "at": now.isoformat()}
        values |= {"lease_until": "", "worker": "", "error": ""}
        whose = {"conversation": place, "contact": contact, "sealed": sealed}
        _NEW(db, **row, **whose, **values, attempts=0)
        return 1


def _address(
    db: Connection, whose: dict[str, str], arrival: Arrival, place: str, contact: str, sealed: bytes
) -> None:
    """Remember where to answer, and when the person was last heard."""
    at = arrival.at.isoformat() if arrival.happened == "message" else ""
    heard = {"last_heard": at, "last_external": arrival.external.replace("\0", "") if at else ""}
    row = {"contact": contact, "sealed": sealed}  # under the key that the contact has now
    _HOME[db.dialect.name](db, conversation=place, **whose, **row, **heard)
    if at:
        _HEARD(db, place=place, **_to(heard))


def _put_off(db: Connection, place: str, now: datetime, due: datetime) -> None:
    """Let what was just said wait for what is being said, but not for ever."""
    _LATER(db, place=place, since=(now - PATIENCE).isoformat(), due=due.isoformat())


def _to(values: dict[str, Any]) -> dict[str, Any]:
    return {f"to_{name}": value for name, value in values.items()}


def _all(row: Any, table: Table) -> Any:
    """Insert a row; every value has the name of its column."""
    columns = (column.name for column in table.columns if column.name != "id")
    return row.values({name: bindparam(name) for name in columns})


def _moved(row: Any) -> Quick:
    """Write over where somebody lives, if that is known."""
    new = {name: row.excluded[name] for name in ("contact", "sealed")}
    return Quick(row.on_conflict_do_update(index_elements=["conversation"], set_=new))


def _there(*names: str) -> dict[str, Any]:
    return {name: bindparam(f"to_{name}") for name in names}


_KNOWN = Quick(
    select(inbox.c.id).where(
        *(inbox.c[name] == bindparam(name) for name in ("channel", "account", "external"))
    )
)
_NEW = Quick(_all(insert(inbox), inbox))
_HOME = {
    "sqlite": _moved(_all(sqlite.insert(addresses), addresses)),
    "postgresql": _moved(_all(postgresql.insert(addresses), addresses)),
}
_AT = addresses.c.conversation == bindparam("place")
_NEWER = addresses.c.last_heard < bindparam("to_last_heard")
_HEARD = Quick(update(addresses).where(_AT, _NEWER).values(_there("last_heard", "last_external")))
_FIRST = (  # the others wait for it
    select(func.min(inbox.c.id))
    .where(inbox.c.conversation == bindparam("place"), inbox.c.state == STATES.waiting)
    .scalar_subquery()
)
_LATER = Quick(
    update(inbox)
    .where(inbox.c.id == _FIRST, inbox.c.attempts == 0, inbox.c.at >= bindparam("since"))
    .values(run_at=bindparam("due"))
)


def _short(external: str) -> str:
    """Return a platform's id, or a digest of one that no platform would give."""
    if len(external) <= LONGEST and "\0" not in external:
        return external
    return f"digest-{blake2b(external.encode(errors='replace'), digest_size=32).hexdigest()}"
