"""What waits for people, the next deadline first: drafts and handed-over conversations together.

A page costs the same whatever waits: both kinds are read in order, after where the last page
ended, and only what is shown is read whole.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, select, tuple_

from integrations.store.entries import Entry, Filters, Page
from integrations.store.reading import reading
from integrations.store.schema import conversations, drafts, revisions
from integrations.store.waiting import Handed, channels, handed, handed_text, tally

PAGE = 50
NEVER = "9999"  # sorts behind every deadline
START = ("", 0)
HANDOFF = "handoff"
Position = tuple[str, int]


class Queue:
    """Reads what waits in one database."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def page(self, filters: Filters, after: str = "", most: int = PAGE) -> Page:
        """Return what waits after a place that an earlier page gave."""
        ours, theirs = _places(after)
        now = self._clock().isoformat()
        with reading(self._engine) as db:
            people = handed(db, now)
            waiting: list[Waits] = [*_drafts(db, filters, now, ours, most + 1)]
            waiting += _handed(people, filters, now, theirs, most + 1)
            waiting = sorted(waiting, key=_key)[: most + 1]
            entries = _whole(db, waiting[:most], now)
            counts, known = tally(db, people, now), channels(db)
        after = "" if len(waiting) <= most else _after(waiting[:most], ours, theirs)
        return Page(entries, after, counts, known)


@dataclass(frozen=True)
class _Open:
    id: int
    due_at: str
    at: str


Waits = _Open | Handed


def _key(one: Waits) -> tuple[str, str]:
    return one.due_at or NEVER, one.at


def _after(shown: list[Waits], ours: Position, theirs: Position) -> str:
    """Name where the next page begins: behind the last of each kind that was shown."""
    for one in shown:
        if isinstance(one, Handed):
            theirs = (one.due_at or NEVER, one.id)
        else:
            ours = (one.due_at or NEVER, one.id)
    return f"{ours[0]}~{ours[1]}~{theirs[0]}~{theirs[1]}"


def _places(after: str) -> tuple[Position, Position]:
    """Read where a page begins; what nobody gave out begins at the start."""
    parts = after.split("~")
    if len(parts) != 4 or not (parts[1].isdecimal() and parts[3].isdecimal()):
        return START, START
    return (parts[0], int(parts[1][:18])), (parts[2], int(parts[3][:18]))


def open_drafts(filters: Filters, now: str) -> ColumnElement[bool]:
    """Return which drafts these filters leave."""
    away = drafts.c.snoozed_until > now
    found = (drafts.c.status == "open") & (away if filters.away else ~away)
    for name in ("kind", "team", "assignee", "risk"):
        if wanted := getattr(filters, name):
            found &= drafts.c[name] == wanted
    if filters.channel:
        there = (conversations.c.id == drafts.c.conversation) & (
            conversations.c.channel == filters.channel
        )
        found &= select(conversations.c.id).where(there).correlate(drafts).exists()
    if filters.overdue:
        found &= (drafts.c.due_at > "") & (drafts.c.due_at <= now)
    return found


def _drafts(db: Connection, filters: Filters, now: str, after: Position, most: int) -> list[_Open]:
    """Read along the index: those with a deadline by it, then the others as they came."""
    if filters.kind == HANDOFF:
        return []
    query = select(drafts.c.id, drafts.c.due_at, drafts.c.created_at.label("at"))
    query = query.where(open_drafts(filters, now))
    due, number = after
    found: list[_Open] = []
    if due != NEVER:
        later = tuple_(drafts.c.due_at, drafts.c.id) > tuple_(due, number)
        dated = query.where(drafts.c.due_at > "", later)
        found = _slim(db, dated.order_by(drafts.c.due_at, drafts.c.id).limit(most))
        number = 0
    if len(found) < most and not filters.overdue:
        rest = query.where(drafts.c.due_at == "", drafts.c.id > number)
        found += _slim(db, rest.order_by(drafts.c.due_at, drafts.c.id).limit(most - len(found)))
    return found


