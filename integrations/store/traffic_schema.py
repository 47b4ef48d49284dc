"""What came in, as rows that workers lease; and where a conversation lives."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from integrations.store.columns import leasing
from integrations.store.schema import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("channel", String(50), nullable=False),
    Column("account", String(100), nullable=False),
    Column("external", String(300), nullable=False),  # the platform's id of the event
    Column("conversation", String(200), nullable=False),
    Column("contact", String(200), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the arrival; empty once it is done
    Column("state", String(20), nullable=False),  # ready, leased, done, dead
    *leasing(),
    Column("at", String(40), nullable=False),
    UniqueConstraint("channel", "account", "external", name="one_arrival_an_event"),
    Index("inbox_to_do", "state", "run_at"),
    Index("inbox_of_conversation", "conversation", "state", "id"),
)

addresses = Table(
    "addresses",
    metadata,
    Column("conversation", String(200), primary_key=True),
    Column("contact", String(200), nullable=False),
    Column("channel", String(50), nullable=False),
    Column("account", String(100), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the conversation as the platform names it
    Column("last_heard", String(40), nullable=False),
    Column("last_external", String(300), nullable=False),
    Index("addresses_of_contact", "contact"),
)

cursors = Table(
    "cursors",
    metadata,
    Column("name", String(200), primary_key=True),  # the channel and its account
    Column("cursor", String(500), nullable=False),
)
