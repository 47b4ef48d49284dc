"""Shared fixtures: a house with fakes that record, and one with the real language models."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from integrations.settings import Settings
from integrations.store.places import Place
from integrations.wiring import House, wire
from tests.desk import Desk
from tests.postgres.server import Postgres, started


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the test session's own: the encoder is built once in it."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def wait(self, **parts: float) -> None:
        self.time += timedelta(**parts)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def real_house(data: Path, tmp_path: Path) -> Callable[[], House]:
    """The demo brand with the real encoder and heads, and a database of the test's own."""

    def build() -> House:
        return wire(Settings(data=data), database=tmp_path / "house.sqlite")

    return build


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server of the test session's own; tests skip where there are no programs for one."""
    with started() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty store at the newest schema, on each of the two databases."""
    if request.param == "sqlite":
        return tmp_path / "safe.sqlite"
    server: Postgres = request.getfixturevalue("postgres")
    return server.ready()
