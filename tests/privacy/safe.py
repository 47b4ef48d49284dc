"""Records with a vault, written to without an agent; everything personal is generated."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from agents.deps import Event
from agents.state import Conversation, Draft, Line, Message, Turn
from integrations.store.database import open_database
from integrations.store.desk import SqlDesk
from integrations.store.places import Place, Server
from integrations.store.records import SqlRecords
from integrations.store.schema import metadata
from integrations.store.sealing import MasterKey, new_key
from integrations.store.vault import Vault
from tools.contract import Answer


def quiethand(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person types it."""
    environment = {**os.environ, "QUIETHAND_DATA": str(data), **more}
    command = [sys.executable, "-m", "integrations.cli", *words]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, input=""
    )


def person(seed: int) -> dict[str, str]:
    """Invent values for a person, by placeholder."""
    dice = random.Random(seed)
    name = "".join(dice.choices("bcdfghjklmnpqrstvwxz", k=9)).title()
    return {
        "<PERSON_1>": name,
        "<EMAIL_1>": f"{name.lower()}@example.org",
        "<PHONE_1>": f"+49 555 {dice.randrange(10**6, 10**7)}",
    }


class Safe:
    """One database with its vault."""

    def __init__(
        self,
        folder: Path,
        master: MasterKey | None = None,
        name: str = "safe.sqlite",
        place: Place | None = None,
    ) -> None:
        self.folder, self.file = folder, folder / name
        self.place = place or self.file
        self.master = master or MasterKey(new_key())
        self.time = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
        self.engine = open_database(self.place)
        self.vault = Vault(self.engine, self.master, self.now)
        self.records = SqlRecords(self.engine, self.now, self.vault)
        self.desk = SqlDesk(self.engine)
        self.turns = 0

    def now(self) -> datetime:
        return self.time

    def wait(self, **parts: float) -> None:
        self.time += timedelta(**parts)

    async def say(self, text: str, originals: dict[str, str], **parts: Any) -> Turn:
        """Commit a turn as the door would, and an idea with it."""
        event, turn = self.turn(text, originals, **parts)
        assert event.message
        conversation = await self.records.conversation(event.message)
        await self.records.idea(text, turn["id"])
        return await self.records.commit(replace(event, conversation=conversation), turn)

    def turn(
        self,
        text: str,
        originals: dict[str, str],
        conversation: str = "c1",
        contact: str = "",
        answer: str = "Noted, <PERSON_1>.",
        draft: bool = False,
    ) -> tuple[Event, Turn]:
        """Make a first turn: placeholders in the texts, originals beside them."""
        self.turns += 1
        at = self.time.isoformat()
        message = Message(
            channel="test", conversation=conversation, id=f"m{self.turns}", audience="customer",
            text=text, at=at,
        )  # fmt: skip
        if contact:
            message["contact"] = contact
        event = Event(
            message=message,
            conversation=_fresh(conversation),
            outcome={"gaps": [text], "tasks": [answer], "note": text},
            lines=[
                Line(who="customer", text=text, at=at, route=""),
                Line(who="agent", text=answer, at=at, route=""),
            ],
            draft=_draft(message, answer) if draft else None,
            originals=originals,
        )
        return event, _turn(f"turn{self.turns}", conversation, answer)

    def rows(self) -> dict[str, list[Any]]:
        """Return every row that is kept, by table."""
        with self.engine.connect() as db:
            return {
                table.name: [tuple(row) for row in db.execute(select(table))]
                for table in metadata.sorted_tables
            }

    def bytes(self) -> bytes:
        """Return what is on disk; of a server's disk, what its rows say."""
        there = repr(self.rows()).encode() if isinstance(self.place, Server) else b""
        return there + b"".join(f.read_bytes() for f in self.folder.rglob("*") if f.is_file())


def _fresh(id: str) -> Conversation:
    return Conversation(
        id=id, version=0, episode=1, owner="agent", team="", history=[], summary=[], question=None,
        topic="", asked_back=0, placeholders={},
    )  # fmt: skip


def _draft(message: Message, text: str) -> Draft:
    answer = Answer(text=text, evidence=[], confidence=1.0, actions=[], missing=[], doubts=[])
    return Draft(id=0, revision=1, message=message, route="", answer=answer)


def _turn(id: str, conversation: str, text: str) -> Turn:
    return Turn(
        id=id, conversation=conversation, episode=1, kind="message", outcome="handoff", text=text,
        route="", intents=[], signals={}, evidence=[], verdict="handoff", reason="", risk="low",
        team="support", draft=None, steps=[], timings={"total": 1.0},
    )  # fmt: skip
