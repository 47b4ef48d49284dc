"""Conversations that people have, as the queue sorts them; and how much waits of what."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, ScalarSelect, func, select
from sqlalchemy.sql.functions import Function

from integrations.store.running_schema import timers
from integrations.store.schema import conversations, drafts, handoffs
from integrations.store.timers import STATES

MOST = 5_000
PROMISED = (*STATES.unfinished, "done")  # states of a promise that was not taken back


@dataclass(frozen=True)
class Handed:
    """One conversation that waits for a person."""

    id: int
    conversation: str
    channel: str
    team: str
    reason: str
    at: str
    due_at: str  # when the first answer is promised; none once it was given
    back_at: str  # until when it is put away


@dataclass(frozen=True)
class Counts:
    """How much waits."""

    kinds: Counter[str]
    teams: Counter[str]
    assignees: Counter[str]
    risks: Counter[str]
    overdue: int
    away: int
    total: int


def handed(db: Connection, now: str) -> list[Handed]:
    """Return all of them, also those that are put away."""
    due = _timer("first_answer", func.min(timers.c.run_at), PROMISED)
    back = _timer("snooze", func.max(timers.c.run_at), STATES.unfinished)
    query = (
        select(handoffs, conversations.c.channel, due.label("due"), back.label("back"))
        .join(conversations, conversations.c.id == handoffs.c.conversation)
        .where(handoffs.c.closed_at == "")
        .order_by(handoffs.c.id)
        .limit(MOST)
    )
    return [
        Handed(
            id=row.id,
            conversation=row.conversation,
            channel=row.channel,
            team=row.team,
            reason=row.reason,
            at=row.opened_at,
            due_at="" if row.answered_at else row.due or row.overdue_at,
            back_at=row.back if row.back and row.back > now else "",
        )
        for row in db.execute(query)
    ]


def handed_text(db: Connection, numbers: list[int]) -> dict[int, str]:
    """Return the notes of some of them."""
    query = select(handoffs.c.id, handoffs.c.note).where(handoffs.c.id.in_(numbers))
    return {row.id: row.note for row in db.execute(query)}


def _timer(kind: str, time: Function[str], states: tuple[str, ...]) -> ScalarSelect[str]:
    mine = (timers.c.conversation == handoffs.c.conversation) & (timers.c.kind == kind)
    since = timers.c.at >= handoffs.c.opened_at
    state = timers.c.state.concat("")  # else SQLite walks through every timer of a state
    query = select(time).where(mine, state.in_(states), since)
    return query.correlate(handoffs).scalar_subquery()


def tally(db: Connection, people: list[Handed], now: str) -> Counts:
    """Count drafts along an index that holds all there is to count, and people's conversations."""
    kinds, teams, assignees, risks = (Counter[str]() for _ in range(4))
    overdue = away = 0
    for kind, team, assignee, risk, put_away, late, count in _groups(db, now):
        if put_away:
            away += count
            continue
        for counter, name in ((kinds, kind), (teams, team), (assignees, assignee), (risks, risk)):
            counter[name] += count
        overdue += count if late else 0
    for one in people:
        if one.back_at:
            away += 1
            continue
        kinds["handoff"] += 1
        teams[one.team] += 1
        overdue += "" < one.due_at <= now
    return Counts(kinds, teams, assignees, risks, overdue, away, kinds.total())


def channels(db: Connection) -> list[str]:
    """Return the channels there are, one step along the index each."""
    found: list[str] = []
    while len(found) < 100:
        after = conversations.c.channel > (found[-1] if found else "")
        name = db.scalar(select(func.min(conversations.c.channel)).where(after))
        if name is None:
            break
        found.append(name)
    return found


Group = tuple[str, str, str, str, bool, bool, int]


def _groups(db: Connection, now: str) -> Iterator[Group]:
    what = (drafts.c.kind, drafts.c.team, drafts.c.assignee, drafts.c.risk)
    away = (drafts.c.snoozed_until > now).label("away")
    late = ((drafts.c.due_at > "") & (drafts.c.due_at <= now)).label("late")
    waiting = select(*what, away, late).where(drafts.c.status == "open").subquery()
    counted = func.count().label("number")
    for row in db.execute(select(*waiting.c, counted).group_by(*waiting.c)):
        yield row.kind, row.team, row.assignee, row.risk, bool(row.away), bool(row.late), row.number
