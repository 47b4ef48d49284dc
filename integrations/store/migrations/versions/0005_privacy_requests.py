"""Requests to erase or send a person's data, which wait for a colleague."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table of privacy requests."""
    op.create_table(
        "privacy_requests",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("turn", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked_at", sa.String(40), nullable=False),
        sa.Column("decided_at", sa.String(40), nullable=False),
        sa.Column("decided_by", sa.String(100), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.UniqueConstraint("turn", name="one_request_a_turn"),
        sqlite_autoincrement=True,
    )
    op.create_index("privacy_requests_by_state", "privacy_requests", ["state", "number"])
