"""Questions that we could not answer, and promises that somebody has to keep."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of gaps and tasks."""
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False
        ),
        sa.Column("turn", sa.String(40), sa.ForeignKey("turns.id"), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("doubts", sa.JSON, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("closed_at", sa.String(40), nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
    )
    op.create_index("gaps_open", "gaps", ["closed_at", "id"])
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False
        ),
        sa.Column("turn", sa.String(40), sa.ForeignKey("turns.id"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("done_at", sa.String(40), nullable=False),
        sa.Column("done_by", sa.String(100), nullable=False),
    )
    op.create_index("tasks_open", "tasks", ["done_at", "id"])
