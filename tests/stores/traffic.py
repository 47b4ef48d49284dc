"""An inbox that threads and processes share, without an agent; everything in it is generated."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from integrations.channels.contract import Arrival
from integrations.store.database import open_database
from integrations.store.inbox import Inbox, Leased
from integrations.store.places import Place
from integrations.store.sealing import MasterKey
from integrations.store.vault import Vault

KEY = MasterKey(bytes(range(32)))
BEGINNING = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


@dataclass
class Traffic:
    """One process's view of the inbox."""

    engine: Engine
    vault: Vault
    inbox: Inbox

    def take(self, conversation: str, number: int, wait: float = 0.0, contact: str = "") -> int:
        """Store one message; its number is its text."""
        one = said(conversation, f"{conversation}-{number}", contact)
        return asyncio.run(self.inbox.take("post", "shop", [one], wait))

    def lease(self, worker: str) -> Leased | None:
        """Lease what is due."""
        return asyncio.run(self.inbox.lease(worker))


def said(conversation: str, external: str, contact: str = "") -> Arrival:
    """Return a message of somebody's; each has a text of its own."""
    return Arrival(
        happened="message", external=external, conversation=conversation, contact=contact,
        text=external, at=BEGINNING,
    )  # fmt: skip


def opened(place: Place, clock: Callable[[], datetime] = lambda: BEGINNING) -> Traffic:
    """Open the inbox at a place, as each process does."""
    engine = open_database(place)
    vault = Vault(engine, KEY, clock)
    return Traffic(engine, vault, Inbox(engine, vault, clock))


def later(**parts: float) -> Callable[[], datetime]:
    """Return a clock that stands some time after the beginning."""
    return lambda: BEGINNING + timedelta(**parts)
