"""A house that anybody can reach."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from integrations.store.database import open_database
from tests.security.exposed import Exposed


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema: making one takes longer than most tests."""
    file = tmp_path_factory.mktemp("blank") / "records.sqlite"
    open_database(file).dispose()
    return file


@pytest.fixture
async def house(tmp_path: Path, blank: Path) -> AsyncIterator[Exposed]:
    shutil.copy(blank, tmp_path)
    built = Exposed(tmp_path)
    yield built
    await built.close()


@pytest.fixture
async def web(house: Exposed) -> AsyncIterator[httpx.AsyncClient]:
    async with house.browser() as client:
        yield client
