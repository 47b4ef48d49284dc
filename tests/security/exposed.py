"""The web face of a house with every channel that takes webhooks, and how to speak for each."""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import func, select

from agents.agent import Agent
from agents.graph import build
from agents.redaction.redact import Finds
from integrations.app import make_app
from integrations.channels.chatwoot.channel import CHANNELS as CHATWOOT
from integrations.channels.contract import Channel
from integrations.channels.meta.channel import CHANNELS as META
from integrations.channels.telegram.channel import CHANNELS as TELEGRAM
from integrations.channels.web.channel import Config, WebChat
from integrations.channels.web.routes import add_web_chat
from integrations.channels.webhook.channel import CHANNELS as WEBHOOK
from integrations.channels.x.channel import CHANNELS as X
from integrations.service.intake import Intake
from integrations.service.numbers import Numbers
from integrations.service.pace import Pace
from integrations.service.sender import Sender
from integrations.service.service import Service
from integrations.service.worker import Worker
from integrations.store.database import open_database
from integrations.store.inbox import Inbox
from integrations.store.records import SqlRecords
from integrations.store.schema import metadata
from integrations.store.sealing import MasterKey, new_key
from integrations.store.sends import Sends
from integrations.store.vault import Vault
from integrations.web_client import open_client
from tests.channels.meta_accounts import settings as meta
from tests.desk import Desk
from tests.fakes import chatwoot, telegram, webhook, x
from tests.fakes.meta import ACCOUNT, NUMBER, PAGE
from tests.fakes.meta import fixture as of_meta
from tests.fakes.meta import signed as signed_by_meta

JSON = {"Content-Type": "application/json"}
Signs = Callable[[bytes, datetime], dict[str, str]]
OWNED_BY_NOBODY = "http://127.0.0.1:9"  # a fake address; nothing is sent there


@dataclass(frozen=True)
class Platform:
    """Somebody who delivers to us: where, what, and how it is signed."""

    kind: str
    path: str
    message: bytes
    sign: Signs
    header: str  # that carries the signature
    id: bytes  # how a message's id ends
    signs_body: bool = True
    signs_time: bool = False

    def numbered(self, number: int, message: bytes) -> bytes:
        """Return a message with another id: one of 900."""
        return message.replace(self.id, self.id[:-3] + b"%03d" % (100 + number % 900))

    def another(self, number: int, text: str) -> bytes:
        """Return a message with another id and other words."""
        content = self.numbered(number, self.message)
        asked = b"Do you ship to Lisbon?" if self.kind == "instagram" else b"Where is my order?"
        return content.replace(asked, json.dumps(text)[1:-1].encode())


def _webhook(raw: bytes, now: datetime) -> dict[str, str]:
    at = str(int(now.timestamp()))
    said = hmac.new(webhook.SECRET.encode(), at.encode() + b"." + raw, sha256).hexdigest()
    return {"X-Quiethand-Timestamp": at, "X-Quiethand-Signature": f"v1={said}", **JSON}


def _telegram(raw: bytes, now: datetime) -> dict[str, str]:
    return {"X-Telegram-Bot-Api-Secret-Token": telegram.SECRET, **JSON}


def _x(raw: bytes, now: datetime) -> dict[str, str]:
    return {"X-Twitter-Webhooks-Signature": x.signature(raw), **JSON}


def _meta(kind: str, account: str, id: bytes) -> Platform:
    message = of_meta(f"{kind}__message")
    sign: Signs = lambda raw, _: signed_by_meta(raw)  # noqa: E731
    return Platform(kind, f"/channels/{kind}/{account}", message, sign, "X-Hub-Signature-256", id)


PLATFORMS = [
    Platform("webhook", "/channels/webhook/shop", webhook.fixture("message"), _webhook,
             "X-Quiethand-Signature", b'"id": "e-1', signs_time=True),
    Platform("telegram", "/channels/telegram/our_bot", telegram.fixture("message"), _telegram,
             "X-Telegram-Bot-Api-Secret-Token", b'"message_id": 41', signs_body=False),
    _meta("messenger", PAGE, b"m_in-1"),
    _meta("instagram", ACCOUNT, b"aWdfin1"),
    _meta("whatsapp", NUMBER, b"wamid.in1"),
    Platform("chatwoot", f"/channels/chatwoot/{chatwoot.ACCOUNT}/{chatwoot.PATH_SECRET}",
             chatwoot.fixture("message"), chatwoot.signed, "X-Chatwoot-Signature", b'"id": 1001',
             signs_time=True),
    Platform("x", f"/channels/x/{x.OWN}", x.fixture("received"), _x,
             "X-Twitter-Webhooks-Signature", b"1900000000000000101"),
]  # fmt: skip


