"""Drafts as records: decisions, notes, an audit log; people who sign in; ratings; voice rules."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables, and give turns and drafts what people sort and count them by."""
    _turns()
    _drafts()
    _decisions()
    _audit()
    _people()
    _voice()


def _turns() -> None:
    op.create_index("turns_by_time", "turns", ["at", "kind", "outcome"])
    counted = ("messages", "asked", "answered", "unknown", "people")
    op.create_table(
        "episodes",
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), primary_key=True
        ),
        sa.Column("episode", sa.Integer, primary_key=True),
        sa.Column("channel", sa.String(50), nullable=False),
        sa.Column("began_at", sa.String(40), nullable=False),
        sa.Column("last_at", sa.String(40), nullable=False),
        sa.Column("ended_at", sa.String(40), nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in counted),
        sa.Column("score", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_index("episodes_by_time", "episodes", ["began_at"])
    number, route = _read["sqlite" if op.get_bind().dialect.name == "sqlite" else "other"]
    replies = f"turns.kind = 'message' AND turns.outcome = 'reply' AND {route} NOT IN {_IDLE}"
    wants = f"turns.kind = 'message' AND turns.outcome IN ('handoff', 'approval') OR {replies}"
    replies += f" AND {route} <> 'clarify'"
    unknown = "turns.id IN (SELECT turn FROM gaps)"
    people = "turns.outcome IN ('handoff', 'approval') OR turns.kind IN ('decision', 'person')"
    sums = (
        "turns.kind = 'message'", wants, f"{replies} AND NOT {unknown}",
        f"{replies} AND {unknown}", people,
    )  # fmt: skip
    summed = ", ".join(f"SUM(CASE WHEN {one} THEN 1 ELSE 0 END)" for one in sums)
    back = "MAX(CASE WHEN turns.kind = 'hand_back' THEN turns.at ELSE '' END)"
    op.execute(
        "INSERT INTO episodes (conversation, episode, channel, began_at, last_at, ended_at, "
        f"{', '.join(counted)}) SELECT turns.conversation, {number}, conversations.channel, "
        f"MIN(turns.at), MAX(turns.at), {back}, {summed} FROM turns JOIN conversations "
        "ON conversations.id = turns.conversation WHERE conversations.audience = 'customer' "
        f"GROUP BY turns.conversation, {number}, conversations.channel"
    )


_read = {
    "sqlite": (
        "COALESCE(CAST(json_extract(turns.record, '$.episode') AS INTEGER), 1)",
        "COALESCE(json_extract(turns.record, '$.route'), '')",
    ),
    "other": (
        "COALESCE(CAST(turns.record->>'episode' AS INTEGER), 1)",
        "COALESCE(turns.record->>'route', '')",
    ),
}
_IDLE = (
    "('greeting', 'closing', 'praise', 'boundary', 'scope', 'cancelled', 'standing', 'nobody', '')"
)


def _drafts() -> None:
    texts = {
        "kind": (20, "reply"),
        "network": (30, ""),
        "team": (50, ""),
        "assignee": (100, ""),
        "risk": (10, "low"),
        "due_at": (40, ""),
        "snoozed_until": (40, ""),
        "escalated_at": (40, ""),
        "decided_turn": (40, ""),
    }
    for name, (size, first) in texts.items():
        column = sa.Column(name, sa.String(size), nullable=False, server_default=first)
        op.add_column("drafts", column)
    op.add_column("drafts", sa.Column("title", sa.Text, nullable=False, server_default=""))
    number = sa.Column("superseded_by", sa.Integer, nullable=False, server_default="0")
    op.add_column("drafts", number)
    op.create_index("drafts_by_due", "drafts", ["status", "due_at", "id"])
    op.create_index("drafts_of_conversation", "drafts", ["conversation", "status"])
    counted = ["status", "kind", "team", "assignee", "risk", "snoozed_until", "due_at"]
    op.create_index("drafts_counted", "drafts", counted)
    op.create_index("conversations_by_channel", "conversations", ["channel"])
    columns = ["decided_at", "status", "kind", "created_at"]
    op.create_index("drafts_by_decision", "drafts", columns)
    found = sa.Column("findings", sa.JSON, nullable=False, server_default="[]")
    op.add_column("revisions", found)
    op.add_column("revisions", sa.Column("note", sa.Text, nullable=False, server_default=""))


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("draft", sa.Integer, sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("turn", sa.String(40), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("decisions_of_draft", "decisions", ["draft", "id"])
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False
        ),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("notes_of_conversation", "notes", ["conversation", "id"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.create_index("audit_of_what", "audit", ["what", "id"])
    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "conversation", sa.String(200), sa.ForeignKey("conversations.id"), nullable=False
        ),
        sa.Column("episode", sa.Integer, nullable=False),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.String(40), nullable=False),
        sa.Column("rated_at", sa.String(40), nullable=False),
        sa.UniqueConstraint("conversation", "episode", name="one_rating_an_episode"),
    )
    op.create_index("ratings_by_time", "ratings", ["asked_at", "score"])


def _people() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("email", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("disabled_at", sa.String(40), nullable=False),
        sa.UniqueConstraint("name", name="one_user_a_name"),
    )
    op.create_table(
        "sign_in_links",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("user", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("expires_at", sa.String(40), nullable=False),
        sa.Column("used_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("user", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("seen_at", sa.String(40), nullable=False),
        sa.Column("expires_at", sa.String(40), nullable=False),
    )
    op.create_index("sessions_of_user", "sessions", ["user"])


def _voice() -> None:
    op.create_table(
        "voice_rules",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("network", sa.String(30), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("rule", sa.JSON, nullable=False),
        sa.Column("edits", sa.JSON, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.String(100), nullable=False),
        sa.Column("decided_at", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("voice_rules_by_state", "voice_rules", ["state", "network"])
