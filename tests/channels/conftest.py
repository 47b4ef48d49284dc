"""What the tests of all channels share."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from integrations.web_client import open_client
from tests.fakes.meta import FakeMeta


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with open_client(20.0) as opened:
        yield opened


@pytest.fixture
def meta() -> Iterator[FakeMeta]:
    with FakeMeta() as fake:
        yield fake