def _channels(client: httpx.AsyncClient) -> dict[tuple[str, str], Channel]:
    url = OWNED_BY_NOBODY
    given: list[tuple[tuple[Any, Any], dict[str, Any]]] = [
        (WEBHOOK["webhook"], {"account": "shop", "url": f"{url}/a", "secret": webhook.SECRET}),
        (TELEGRAM["telegram"], {"account": "our_bot", "token": telegram.TOKEN,
                                "secret": telegram.SECRET, "receive": "webhook", "url": url}),
        (TELEGRAM["telegram"], {"account": "polled", "token": telegram.TOKEN, "url": url,
                                "secret": telegram.SECRET}),
        *((META[kind], meta(kind, url=url)) for kind in ("messenger", "instagram", "whatsapp")),
        (CHATWOOT["chatwoot"], {"account": chatwoot.ACCOUNT, "url": url, "token": chatwoot.TOKEN,
                                "secret": chatwoot.SECRET, "path_secret": chatwoot.PATH_SECRET}),
        (X["x"], {"account": x.OWN, "token": x.TOKEN, "consumer_secret": x.CONSUMER, "url": url}),
    ]  # fmt: skip
    made = [kind(form.model_validate(settings), client) for (form, kind), settings in given]
    return {(one.kind, one.account): one for one in made}


class Exposed:
    """The app with its rows, a worker and a sender; no platform is there to be reached."""

    def __init__(
        self,
        folder: Path,
        seconds: Callable[[], float] = lambda: 0.0,
        finder: Finds | None = None,
    ) -> None:
        self.desk = Desk(folder, finder=finder)
        self.engine = open_database(self.desk.file)
        self.vault = Vault(self.engine, MasterKey(new_key()), self.desk.now)
        self._client = open_client(20.0)
        self.chat = WebChat(Config(account="site"))
        self.channels = _channels(self._client) | {("web", "site"): self.chat}
        inbox = Inbox(self.engine, self.vault, self.desk.now)
        self.sends = Sends(self.engine, self.vault, self.desk.now, frozenset({("web", "site")}))
        self.intake = Intake(self.channels, inbox, self.desk.now, lambda _: None, burst=0.0)
        records = SqlRecords(self.engine, self.desk.now, self.vault)
        self.agent = Agent(build(), replace(self.desk.agent.deps, records=records))
        self.worker = Worker("w", self.agent, inbox, self.sends, lambda: None)
        pace = Pace(lambda: self.desk.time.timestamp())
        self.sender = Sender("s", self.sends, self.vault, self.channels, pace)
        self.app = self._app(seconds)

    def _app(self, seconds: Callable[[], float]) -> FastAPI:
        numbers = Numbers(self.engine, self.desk.now)
        app = make_app(self.intake, Service([]), numbers, lambda: "")
        add_web_chat(app, self.chat, self.intake, self.vault, "ConnectSphere", seconds)
        return app

    def browser(self, base: str = "http://here", **more: Any) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=more.pop("client", ("127.0.0.1", 123)))
        return httpx.AsyncClient(transport=transport, base_url=base, **more)

    def rows(self) -> dict[str, int]:
        """Count what a delivery may have left."""
        tables = ("inbox", "outbox", "turns", "conversations", "addresses", "contacts", "lines")
        with self.engine.connect().execution_options(reads=True) as db, db.begin():
            counts = {one: select(func.count()).select_from(metadata.tables[one]) for one in tables}
            return {one: n for one, query in counts.items() if (n := db.scalar(query))}

    def states(self, table: str) -> list[str]:
        with self.engine.connect().execution_options(reads=True) as db, db.begin():
            return list(db.scalars(select(metadata.tables[table].c.state)))

    def longest_name(self) -> int:
        """Return how long the longest name is that a platform gave an event."""
        length = func.max(func.length(metadata.tables["inbox"].c.external))
        with self.engine.connect().execution_options(reads=True) as db, db.begin():
            return db.scalar(select(length)) or 0

    async def work(self) -> None:
        """Do all that is due."""
        self.desk.wait(seconds=3)
        while await self.worker.once() or await self.sender.once():
            pass

    async def close(self) -> None:
        await self._client.aclose()
        self.engine.dispose()
