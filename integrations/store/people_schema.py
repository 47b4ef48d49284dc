"""Who may use the console, how they sign in, and who is signed in."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from integrations.store.schema import metadata

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(100), nullable=False),
    Column("email", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("password", Text, nullable=False),  # an argon2 hash; none means by link only
    Column("subject", String(300), nullable=False),  # who they are for the OIDC provider
    Column("created_at", String(40), nullable=False),
    Column("disabled_at", String(40), nullable=False),
    UniqueConstraint("name", name="one_user_a_name"),
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user", ForeignKey("users.id"), nullable=False),
    Column("expires_at", String(40), nullable=False),
    Column("used_at", String(40), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user", ForeignKey("users.id"), nullable=False),
    Column("token", String(64), nullable=False),  # that forms of this session carry
    Column("created_at", String(40), nullable=False),
    Column("seen_at", String(40), nullable=False),
    Column("expires_at", String(40), nullable=False),
    Index("sessions_of_user", "user"),
)
