"""What people have to look after: handoffs that are open and not put away."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, select

from integrations.store.running_schema import timers
from integrations.store.schema import handoffs
from integrations.store.timers import STATES
from tools.team.queue import Waiting


class Held(Waiting):
    """One conversation that a person has, or ought to."""

    conversation: str
    team: str
    overdue: bool
    back: str  # who had put it away, until when, and why


def held(db: Connection, now: datetime, most: int) -> list[Held]:
    """Return them, overdue ones first, then the oldest."""
    late = and_(handoffs.c.overdue_at != "", handoffs.c.answered_at == "")
    query = select(handoffs).where(handoffs.c.closed_at == "", ~_away(now))
    query = query.order_by(case((late, 0), else_=1), handoffs.c.id).limit(most)
    rows = db.execute(query).all()
    back = _came_back(db, now)
    return [_held(row, back.get(row.conversation)) for row in rows]


def _away(now: datetime) -> ColumnElement[bool]:
    mine = (timers.c.conversation == handoffs.c.conversation) & (timers.c.kind == "snooze")
    waits = timers.c.state.in_(STATES.unfinished) & (timers.c.run_at > now.isoformat())
    return select(timers.c.id).where(mine, waits).exists()


def _came_back(db: Connection, now: datetime) -> dict[str, Any]:
    """Return by conversation the last snooze that is over, whether or not anybody closed it."""
    over = (timers.c.state == "done") | (
        timers.c.state.in_(STATES.unfinished) & (timers.c.run_at <= now.isoformat())
    )
    mine = (timers.c.conversation == handoffs.c.conversation) & (timers.c.kind == "snooze")
    since = timers.c.at >= handoffs.c.opened_at
    query = select(timers).join(handoffs, mine & since).where(handoffs.c.closed_at == "", over)
    return {row.conversation: row for row in db.execute(query.order_by(timers.c.id))}


def _held(row: Row[Any], away: Any) -> Held:
    overdue = bool(row.overdue_at and not row.answered_at)
    back = f"put away until {away.run_at[:16]} by {away.by}" if away else ""
    back += f": {away.why}" if away and away.why else ""
    about = f"{row.conversation} ({row.team}: {row.reason})"
    marks = ["overdue" if overdue else "", f"back, {back}" if back else ""]
    return Held(
        id=row.id,
        revision=1,
        text=row.note,
        about=", ".join(part for part in (about, *marks) if part),
        at=row.opened_at,
        conversation=row.conversation,
        team=row.team,
        overdue=overdue,
        back=back,
    )
