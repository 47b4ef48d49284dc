"""By when a draft is to be decided, and what becomes of it when nobody does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from agents.deps import StaleDecision
from integrations.channels.windows import HOURS
from integrations.store.drafts import OURS, note_decision
from integrations.store.schema import drafts
from integrations.store.timers import set_timer
from integrations.store.traffic_schema import addresses
from knowledge.brands.handing import Sla
from knowledge.brands.reviewing import Approval

KIND: Literal["draft_due"] = "draft_due"


@dataclass(frozen=True)
class Late:
    """A draft whose conversation goes to people."""

    draft: int
    revision: int


@dataclass(frozen=True)
class Due:
    """Knows the brand's times, and the windows of platforms."""

    approval: Approval
    sla: Sla

    def opened(self, db: Connection, number: int, now: datetime) -> None:
        """Write down by when a draft is to be decided, and set a timer; what it replaces counts."""
        row = db.execute(select(drafts).where(drafts.c.id == number)).one()
        minutes = self.approval.minutes(row.team) or self.sla.minutes(row.team)
        times = [now + timedelta(minutes=minutes)] if minutes else []
        times += [end] if (end := window_end(db, row.conversation)) else []
        times += [datetime.fromisoformat(row.due_at)] if row.due_at else []
        if times:
            mine = update(drafts).where(drafts.c.id == number)
            db.execute(mine.values(due_at=min(times).isoformat()))
            self.again(db, row.conversation, now)

    def again(self, db: Connection, conversation: str, now: datetime) -> bool:
        """Set the timer of a conversation to what is next; say whether there is anything."""
        end = window_end(db, conversation)
        times = [when for row in _open(db, conversation) for when, _ in self._next(row, end)]
        if not times:
            return False
        set_timer(db, conversation, KIND, max(now, min(times)), now, OURS, "a draft waits")
        return True

    def passed(self, db: Connection, conversation: str, now: datetime) -> list[Late]:
        """Escalate what nobody decided in time; return the drafts that waited long enough."""
        end, late = window_end(db, conversation), list[Late]()
        for row in _open(db, conversation):
            ways = [way for when, way in self._next(row, end) if when <= now]
            if "expire" in ways:
                late.append(Late(row.id, row.revision))
            elif ways:
                self._escalate(db, row, now)
        return late

    def _next(self, row: Row[Any], end: datetime | None) -> list[tuple[datetime, str]]:
        """Return what happens to a draft that stays undecided, and when."""
        times = [(end, "expire")] if end else []
        if row.due_at and not row.escalated_at:
            times.append((datetime.fromisoformat(row.due_at), self.approval.when_due))
        if row.escalated_at and self.approval.expire_minutes:
            more = timedelta(minutes=self.approval.expire_minutes)
            times.append((datetime.fromisoformat(row.escalated_at) + more, "expire"))
        return times

    def _escalate(self, db: Connection, row: Row[Any], now: datetime) -> None:
        team = self.approval.escalate_to or row.team
        mine = (drafts.c.id == row.id) & (drafts.c.status == "open")
        values = {"team": team, "escalated_at": now.isoformat(), "snoozed_until": ""}
        if db.execute(update(drafts).where(mine).values(values)).rowcount != 1:
            raise StaleDecision("It was decided a moment ago.")
        note_decision(db, row.id, row.revision, "escalate", OURS, now.isoformat(), team)


def window_end(db: Connection, conversation: str) -> datetime | None:
    """Return until when a platform takes what a person approved."""
    home = select(addresses.c.channel, addresses.c.last_heard)
    row = db.execute(home.where(addresses.c.conversation == conversation)).first()
    if row is None or row.channel not in HOURS or not row.last_heard:
        return None
    return datetime.fromisoformat(row.last_heard) + timedelta(hours=HOURS[row.channel])


def _open(db: Connection, conversation: str) -> Sequence[Row[Any]]:
    mine = (drafts.c.conversation == conversation) & (drafts.c.status == "open")
    query = select(drafts).where(mine, drafts.c.kind != "post").order_by(drafts.c.id)
    return db.execute(query).all()
