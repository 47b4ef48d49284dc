"""How well we do, by day: conversations settled without a person, decisions, waits, ratings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, not_, or_, select

from integrations.store.changed_words import changed_shares
from integrations.store.days import Day, Period, Queue, Rates
from integrations.store.episodes import PLAYGROUND
from integrations.store.quick import Quick
from integrations.store.review_schema import episodes, ratings
from integrations.store.schema import drafts

QUIET = timedelta(hours=24)  # after that nobody waits for more, and what came of it counts
BAD = 2  # of five: down to here somebody is not satisfied
POST = "post"  # the kind of drafts that answer nobody
DECIDED = ("approved", "edited", "rejected", "taken_over")
AGES = {
    "< 10 min": timedelta(),
    "< 1 h": timedelta(minutes=10),
    "< 4 h": timedelta(hours=1),
    "< 1 day": timedelta(hours=4),
    "longer": timedelta(days=1),
}


def rates(db: Connection, now: datetime, days: int, zone: str) -> Rates:
    """Read the last days; nothing that was tried out in the playground counts."""
    period = Period(now, days, zone)
    found = [Day(one) for one in period.dates]
    _conversations(db, period, found)
    _decisions(db, period, found)
    _ratings(db, period, found)
    return Rates(found, _queue(db, now))


def _conversations(db: Connection, period: Period, found: list[Day]) -> None:
    quiet = (period.now - QUIET).isoformat()
    for day, (since, until) in zip(found, period.spans, strict=True):
        counts: Sequence[int] = _EPISODES(db, since=since, until=until, quiet=quiet).one()
        day.began, day.going, day.idle, day.involved, day.resolved = counts


def _sum(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)


_BEGAN = episodes.c.began_at >= bindparam("since")
_OVER = or_(episodes.c.ended_at != "", episodes.c.last_at <= bindparam("quiet"))
_INVOLVED = (_OVER, episodes.c.answered > 0)
_PLEASED = or_(episodes.c.score == 0, episodes.c.score > BAD)
_RESOLVED = (*_INVOLVED, episodes.c.people == 0, episodes.c.unknown == 0, _PLEASED)
_EPISODES = Quick(
    select(
        func.count(), _sum(not_(_OVER)), _sum(_OVER, episodes.c.asked == 0),
        _sum(*_INVOLVED), _sum(*_RESOLVED),
    ).where(_BEGAN, episodes.c.began_at < bindparam("until"))
)  # fmt: skip


def _decisions(db: Connection, period: Period, found: list[Day]) -> None:
    tried_out = _tried_out(db)
    sent: list[tuple[int, int, bool]] = []
    rows: Iterable[Any] = _DECISIONS(db, since=period.start)
    for id, status, created, decided in rows:
        if status not in DECIDED or id in tried_out:
            continue
        place = period.place(decided)
        found[place].decided[status] += 1
        found[place].waits.append(_minutes(created, decided))
        if status in ("approved", "edited"):
            sent.append((place, id, status == "edited"))
    shares = changed_shares(db, [id for _, id, edited in sent if edited])
    for place, id, edited in sent:
        if not edited or id in shares:
            found[place].changes.append(shares[id] if edited else 0.0)


_DECISIONS = Quick(  # all that it asks for stands in one index
    select(drafts.c.id, drafts.c.status, drafts.c.created_at, drafts.c.decided_at).where(
        drafts.c.decided_at >= bindparam("since"), drafts.c.kind != POST
    )
)


def _tried_out(db: Connection) -> set[int]:
    """Return the drafts of the playground, along an index."""
    return set(db.scalars(select(drafts.c.id).where(drafts.c.conversation.startswith(PLAYGROUND))))


def _ratings(db: Connection, period: Period, found: list[Day]) -> None:
    """Count by the day of the question, so that answers never outnumber questions."""
    for day, (since, until) in zip(found, period.spans, strict=True):
        counts: Sequence[int] = _RATINGS(db, since=since, until=until).one()
        day.asked, day.scores = counts[0], Counter(dict(enumerate(counts[1:], 1)))


_RATINGS = Quick(
    select(func.count(), *(_sum(ratings.c.score == score) for score in range(1, 6))).where(
        ratings.c.asked_at >= bindparam("since"), ratings.c.asked_at < bindparam("until")
    )
)


def _queue(db: Connection, now: datetime) -> Queue:
    waits = drafts.c.created_at
    bounds = [(now - age).isoformat() for age in AGES.values()]
    ages = [(waits <= until, waits > since) for until, since in pairwise([*bounds, ""])]
    late = (drafts.c.due_at != "") & (drafts.c.due_at < now.isoformat())
    sums = [_sum(*one) for one in [*ages, (late,)]]
    query = select(func.count(), func.min(waits), *sums).where(drafts.c.status == "open", *_REPLIES)
    waiting, first, *counts, overdue = db.execute(query).one()
    oldest = _minutes(first, now.isoformat()) if first else 0.0
    return Queue(waiting, oldest, dict(zip(AGES, counts, strict=True)), overdue)


_REPLIES = (drafts.c.kind != POST, ~drafts.c.conversation.startswith(PLAYGROUND))


def _minutes(since: str, until: str) -> float:
    taken = datetime.fromisoformat(until) - datetime.fromisoformat(since)
    return max(0.0, taken.total_seconds() / 60)
