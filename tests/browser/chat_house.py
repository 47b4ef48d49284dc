"""A web chat with rows, worker and sender behind it; only language and documents are fakes."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from agents.agent import Agent
from integrations.channels.contract import Channel
from integrations.channels.web.channel import Config, WebChat
from integrations.channels.web.routes import add_web_chat
from integrations.service.intake import Intake
from integrations.service.pace import Pace
from integrations.service.sender import Sender
from integrations.service.worker import Worker
from integrations.store.database import open_database
from integrations.store.inbox import Inbox
from integrations.store.records import SqlRecords
from integrations.store.sealing import MasterKey, new_key
from integrations.store.sends import Sends
from integrations.store.vault import Vault
from tests.desk import Desk

BRAND = "ConnectSphere"


class ChatHouse:
    """One brand's chat, in a folder of its own."""

    def __init__(self, folder: Path, **config: Any) -> None:
        self.desk = Desk(folder)
        self.engine = open_database(self.desk.file)
        self.vault = Vault(self.engine, MasterKey(new_key()), lambda: datetime.now(UTC))
        self.channel = WebChat(Config.model_validate({"account": "site", **config}))
        channels: dict[tuple[str, str], Channel] = {("web", "site"): self.channel}
        clock, inbox = self.vault.clock, Inbox(self.engine, self.vault, self.vault.clock)
        sends = Sends(self.engine, self.vault, clock, frozenset({("web", "site")}))
        records = SqlRecords(self.engine, clock, self.vault)
        deps = replace(self.desk.agent.deps, records=records, clock=clock)
        self.agent = Agent(self.desk.agent.graph, deps)
        self.worker = Worker("w", self.agent, inbox, sends, _unheard)
        self.sender = Sender("s", sends, self.vault, channels, Pace(time.monotonic))
        self.intake = Intake(channels, inbox, clock, _unheard, burst=0.0)
        self.place: Callable[[str], str] = lambda visitor: inbox.name("web", "site", visitor)

    def app(self, seconds: Callable[[], float] = lambda: 0.0) -> FastAPI:
        app = FastAPI()
        add_web_chat(app, self.channel, self.intake, self.vault, BRAND, seconds)
        return app

    async def work(self) -> None:
        """Do all that is due."""
        while await self.worker.once() or await self.sender.once():
            pass

    async def keep_working(self) -> None:
        """Do what is due until cancelled."""
        while True:
            await self.work()
            await asyncio.sleep(0.02)

    def close(self) -> None:
        self.engine.dispose()


def _unheard(*_: object) -> None:
    """Wake nobody: the tests say when work is done."""


HERE, SITE = "https://chat.example", "https://shop.example"
TEXT = {"id": "0123456789abcdef", "text": "What does the Team plan cost?"}


def opened(house: ChatHouse, home: str = HERE, **more: Any) -> httpx.AsyncClient:
    """Return a browser of somebody who was never here; it says where its page is from."""
    transport = httpx.ASGITransport(house.app())
    return httpx.AsyncClient(transport=transport, base_url=home, headers={"Origin": home}, **more)


async def write(
    client: httpx.AsyncClient, headers: dict[str, str] | None = None, **parts: str
) -> httpx.Response:
    return await client.post("/chat/messages", json=TEXT | parts, headers=headers)
