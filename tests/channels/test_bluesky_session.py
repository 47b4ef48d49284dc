"""Bluesky: it signs in once and refreshes from then on, over real HTTP."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from integrations.channels.bluesky.channel import Bluesky, Config
from integrations.channels.contract import Outgoing, SendError
from tests.fakes.bluesky import DIRECT, HANDLE, PASSWORD, FakeBluesky
from tests.fakes.local_platform import Answer, Trouble

pytestmark = pytest.mark.anyio
HELLO = Outgoing("qh-1", DIRECT, "It is on its way.")


@pytest.fixture
def server() -> Iterator[FakeBluesky]:
    with FakeBluesky() as fake:
        yield fake


def config(server: FakeBluesky, **more: Any) -> Config:
    given = {"account": HANDLE, "url": server.url, "password": PASSWORD}
    return Config.model_validate(given | more)


@pytest.fixture
def brand(server: FakeBluesky, client: httpx.AsyncClient) -> Bluesky:
    return Bluesky(config(server), client)


async def test_it_signs_in_once_and_refreshes_from_then_on(
    brand: Bluesky, server: FakeBluesky
) -> None:
    await brand.send(HELLO)
    for _ in range(3):
        server.end_session()
        await brand.send(HELLO)
    assert (server.sign_ins, server.refreshes, len(server.sent)) == (1, 3, 4)


async def test_it_signs_in_again_only_where_a_refresh_is_refused(
    brand: Bluesky, server: FakeBluesky
) -> None:
    await brand.send(HELLO)
    server.end_session(entirely=True)
    await brand.send(HELLO)
    assert (server.sign_ins, server.refreshes, len(server.sent)) == (2, 1, 2)


async def test_many_at_once_share_one_refresh(brand: Bluesky, server: FakeBluesky) -> None:
    await brand.send(HELLO)
    server.end_session()
    await asyncio.gather(*(brand.send(HELLO) for _ in range(5)))
    assert (server.sign_ins, server.refreshes, len(server.sent)) == (1, 1, 6)


async def test_a_refresh_that_is_lost_is_no_reason_to_sign_in(
    brand: Bluesky, server: FakeBluesky
) -> None:
    await brand.send(HELLO)
    server.end_session()
    server.weak_at = "refresh"
    server.troubles.append(Trouble(Answer(502)))
    with pytest.raises(SendError) as raised:
        await brand.send(HELLO)
    assert (raised.value.permanent, raised.value.unknown) == (False, False)
    await brand.send(HELLO)
    assert (server.sign_ins, len(server.sent)) == (1, 2)


async def test_a_wrong_password_is_said_in_plain_words(
    server: FakeBluesky, client: httpx.AsyncClient
) -> None:
    with pytest.raises(SendError, match="app password") as raised:
        await Bluesky(config(server, password="wrong"), client).send(HELLO)
    assert raised.value.permanent


async def test_an_app_password_without_messages_is_said_in_plain_words(
    brand: Bluesky, server: FakeBluesky
) -> None:
    server.reads_messages = False
    with pytest.raises(SendError, match="Allow access to your direct messages") as raised:
        await brand.send(HELLO)
    assert raised.value.permanent
    assert (server.sign_ins, server.refreshes) == (1, 0)
