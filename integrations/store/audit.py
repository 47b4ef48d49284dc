"""The audit log: who did what, each row sealed by the one before; nothing is changed in it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, insert, select, true

from integrations.store.alone import alone
from integrations.store.reading import reading
from integrations.store.review_schema import audit

PIECE = 1_000  # rows that are read at once
Detail = Mapping[str, str | int]


@dataclass(frozen=True)
class Entry:
    """One thing that was done."""

    id: int
    at: str
    who: str
    action: str
    what: str
    detail: Detail
    previous: str
    digest: str

    def plain(self) -> dict[str, Any]:
        """Return it as an export holds it."""
        return asdict(self)


def append(db: Connection, who: str, action: str, what: str, detail: Detail, now: str) -> None:
    """Add a row inside the caller's transaction; never put what somebody wrote into the detail."""
    alone(db, "audit")
    last = select(audit.c.digest).order_by(audit.c.id.desc()).limit(1)
    previous = db.execute(last).scalar() or ""
    row = {
        "at": now,
        "who": who[:100],
        "action": action,
        "what": what[:200],
        "detail": dict(detail),
    }
    db.execute(insert(audit).values(**row, previous=previous, digest=_seal(previous, row)))


def _seal(previous: str, row: Mapping[str, Any]) -> str:
    parts = [previous, *(row[name] for name in ("at", "who", "action", "what", "detail"))]
    written = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


class Audit:
    """The log as people read it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rows(
        self, who: str = "", action: str = "", what: str = "", before: int = 0, most: int = 100
    ) -> list[Entry]:
        """Return the newest rows that fit, from below a number on."""
        wanted = {audit.c.who: who, audit.c.action: action, audit.c.what: what}
        fits = [column == value for column, value in wanted.items() if value]
        if before:
            fits.append(audit.c.id < before)
        query = select(audit).where(and_(true(), *fits)).order_by(audit.c.id.desc()).limit(most)
        return self._read(query)

    def actions(self) -> list[str]:
        """Return what was done so far, each kind once."""
        with reading(self._engine) as db:
            return sorted(db.scalars(select(audit.c.action).distinct()))

    def note(self, who: str, action: str, what: str, now: datetime) -> None:
        """Add a row about something that changes nothing else."""
        with self._engine.begin() as db:
            append(db, who, action, what, {}, now.isoformat())

    def last(self) -> Entry | None:
        """Return the newest row: its digest seals everything before it."""
        return next(iter(self.rows(most=1)), None)

    def verify(self) -> int | None:
        """Return the number of the first row that does not fit its seal, or nothing."""
        previous = ""
        for one in self.export():
            if one.previous != previous or one.digest != _seal(previous, one.plain()):
                return one.id
            previous = one.digest
        return None

    def holds(self, digest: str) -> bool:
        """Say whether a seal that somebody noted, or its beginning, is still in the log."""
        found = select(audit).where(audit.c.digest.startswith(digest, autoescape=True)).limit(1)
        return bool(self._read(found))

    def export(self) -> Iterator[Entry]:
        """Yield all rows, oldest first."""
        after = 0
        while piece := self._piece(audit.c.id > after):
            yield from piece
            after = piece[-1].id

    def _piece(self, where: ColumnElement[bool]) -> list[Entry]:
        return self._read(select(audit).where(where).order_by(audit.c.id).limit(PIECE))

    def _read(self, query: Any) -> list[Entry]:
        with reading(self._engine) as db:
            return [_entry(row) for row in db.execute(query)]


def _entry(row: Row[Any]) -> Entry:
    return Entry(**row._mapping)
