"""Who runs what only one may run, what is due later, and what was counted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def leasing() -> list[sa.Column[str] | sa.Column[int]]:
    """Return the columns of rows that workers lease."""
    return [
        sa.Column("run_at", sa.String(40), nullable=False, server_default=""),
        sa.Column("lease_until", sa.String(40), nullable=False, server_default=""),
        sa.Column("worker", sa.String(100), nullable=False, server_default=""),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
    ]


def upgrade() -> None:
    """Make the tables, and room for when a handoff was answered."""
    for name in ("answered_at", "overdue_at"):
        column = sa.Column(name, sa.String(40), nullable=False, server_default="")
        op.add_column("handoffs", column)
    op.create_index("handoffs_of_conversation", "handoffs", ["conversation", "closed_at"])
    op.create_table(
        "runners",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("worker", sa.String(100), nullable=False),
        sa.Column("beats", sa.Integer, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "timers",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        *leasing(),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("timers_to_do", "timers", ["state", "run_at"])
    op.create_index("timers_of_conversation", "timers", ["conversation", "kind", "state"])
    op.create_table(
        "counters",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("labels", sa.String(200), primary_key=True),
        sa.Column("shard", sa.String(20), primary_key=True),
        sa.Column("value", sa.Float, nullable=False),
    )
