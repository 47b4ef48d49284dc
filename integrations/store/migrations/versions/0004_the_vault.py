"""Contacts, the vault, and what is remembered about looking in and about erasing."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of the vault, and say whose each conversation and idea is."""
    conversation = sa.String(200)
    op.create_table(
        "contacts",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
    )
    op.create_index("contacts_by_key", "contacts", ["key_id", "id"])
    op.create_table(
        "vault",
        sa.Column("contact", sa.String(200), sa.ForeignKey("contacts.id"), nullable=False),
        sa.Column(
            "conversation", conversation, sa.ForeignKey("conversations.id"), primary_key=True
        ),
        sa.Column("token", sa.String(100), primary_key=True),
        sa.Column("ciphertext", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("vault_of_contact", "vault", ["contact"])
    op.create_table(
        "keys",
        sa.Column("name", sa.String(50), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
    )
    op.create_table(
        "reveals",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("conversation", conversation, nullable=False),
        sa.Column("token", sa.String(100), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("reveals_of_conversation", "reveals", ["conversation"])
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("contact", sa.String(64), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "jobs",
        sa.Column("name", sa.String(50), primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
    )
    # Columns are added and no table is made anew: that would break what refers to it.
    op.add_column(
        "conversations", sa.Column("contact", conversation, nullable=False, server_default="")
    )
    op.execute("UPDATE conversations SET contact = id")
    op.create_index("conversations_of_contact", "conversations", ["contact"])
    op.add_column("ideas", sa.Column("conversation", conversation))
    op.execute(
        "UPDATE ideas SET conversation = "
        "(SELECT conversation FROM turns WHERE turns.id = ideas.key)"
    )