def _slim(db: Connection, query: Select[Any]) -> list[_Open]:
    return [_Open(**row) for row in db.execute(query).mappings()]


def _handed(
    people: list[Handed], filters: Filters, now: str, after: Position, most: int
) -> Iterable[Handed]:
    if filters.kind not in ("", HANDOFF) or filters.risk or filters.assignee:
        return ()
    found = [
        one
        for one in people
        if bool(one.back_at) == filters.away
        and (one.due_at or NEVER, one.id) > after
        and filters.team in ("", one.team)
        and filters.channel in ("", one.channel)
        and (not filters.overdue or "" < one.due_at <= now)
    ]
    return sorted(found, key=lambda one: (one.due_at or NEVER, one.id))[:most]


def _whole(db: Connection, shown: list[Waits], now: str) -> tuple[Entry, ...]:
    numbers = [one.id for one in shown if isinstance(one, _Open)]
    people = [one for one in shown if isinstance(one, Handed)]
    known = {entry.number: entry for entry in _draft_entries(db, numbers, now)}
    notes = handed_text(db, [one.id for one in people])
    return tuple(
        _person(one, notes[one.id], now) if isinstance(one, Handed) else known[one.id]
        for one in shown
        if isinstance(one, Handed) or one.id in known
    )


def _draft_entries(db: Connection, numbers: list[int], now: str) -> Iterable[Entry]:
    same = (revisions.c.draft == drafts.c.id) & (revisions.c.number == drafts.c.revision)
    words = (revisions.c.answer, revisions.c.findings, conversations.c.channel)
    query = select(drafts, *words).join(revisions, same)
    query = query.join(conversations, conversations.c.id == drafts.c.conversation)
    for row in db.execute(query.where(drafts.c.id.in_(numbers))).mappings():
        same_names = ("kind", "revision", "conversation", "channel", "network", "title", "team")
        yield Entry(
            **{name: row[name] for name in same_names},
            number=row["id"],
            about=row["message"]["text"],
            text=row["answer"]["text"],
            assignee=row["assignee"],
            risk=row["risk"],
            at=row["created_at"],
            due_at=row["due_at"],
            overdue="" < row["due_at"] <= now,
            back_at=row["snoozed_until"] if row["snoozed_until"] > now else "",
            blocked=any(one["blocks"] for one in row["findings"]),
        )


def _person(one: Handed, note: str, now: str) -> Entry:
    return Entry(
        kind=HANDOFF,
        number=one.id,
        revision=0,
        conversation=one.conversation,
        channel=one.channel,
        network="",
        title="",
        about=one.reason,
        text=note,
        team=one.team,
        assignee="",
        risk="",
        at=one.at,
        due_at=one.due_at,
        overdue="" < one.due_at <= now,
        back_at=one.back_at,
    )


def beside(db: Connection, due_at: str, number: int, now: str) -> tuple[int, int]:
    """Return the open drafts before and after a place in the queue; 0 where there is none."""
    base = select(drafts.c.id).where(open_drafts(Filters(), now), drafts.c.id != number)
    place, here = tuple_(drafts.c.due_at, drafts.c.id), tuple_(due_at, number)
    dated, undated = base.where(drafts.c.due_at > ""), base.where(drafts.c.due_at == "")
    order = (drafts.c.due_at, drafts.c.id)
    turned = tuple(column.desc() for column in order)
    if due_at:
        after = [dated.where(place > here).order_by(*order), undated.order_by(*order)]
        before = [dated.where(place < here).order_by(*turned)]
    else:
        after = [undated.where(drafts.c.id > number).order_by(*order)]
        before = [undated.where(drafts.c.id < number).order_by(*turned), dated.order_by(*turned)]
    return _first(db, before), _first(db, after)


def _first(db: Connection, queries: list[Select[Any]]) -> int:
    found = (db.scalar(query.limit(1)) for query in queries)
    return next((int(number) for number in found if number), 0)
