"""What people decide about drafts, note about conversations, and what was done by whom."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from integrations.store.schema import metadata

decisions = Table(  # append-only
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("draft", ForeignKey("drafts.id"), nullable=False),
    Column("revision", Integer, nullable=False),  # that was seen
    Column("action", String(20), nullable=False),
    Column("by", String(100), nullable=False),
    Column("reason", Text, nullable=False),  # a code, an instruction, a time; redacted
    Column("turn", String(40), nullable=False),  # that it made, if it made one
    Column("at", String(40), nullable=False),
    Index("decisions_of_draft", "draft", "id"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("by", String(100), nullable=False),
    Column("text", Text, nullable=False),  # redacted; never sent
    Column("at", String(40), nullable=False),
    Index("notes_of_conversation", "conversation", "id"),
)

audit = Table(  # append-only, each row sealed by the one before
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(40), nullable=False),
    Column("who", String(100), nullable=False),
    Column("action", String(40), nullable=False),
    Column("what", String(200), nullable=False),  # draft 12, conversation c1, user kim
    Column("detail", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Index("audit_of_what", "what", "id"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("score", Integer, nullable=False),  # 0 while nobody answered
    Column("asked_at", String(40), nullable=False),
    Column("rated_at", String(40), nullable=False),
    UniqueConstraint("conversation", "episode", name="one_rating_an_episode"),
    Index("ratings_by_time", "rated_at"),
)

voice_rules = Table(
    "voice_rules",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("network", String(30), nullable=False),  # none is all
    Column("kind", String(40), nullable=False),
    Column("rule", JSON, nullable=False),
    Column("edits", JSON, nullable=False),  # the drafts whose edits support it
    Column("state", String(20), nullable=False),  # proposed, approved, refused, undone
    Column("decided_by", String(100), nullable=False),
    Column("decided_at", String(40), nullable=False),
    Column("version", Integer, nullable=False),  # of the voice, when it was approved or undone
    Column("at", String(40), nullable=False),
    Index("voice_rules_by_state", "state", "network"),
)
