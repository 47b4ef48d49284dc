"""Delete what is older than the brand keeps it; once a day by itself, or by a command."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, func, select, update
from sqlalchemy.exc import DBAPIError

from integrations.store.alone import is_postgres
from integrations.store.jobs import Job, again_soon, next_job
from integrations.store.people_schema import sessions, sign_in_links
from integrations.store.review_schema import decisions, episodes, notes, ratings
from integrations.store.running_schema import timers
from integrations.store.schema import (
    conversations,
    drafts,
    gaps,
    handoffs,
    ideas,
    lines,
    outbox,
    revisions,
    tasks,
    turns,
)
from integrations.store.traffic_schema import addresses, inbox
from integrations.store.vault_schema import contacts, reveals, vault
from knowledge.brands.brand import Retention

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
DAY = timedelta(days=1)
AGES = {
    lines: lines.c.at, outbox: outbox.c.at, drafts: drafts.c.created_at,
    handoffs: handoffs.c.opened_at, gaps: gaps.c.at, tasks: tasks.c.at, turns: turns.c.at,
    vault: vault.c.at, reveals: reveals.c.at, notes: notes.c.at, ratings: ratings.c.asked_at,
    episodes: episodes.c.last_at,
}  # fmt: skip
AS = {tasks: "turns", notes: "lines", ratings: "turns", episodes: "turns"}  # kept as long as


def retention(engine: Engine, keep: Retention, clock: Clock) -> Job:
    """Return the sweep as a periodic job."""
    return Job("retention", DAY, lambda: sum(sweep(engine, keep, clock).values()))


def sweep_daily(engine: Engine, keep: Retention, clock: Clock) -> None:
    """Sweep when the last time was a day ago; trouble is logged and stops nothing."""
    job = retention(engine, keep, clock)
    try:
        if next_job(engine, [job], clock()):
            log.info("retention", extra={"action": "retention", "deleted": job.run()})
    except DBAPIError as error:
        log.warning("retention failed: %s", error.orig, extra={"action": "retention_failed"})
        again_soon(engine, job, clock())


def sweep(engine: Engine, keep: Retention, clock: Clock, dry: bool = False) -> dict[str, int]:
    """Delete what is too old, in one transaction; return how many rows of each table went."""
    now = clock()
    with engine.connect() as db:
        if not is_postgres(db):
            db.exec_driver_sql("PRAGMA secure_delete=ON")
        counts = {table.name: _old(db, table, keep, now) for table in AGES}
        counts["conversations"] = _empty_conversations(db, keep, now)
        counts["contacts"] = _unused_keys(db)
        for table in (sessions, sign_in_links):
            over = table.c.expires_at < (now - DAY).isoformat()
            counts[table.name] = db.execute(delete(table).where(over)).rowcount
        if dry:
            db.rollback()
        else:
            db.commit()
    return counts


def _old(db: Connection, table: Table, keep: Retention, now: datetime) -> int:
    days = getattr(keep, AS.get(table, table.name))
    if not days:
        return 0
    old: ColumnElement[bool] = AGES[table] < (now - timedelta(days=days)).isoformat()
    if table is turns:
        for other in _pointing_at(turns):  # a turn stays while something of it does
            old &= ~select(other.c.turn).where(other.c.turn == turns.c.id).exists()
    if table is drafts:
        gone = select(drafts.c.id).where(old)
        for part in (revisions, decisions):
            db.execute(delete(part).where(part.c.draft.in_(gone)))
    return db.execute(delete(table).where(old)).rowcount


def _empty_conversations(db: Connection, keep: Retention, now: datetime) -> int:
    """Delete conversations with nothing left, and what the vault has of them."""
    days = [keep.lines, keep.turns, keep.drafts, keep.handoffs, keep.gaps, keep.vault, keep.outbox]
    if not all(days):
        return 0
    quiet = conversations.c.updated_at < (now - timedelta(days=max(days))).isoformat()
    empty = [_has_no(table) for table in _pointing_at(conversations) if table is not vault]
    gone = list(db.scalars(select(conversations.c.id).where(quiet, *empty)))
    for id in gone:
        db.execute(delete(timers).where(timers.c.conversation == id))
        db.execute(delete(vault).where(vault.c.conversation == id))
        db.execute(update(ideas).where(ideas.c.conversation == id).values(conversation=None))
        db.execute(delete(conversations).where(conversations.c.id == id))
    return len(gone)


def _unused_keys(db: Connection) -> int:
    """Delete the keys of contacts who have no conversation, no original and no message waiting."""
    active = contacts.c.id.in_(select(conversations.c.contact))
    kept = contacts.c.id.in_(select(vault.c.contact))
    lives = contacts.c.id.in_(select(addresses.c.contact))  # also while nothing is answered yet
    waits = contacts.c.id.in_(select(inbox.c.contact).where(inbox.c.state != "done"))
    unused = (~active, ~kept, ~lives, ~waits)
    if is_postgres(db):  # whoever is just about to use one comes first, and then it is looked at
        db.execute(select(contacts.c.id).where(*unused).with_for_update()).all()
    return db.execute(delete(contacts).where(*unused)).rowcount


def _pointing_at(target: Table) -> list[Table]:
    tables = target.metadata.sorted_tables
    return [t for t in tables if any(key.column.table is target for key in t.foreign_keys)]


def _has_no(table: Table) -> ColumnElement[bool]:
    one = select(func.count()).select_from(table).where(table.c.conversation == conversations.c.id)
    return one.scalar_subquery() == 0
