"""The tables. A change here comes with a migration beside it."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from integrations.store.columns import leasing

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("contact", String(200), nullable=False),  # whose it is; without one, the id
    Column("channel", String(50), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("episode", Integer, nullable=False),
    Column("owner", String(20), nullable=False),
    Column("team", String(50), nullable=False),
    Column("memory", JSON, nullable=False),  # open question, topic, summary, placeholders
    Column("updated_at", String(40), nullable=False),
    Index("conversations_of_contact", "contact"),
    Index("conversations_by_channel", "channel"),
)

lines = Table(
    "lines",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("turn", String(40), nullable=False),
    Column("who", String(20), nullable=False),
    Column("route", String(50), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("lines_of_episode", "conversation", "episode", "id"),
)

turns = Table(
    "turns",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("ms", Float, nullable=False),
    Column("record", JSON, nullable=False),
    Column("at", String(40), nullable=False),
    Index("turns_of_conversation", "conversation", "at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("turn", ForeignKey("turns.id"), nullable=False),
    Column("route", String(50), nullable=False),
    Column("message", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("decided_by", String(100), nullable=False),
    Column("decided_at", String(40), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("kind", String(20), nullable=False, server_default="reply"),  # reply, comment, post
    Column("network", String(30), nullable=False, server_default=""),  # of a post or comment
    Column("title", Text, nullable=False, server_default=""),  # of a post
    Column("team", String(50), nullable=False, server_default=""),
    Column("assignee", String(100), nullable=False, server_default=""),
    Column("risk", String(10), nullable=False, server_default="low"),
    Column("due_at", String(40), nullable=False, server_default=""),
    Column("snoozed_until", String(40), nullable=False, server_default=""),
    Column("escalated_at", String(40), nullable=False, server_default=""),
    Column("superseded_by", Integer, nullable=False, server_default="0"),
    Column("decided_turn", String(40), nullable=False, server_default=""),
    Index("drafts_by_status", "status", "id"),
    Index("drafts_by_due", "status", "due_at", "id"),
    Index("drafts_of_conversation", "conversation", "status"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("draft", ForeignKey("drafts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("answer", JSON, nullable=False),
    Column("author", String(100), nullable=False),
    Column("at", String(40), nullable=False),
    Column("findings", JSON, nullable=False, server_default="[]"),  # of voice and of the network
    Column("note", Text, nullable=False, server_default=""),  # why there is this revision
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("turn", ForeignKey("turns.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("by_person", Boolean, nullable=False, server_default="0"),
    Column("state", String(20), nullable=False),  # ready, sending, sent, unknown, blocked, ...
    *leasing(),
    Column("external", String(300), nullable=False, server_default=""),  # the platform's id
    Column("at", String(40), nullable=False),
    UniqueConstraint("turn", name="one_send_a_turn"),
    Index("outbox_by_state", "state", "conversation", "id"),
    Index("outbox_to_do", "state", "run_at"),
)

handoffs = Table(
    "handoffs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("turn", ForeignKey("turns.id"), nullable=False),
    Column("team", String(50), nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("opened_at", String(40), nullable=False),
    Column("closed_at", String(40), nullable=False),
    Column("answered_at", String(40), nullable=False, server_default=""),  # first, by a person
    Column("overdue_at", String(40), nullable=False, server_default=""),
    Index("handoffs_open", "closed_at", "id"),
    Index("handoffs_of_conversation", "conversation", "closed_at"),
)

ideas = Table(
    "ideas",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(40), nullable=False),
    Column("conversation", String(200)),  # none once the conversation is gone
    Column("text", Text, nullable=False),
    Column("at", String(40), nullable=False),
    UniqueConstraint("key", name="one_idea_a_key"),
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("turn", ForeignKey("turns.id"), nullable=False),
    Column("question", Text, nullable=False),  # redacted
    Column("doubts", JSON, nullable=False),  # articles that disagree, or no longer hold
    Column("at", String(40), nullable=False),
    Column("closed_at", String(40), nullable=False),
    Column("document", String(200), nullable=False),  # the one that answers it now
    Index("gaps_open", "closed_at", "id"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("turn", ForeignKey("turns.id"), nullable=False),
    Column("text", Text, nullable=False),  # the sentence that promises it
    Column("at", String(40), nullable=False),
    Column("done_at", String(40), nullable=False),
    Column("done_by", String(100), nullable=False),
    Index("tasks_open", "done_at", "id"),
)
