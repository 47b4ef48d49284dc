"""The tables of the vault, of looking in and erasing, and of customers who ask for that."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from integrations.store.schema import metadata

contacts = Table(
    "contacts",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),  # the contact's data key
    Column("key_id", String(32), nullable=False),  # of the master key that wrapped it
    Column("created_at", String(40), nullable=False),
    Index("contacts_by_key", "key_id", "id"),
)

vault = Table(
    "vault",
    metadata,
    Column("contact", ForeignKey("contacts.id"), nullable=False),
    Column("conversation", ForeignKey("conversations.id"), primary_key=True),
    Column("token", String(100), primary_key=True),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("at", String(40), nullable=False),  # when it was last said
    Index("vault_of_contact", "contact"),
)

keys = Table(
    "keys",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("key_id", String(32), nullable=False),
)

reveals = Table(
    "reveals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("who", String(100), nullable=False),
    Column("why", Text, nullable=False),
    Column("conversation", String(200), nullable=False),  # a digest once it was erased
    Column("token", String(100), nullable=False),  # never the value
    Column("at", String(40), nullable=False),
    Index("reveals_of_conversation", "conversation"),
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("contact", String(64), nullable=False),  # a keyed digest
    Column("by", String(100), nullable=False),
    Column("counts", JSON, nullable=False),
    Column("at", String(40), nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("at", String(40), nullable=False),  # when it last began
)

privacy_requests = Table(
    "privacy_requests",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),  # erase, export
    Column("conversation", String(200), nullable=False),  # no key: the row outlives it
    Column("turn", String(40), nullable=False),  # that confirmed it
    Column("state", String(20), nullable=False),  # open, done, rejected
    Column("asked_at", String(40), nullable=False),
    Column("decided_at", String(40), nullable=False),
    Column("decided_by", String(100), nullable=False),
    Column("why", Text, nullable=False),
    Column("contact", String(200), nullable=False, server_default=""),  # who asks
    UniqueConstraint("turn", name="one_request_a_turn"),
    Index("privacy_requests_by_state", "state", "number"),
    sqlite_autoincrement=True,  # a number is never given twice
)
