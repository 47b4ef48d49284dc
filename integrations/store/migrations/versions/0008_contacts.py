"""Links between contacts, codes that show them, and who wants to hear nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables, and say whose a privacy request is."""
    op.create_table(
        "links",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("undone_at", sa.String(40), nullable=False),
        sa.Column("undone_by", sa.String(100), nullable=False),
    )
    op.create_index("links_of_contact", "links", ["contact", "undone_at"])
    op.create_index("links_of_person", "links", ["person", "undone_at"])
    holds = sa.text("undone_at = ''")
    op.create_index(
        "one_link_that_holds",
        "links",
        ["contact", "person"],
        unique=True,
        sqlite_where=holds,
        postgresql_where=holds,
    )
    op.create_table(
        "link_codes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("asked_by", sa.String(200), nullable=False),
        sa.Column("sent_to", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.String(40), nullable=False),
        sa.Column("used_at", sa.String(40), nullable=False),
    )
    op.create_index("link_codes_of_contact", "link_codes", ["asked_by", "used_at"])
    op.create_index("link_codes_sent_to", "link_codes", ["sent_to", "used_at"])
    op.create_table(
        "opt_outs",
        sa.Column("contact", sa.String(200), primary_key=True),
        sa.Column("said", sa.String(200), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.add_column(
        "privacy_requests", sa.Column("contact", sa.String(200), nullable=False, server_default="")
    )
    op.execute(
        "UPDATE privacy_requests SET contact = COALESCE((SELECT contact FROM conversations "
        "WHERE conversations.id = privacy_requests.conversation), '')"
    )
