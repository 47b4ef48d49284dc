"""What the house itself says in a conversation, because a person of the team asked for it."""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Connection, select

from agents.agent import turn_id
from agents.deps import Event
from agents.state import Conversation, Line, State
from agents.trace import record
from integrations.store.commit import write_turn
from integrations.store.schema import conversations
from integrations.store.vault import Vault

ROUTE = "notice"


def notice(
    db: Connection,
    vault: Vault,
    conversation: str,
    key: str,
    text: str,
    why: str,
    originals: Mapping[str, str] | None = None,
) -> None:
    """Write a message into a conversation, whoever has it; the same key is the same message."""
    mine = conversations.c.id == conversation
    row = db.execute(select(conversations).where(mine)).mappings().one()
    known = {key: row[key] for key in ("id", "version", "episode", "owner", "team")}
    held = cast(Conversation, {**row["memory"], **known, "history": []})
    now, name = vault.clock().isoformat(), turn_id("notice", conversation, key)
    state = State(turn=name, conversation=held, verdict="reply", reason=why, route=ROUTE)
    state["outcome"] = {"text": text}
    line = Line(who="agent", text=text, at=now, route=ROUTE)
    event = Event(None, held, state["outcome"], [line], originals=originals or {})
    write_turn(db, event, record("notice", state, [], 0.0), now, vault)
