"""Trying the agent out: real turns in conversations that lead nowhere and count for nothing."""

import re
import secrets
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from agents.state import Message, Turn
from integrations import outgoing
from integrations.console.roles import Person
from integrations.store.episodes import PLAYGROUND
from integrations.store.restoring import UnknownPlaceholder
from integrations.store.schema import lines, turns
from integrations.store.vault import Vault
from knowledge.audience import Audience
from knowledge.brands.brand import Brand

if TYPE_CHECKING:
    from agents.agent import OnStep
    from integrations.wiring import House

MOST = 40  # lines that are shown
TEAM = "playground"  # the channel on which a marketer tries it
ALWAYS = ("web", "public")
_TALK = re.compile(r"[a-f0-9]{12}")


@dataclass(frozen=True)
class Play:
    """Who somebody is, and where, while they try the agent out."""

    person: Person
    who: Audience
    channel: str
    talk: str

    @property
    def conversation(self) -> str:
        """Name the conversation: nobody else's, and seen to be one of the playground."""
        return f"{PLAYGROUND}{self.person.id}-{self.talk}"

    @property
    def query(self) -> dict[str, str]:
        """Return what leads back here."""
        return {"who": self.who, "channel": self.channel, "talk": self.talk}


@dataclass(frozen=True)
class Played:
    """What was said so far, and what came of the last message."""

    lines: Sequence[Mapping[str, str]] = ()
    last: Mapping[str, Any] | None = field(default=None)


def play(person: Person, who: str, channel: str, talk: str, known: Sequence[str]) -> Play:
    """Return who somebody is; what is missing or made up is chosen for them."""
    audience: Audience = "team" if who == "team" else "customer"
    place = channel if channel in known else known[0]
    name = talk if _TALK.fullmatch(talk) else secrets.token_hex(6)
    return Play(person, audience, place if audience == "customer" else TEAM, name)


def kinds(brand: Brand, data: Path) -> list[str]:
    """Return the kinds of channels that this brand has, or speaks of in its settings."""
    file, found = data / "channels.toml", list(ALWAYS)
    if file.is_file():
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("channel", [])
        found += [str(one.get("kind", "")) for one in entries]
    found += [row.channel for row in brand.settings.autonomy if row.channel]
    return list(dict.fromkeys(one for one in found if one))


async def say(house: "House", wish: Play, text: str, at: str, on_step: "OnStep") -> Turn:
    """Let the agent take a message; its answer is shown here, and goes nowhere else."""
    message = Message(
        channel=wish.channel,
        conversation=wish.conversation,
        id=uuid.uuid4().hex,
        audience=wish.who,
        text=text,
        at=at,
    )
    turn = await house.agent.receive(message, on_step)
    parcels = await outgoing.packed(house.desk, house.vault, wish.conversation)
    await outgoing.sent(house.desk, parcels)
    return turn


def played(db: Connection, vault: Vault, conversation: str) -> Played:
    """Return a conversation as whoever plays the customer reads it."""
    mine = lines.c.conversation == conversation
    rows = db.execute(select(lines).where(mine).order_by(lines.c.id.desc()).limit(MOST)).all()
    said = [
        {"who": row.who, "text": _whole(vault, conversation, row.text), "at": row.at}
        for row in reversed(rows)
    ]
    heard = (turns.c.conversation == conversation) & (turns.c.kind == "message")
    last = select(turns.c.record).where(heard).order_by(turns.c.at.desc()).limit(1)
    return Played(said, db.scalar(last))


def _whole(vault: Vault, conversation: str, text: str) -> str:
    try:
        return vault.restore(conversation, text)
    except UnknownPlaceholder:
        return text
