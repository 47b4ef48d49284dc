"""How well we do, by day: conversations settled without a person, decisions, waits, ratings."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, not_, or_, select

from integrations.store.changed_words import changed_shares
from integrations.store.days import Day, Period, Queue, Rates
from integrations.store.episodes import PLAYGROUND
from integrations.store.quick import Quick
from integrations.store.review_schema import episodes, ratings
from integrations.store.schema import drafts

QUIET = timedelta(hours=24)  # after that nobody waits for more, and what came of it counts
BAD = 2  # of five: down to here somebody is not satisfied
REPLIES = ("reply", "comment")  # drafts that answer somebody
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
    for began in _DISPLEASED(db, since=period.start, quiet=quiet).scalars():
        found[period.place(began)].resolved -= 1


def _sum(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)


_BEGAN = episodes.c.began_at >= bindparam("since")
_OVER = or_(episodes.c.ended_at != "", episodes.c.last_at <= bindparam("quiet"))
_INVOLVED = (_OVER, episodes.c.answered > 0)
_RESOLVED = (*_INVOLVED, episodes.c.people == 0, episodes.c.unknown == 0)
_EPISODES = Quick(
    select(
        func.count(), _sum(not_(_OVER)), _sum(_OVER, episodes.c.asked == 0),
        _sum(*_INVOLVED), _sum(*_RESOLVED),
    ).where(_BEGAN, episodes.c.began_at < bindparam("until"))
)  # fmt: skip
_DISPLEASED = Quick(
    select(episodes.c.began_at)
    .join(ratings, and_(ratings.c.conversation == episodes.c.conversation,
                        ratings.c.episode == episodes.c.episode))
    .where(_BEGAN, *_RESOLVED, ratings.c.score > 0, ratings.c.score <= BAD)
)  # fmt: skip


def _decisions(db: Connection, period: Period, found: list[Day]) -> None:
    columns = (drafts.c.id, drafts.c.status, drafts.c.created_at, drafts.c.decided_at)
    sent: list[tuple[int, int, bool]] = []
    query = select(*columns).where(drafts.c.decided_at >= period.start, *_REPLIES)
    for id, status, created, decided in db.execute(query.where(drafts.c.status.in_(DECIDED))):
        place = period.place(decided)
        found[place].decided[status] += 1
        found[place].waits.append(_minutes(created, decided))
        if status in ("approved", "edited"):
            sent.append((place, id, status == "edited"))
    shares = changed_shares(db, [id for _, id, edited in sent if edited])
    for place, id, edited in sent:
        if not edited or id in shares:
            found[place].changes.append(shares[id] if edited else 0.0)


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


_REPLIES = (drafts.c.kind.in_(REPLIES), ~drafts.c.conversation.startswith(PLAYGROUND))


def _minutes(since: str, until: str) -> float:
    taken = datetime.fromisoformat(until) - datetime.fromisoformat(since)
    return max(0.0, taken.total_seconds() / 60)
