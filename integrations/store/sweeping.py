"""Delete what nobody needs any more, a little at a time, so that nobody waits for it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Table, delete, select

from integrations.store.contacts_schema import link_codes
from integrations.store.jobs import Job
from integrations.store.runners import forget_unused
from integrations.store.running_schema import timers
from integrations.store.traffic_schema import inbox

KEPT = timedelta(days=30)  # a platform may repeat an event so late, and is to be recognised
DAY = timedelta(days=1)
BATCH = 500
Clock = Callable[[], datetime]


def sweeping(engine: Engine, clock: Clock) -> list[Job]:
    """Return what is swept, and how often."""
    return [
        Job("inbox", DAY, lambda: sweep_inbox(engine, clock())),
        Job("timers", DAY, lambda: sweep_timers(engine, clock())),
        Job("link codes", DAY, lambda: sweep_codes(engine, clock())),
        Job("runners", DAY, lambda: forget_unused(engine, clock())),
    ]


def sweep_inbox(engine: Engine, now: datetime) -> int:
    """Forget which events came, once no platform can repeat them."""
    old = (inbox.c.state == "done") & (inbox.c.at < (now - KEPT).isoformat())
    return _little_by_little(engine, inbox, old)


def sweep_timers(engine: Engine, now: datetime) -> int:
    """Forget timers that went off or were cancelled."""
    closed = timers.c.state.in_(("done", "cancelled"))
    old = closed & (timers.c.run_at < (now - KEPT).isoformat())
    return _little_by_little(engine, timers, old & (timers.c.at < (now - KEPT).isoformat()))


def sweep_codes(engine: Engine, now: datetime) -> int:
    """Delete codes that nobody can use any more; days later, so that a late one is told so."""
    old = link_codes.c.expires_at < (now - 2 * DAY).isoformat()
    return _little_by_little(engine, link_codes, old)


def _little_by_little(engine: Engine, table: Table, old: ColumnElement[bool]) -> int:
    gone = 0
    while True:
        with engine.begin() as db:
            ids = list(db.scalars(select(table.c.id).where(old).order_by(table.c.id).limit(BATCH)))
            db.execute(delete(table).where(table.c.id.in_(ids)))
        gone += len(ids)
        if len(ids) < BATCH:
            return gone
