"""A console with rows, agent and feed behind it; only language and documents are fakes."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import httpx
from fastapi import FastAPI

from agents.agent import Agent
from integrations.console.app import add_console
from integrations.console.opening import open_console
from integrations.console.roles import ROLES, Role
from integrations.erasing import VaultErasing
from integrations.gaps import Gaps
from integrations.opening import Store
from integrations.requests import PrivacyDesk
from integrations.reviewing import Reviewing
from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.desk import SqlDesk
from integrations.store.records import SqlRecords
from integrations.store.reviews import Reviews
from integrations.store.sealing import MasterKey, new_key
from integrations.store.timing import timing_of
from integrations.store.todo import SqlTodo
from integrations.store.vault import Vault
from integrations.web_manners import Manners
from integrations.wiring import House
from tests.desk import Desk

HERE = "https://desk.example"


class DeskHouse:
    """One brand's console, in a folder of its own, with a user for each role: viewer and so on."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        file = folder / "records.sqlite"
        if not file.exists():
            file.write_bytes(_empty())
        self.desk, self.folder = Desk(folder), folder
        self.settings = Settings(data=folder, **settings)
        self.engine = open_database(self.desk.file)
        self.vault = Vault(self.engine, MasterKey(new_key()), self.desk.now)
        self.store = Store(self.desk.brand, self.engine, self.vault)
        self.house = self._house()
        self.seconds = 0.0
        self.outside: Callable[[httpx.Request], httpx.Response] = _nobody_there
        self.client = httpx.AsyncClient(transport=httpx.MockTransport(lambda r: self.outside(r)))
        self.console = open_console(
            self.store, self.settings, self._opened, self.client, lambda: self.seconds
        )
        for role in ROLES:
            self.console.people.add(name_of(role), role, by="test")
        self.app = FastAPI()
        add_console(self.app, self.console)
        self.app.add_middleware(Manners)

    def stranger(self, **more: Any) -> httpx.AsyncClient:
        """Return a browser in which nobody is signed in."""
        headers = {"Origin": HERE, "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
        transport = httpx.ASGITransport(self.app)
        return httpx.AsyncClient(transport=transport, base_url=HERE, headers=headers, **more)

    def client_as(self, role: Role = "admin") -> "Browser":
        """Return a browser in which the person of a role is signed in."""
        user = self.console.people.named(name_of(role))
        secret = self.console.sessions.begin(user.id, "test")
        found = self.console.sessions.who(secret)
        assert found is not None
        client = self.stranger(cookies={"__Host-quiethand_desk": secret})
        return Browser(client, found.token)

    async def _opened(self) -> House:
        return self.house

    def _house(self) -> House:
        clock, engine, brand = self.desk.now, self.engine, self.desk.brand
        records = SqlRecords(engine, clock, self.vault, timing_of(brand.settings, clock))
        agent = Agent(self.desk.agent.graph, replace(self.desk.agent.deps, records=records))
        todo = SqlTodo(engine, clock)
        library: Any = self.desk.documents
        gaps = Gaps(todo, library, self.folder / "articles", lambda: clock().date())
        erasing = VaultErasing(self.vault, self.folder)
        requests = PrivacyDesk(self.desk.requests, erasing, agent, self.folder / "requests")
        return House(
            agent=agent,
            desk=SqlDesk(engine, clock),
            brand=brand,
            reader=cast(Any, self.desk.language),
            library=library,
            todo=todo,
            gaps=gaps,
            vault=self.vault,
            requests=requests,
            reviewing=Reviewing(agent, Reviews(engine, clock, brand.settings.approval, self.vault)),
            close=engine.dispose,
        )

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


class Browser:
    """A browser of somebody who is signed in; what it posts carries the forms' token."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self.client, self.token = client, token

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.client.get(path, **more)

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        """Send a form; where it leads is not followed."""
        return await self.client.post(path, data={"token": self.token, **fields})

    async def after(self, path: str, **fields: Any) -> httpx.Response:
        """Send a form, and return the page that it leads to."""
        answer = await self.post(path, **fields)
        assert answer.status_code == 303, answer.text
        return await self.client.get(answer.headers["location"])


def name_of(role: Role) -> str:
    """Name the person of a role: kim manages the community."""
    return {"viewer": "vera", "community manager": "kim", "marketer": "max", "admin": "ada"}[role]


@cache
def _empty() -> bytes:
    """Return an empty database at the newest schema: made once, for making one takes a while."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite"
        open_database(file).dispose()
        return file.read_bytes()


def _nobody_there(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody is there", request=request)
