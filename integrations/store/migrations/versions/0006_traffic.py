"""The inbox, addresses, and an outbox that senders lease from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


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
    """Make the tables, and give what waits to be sent its new columns."""
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(50), nullable=False),
        sa.Column("account", sa.String(100), nullable=False),
        sa.Column("external", sa.String(300), nullable=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        *leasing(),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("channel", "account", "external", name="one_arrival_an_event"),
    )
    op.create_index("inbox_to_do", "inbox", ["state", "run_at"])
    op.create_index("inbox_of_conversation", "inbox", ["conversation", "state", "id"])
    op.create_table(
        "addresses",
        sa.Column("conversation", sa.String(200), primary_key=True),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(50), nullable=False),
        sa.Column("account", sa.String(100), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("last_heard", sa.String(40), nullable=False),
        sa.Column("last_external", sa.String(300), nullable=False),
    )
    op.create_index("addresses_of_contact", "addresses", ["contact"])
    op.create_table(
        "cursors",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("cursor", sa.String(500), nullable=False),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("by_person", sa.Boolean, nullable=False, server_default="0"))
        outbox.add_column(sa.Column("external", sa.String(300), nullable=False, server_default=""))
        for column in leasing():
            outbox.add_column(column)
    op.create_index("outbox_to_do", "outbox", ["state", "run_at"])
