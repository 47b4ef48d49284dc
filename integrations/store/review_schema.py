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

from integrations.store.schema import drafts, metadata, turns

Index(  # all that the queue counts by
    "drafts_counted",
    drafts.c.status,
    drafts.c.kind,
    drafts.c.team,
    drafts.c.assignee,
    drafts.c.risk,
    drafts.c.snoozed_until,
    drafts.c.due_at,
)

_decided = (drafts.c.decided_at, drafts.c.status, drafts.c.kind, drafts.c.created_at)
Index("drafts_by_decision", *_decided)
Index("turns_by_time", turns.c.at, turns.c.kind, turns.c.outcome)

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
    Index("ratings_by_time", "asked_at", "score"),
)

episodes = Table(  # what came of a customer's conversation, from its beginning to its end
    "episodes",
    metadata,
    Column("conversation", ForeignKey("conversations.id"), primary_key=True),
    Column("episode", Integer, primary_key=True),
    Column("channel", String(50), nullable=False),
    Column("began_at", String(40), nullable=False),
    Column("last_at", String(40), nullable=False),
    Column("ended_at", String(40), nullable=False),  # by a hand-back
    Column("messages", Integer, nullable=False),
    Column("asked", Integer, nullable=False),  # messages that want something
    Column("answered", Integer, nullable=False),  # of these, by the agent alone
    Column("unknown", Integer, nullable=False),  # of these, with "we do not know"
    Column("people", Integer, nullable=False),  # turns that a person was needed for, or took
    Column("score", Integer, nullable=False, server_default="0"),  # 0 without a rating
    Index("episodes_by_time", "began_at"),
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
