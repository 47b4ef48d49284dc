"""Who runs what only one may run, what is due later, and what was counted."""

from sqlalchemy import Column, Float, Index, Integer, String, Table, Text

from integrations.store.columns import leasing
from integrations.store.schema import metadata

runners = Table(
    "runners",
    metadata,
    Column("name", String(200), primary_key=True),  # the scheduler, or what listens to an account
    Column("worker", String(100), nullable=False),
    Column("beats", Integer, nullable=False),  # one more each time that it shows it is alive
    Column("at", String(40), nullable=False),  # of the last beat
)

timers = Table(
    "timers",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(200), nullable=False),
    Column("kind", String(30), nullable=False),  # snooze, hand_back, ...; see timers.py
    Column("state", String(20), nullable=False),  # ready, leased, done, cancelled, dead
    *leasing(),
    Column("by", String(100), nullable=False),
    Column("why", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("timers_to_do", "state", "run_at"),
    Index("timers_of_conversation", "conversation", "kind", "state"),
    sqlite_autoincrement=True,  # turns are named after it, so a number is never given twice
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("labels", String(200), primary_key=True),  # as Prometheus writes them
    Column("shard", String(20), primary_key=True),  # so that workers do not wait for each other
    Column("value", Float, nullable=False),
)
