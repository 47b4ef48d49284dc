"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the first release."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("channel", sa.String(50), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("episode", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(20), nullable=False),
        sa.Column("team", sa.String(50), nullable=False),
        sa.Column("memory", sa.JSON, nullable=False),
        sa.Column("updated_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "lines",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False
        ),
        sa.Column("episode", sa.Integer, nullable=False),
        sa.Column("turn", sa.String(40), nullable=False),
        sa.Column("who", sa.String(20), nullable=False),
        sa.Column("route", sa.String(50), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("lines_of_episode", "lines", ["conversation", "episode", "id"])
    op.create_table(
        "turns",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False
        ),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("ms", sa.Float, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("turns_of_conversation", "turns", ["conversation", "at"])
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False
        ),
        sa.Column("turn", sa.String(40), sa.ForeignKey("turns.id"), nullable=False),
        sa.Column("route", sa.String(50), nullable=False),
        sa.Column("message", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.String(100), nullable=False),
        sa.Column("decided_at", sa.String(40), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
    )
    op.create_index("drafts_by_status", "drafts", ["status", "id"])
    op.create_table(
        "revisions",
        sa.Column("draft", sa.Integer, sa.ForeignKey("drafts.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False
        ),
        sa.Column("turn", sa.String(40), sa.ForeignKey("turns.id"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("turn", name="one_send_a_turn"),
    )
    op.create_index("outbox_by_state", "outbox", ["state", "conversation", "id"])
    op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False
        ),
        sa.Column("turn", sa.String(40), sa.ForeignKey("turns.id"), nullable=False),
        sa.Column("team", sa.String(50), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("opened_at", sa.String(40), nullable=False),
        sa.Column("closed_at", sa.String(40), nullable=False),
    )
    op.create_index("handoffs_open", "handoffs", ["closed_at", "id"])
    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("key", name="one_idea_a_key"),
    )
