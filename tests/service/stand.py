"""The whole service around a scripted agent and a channel that records; every clock is a test's."""

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from agents.agent import Agent
from agents.graph import build
from integrations.channels.contract import (
    Arrival,
    BadPayload,
    Capabilities,
    Forged,
    Outgoing,
    SendError,
    Sent,
)
from integrations.service.intake import Intake
from integrations.service.pace import Pace
from integrations.service.sender import Sender
from integrations.service.worker import Worker
from integrations.store.database import open_database
from integrations.store.inbox import Inbox
from integrations.store.records import SqlRecords
from integrations.store.schema import metadata
from integrations.store.sealing import MasterKey, new_key
from integrations.store.sends import Sends
from integrations.store.vault import Vault
from tests.desk import Desk


class Recording:
    """A channel that keeps what it is given, and fails as it is told."""

    kind = "post"

    def __init__(self, account: str = "shop", **capabilities: object) -> None:
        self.account = account
        given = {"longest": 1000, "recipient_per_second": 1000.0, "account_per_second": 1000.0}
        self.capabilities = Capabilities(**{**given, **capabilities})  # type: ignore[arg-type]
        self.sent: list[Outgoing] = []
        self.troubles: list[Exception | None] = []

    def challenge(self, query: Mapping[str, str]) -> str | None:
        return query.get("challenge")

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        if headers.get("x-signature") != "good":
            raise Forged("no")

    def parse(self, raw: bytes) -> list[Arrival]:
        try:
            event = json.loads(raw)
            return [arrival(event["id"], event["text"])]
        except (ValueError, KeyError, TypeError) as error:
            raise BadPayload("id and text") from error

    async def send(self, outgoing: Outgoing) -> Sent:
        trouble = self.troubles.pop(0) if self.troubles else None
        if isinstance(trouble, SendError) and not trouble.unknown:
            raise trouble
        self.sent.append(outgoing)
        if trouble is not None:
            raise trouble
        return Sent(f"theirs-{len(self.sent)}")


def arrival(external: str, text: str = "what does it cost?", **parts: object) -> Arrival:
    """Return an arrival of a conversation."""
    given = {"happened": "message", "conversation": "c1", "contact": "kim", "at": START}
    return Arrival(**{**given, **parts}, external=external, text=text)  # type: ignore[arg-type]


START = datetime.fromisoformat("2026-11-18T10:00:00+00:00")


@dataclass
class Row:
    """What tests look at of a row."""

    state: str
    error: str
    attempts: int


class Stand:
    """An intake, workers and senders over one database."""

    def __init__(self, folder: Path, channel: Recording | None = None) -> None:
        self.desk = Desk(folder)
        self.channel = channel or Recording()
        self.engine = open_database(self.desk.file)
        self.vault = Vault(self.engine, MasterKey(new_key()), self.desk.now)
        records = SqlRecords(self.engine, self.desk.now, self.vault)
        self.agent = Agent(build(), replace(self.desk.agent.deps, records=records))
        self.inbox = Inbox(self.engine, self.vault, self.desk.now)
        key = (self.channel.kind, self.channel.account)
        idempotent = frozenset({key} if self.channel.capabilities.idempotent else ())
        self.sends = Sends(self.engine, self.vault, self.desk.now, idempotent)
        self.pace, self.naps = Pace(lambda: self.desk.time.timestamp(), self._nap), [0.0]
        self.channels = {key: self.channel}
        self.intake = Intake(self.channels, self.inbox, self.desk.now, lambda _: None)
        self._names = itertools.count(1)

    async def _nap(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.desk.wait(seconds=seconds)

    def worker(self) -> Worker:
        name = f"elsewhere:1:x:{next(self._names)}"
        return Worker(name, self.agent, self.inbox, self.sends, lambda: None)

    def sender(self) -> Sender:
        name = f"elsewhere:1:x:{next(self._names)}"
        return Sender(name, self.sends, self.vault, self.channels, self.pace)

    async def take(self, *arrivals: Arrival) -> int:
        return await self.intake.store(self.channel, list(arrivals))

    async def work(self, rounds: int = 20) -> None:
        """Work and send until nothing is due."""
        worker, sender = self.worker(), self.sender()
        for _ in range(rounds):
            if not (await worker.once() | await sender.once()):
                return

    async def answer(self, *arrivals: Arrival) -> None:
        """Take, wait out the burst, work and send."""
        await self.take(*arrivals)
        self.desk.wait(seconds=3)
        await self.work()

    def rows(self, table: str) -> list[Row]:
        columns = metadata.tables[table]
        with self.engine.begin() as db:
            found = db.execute(select(columns).order_by(columns.c.id))
            return [Row(row.state, row.error, row.attempts) for row in found]

    def states(self, table: str) -> list[str]:
        return [row.state for row in self.rows(table)]

    def close(self) -> None:
        self.engine.dispose()
