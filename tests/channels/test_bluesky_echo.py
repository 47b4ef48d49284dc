"""Bluesky: our own words in its log, told from a colleague's, over real HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from integrations.channels.bluesky.channel import Bluesky, Config
from integrations.channels.contract import Outgoing, SendError
from tests.fakes.bluesky import (
    CUT,
    DIRECT,
    HANDLE,
    PASSWORD,
    TOO_MANY,
    FakeBluesky,
    fixture,
)

pytestmark = pytest.mark.anyio
HELLO = Outgoing("qh-1", DIRECT, "It is on its way.")
PERSON = "did:plc:exampleperson"


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


async def test_a_colleague_in_the_app_is_an_echo_without_a_mark(
    brand: Bluesky, server: FakeBluesky
) -> None:
    server.write(json.loads(fixture("own")))
    ((arrival,), _) = await anext(brand.listen("3"))
    assert (arrival.happened, arrival.ours, arrival.contact) == ("echo", "", PERSON)
    assert arrival.text == "A colleague answers."


async def test_an_echo_that_carries_a_mark_is_ours(brand: Bluesky, server: FakeBluesky) -> None:
    server.write(json.loads(fixture("own_marked")))
    ((arrival,), _) = await anext(brand.listen("3"))
    assert (arrival.happened, arrival.ours) == ("echo", "qh-1")


@pytest.mark.parametrize("kept", [True, False])
async def test_what_we_said_comes_back_as_ours(
    brand: Bluesky, server: FakeBluesky, kept: bool
) -> None:
    server.keeps_features = kept
    await brand.send(Outgoing("qh-7", DIRECT, "It is on its way."))
    ((arrival,), _) = await anext(brand.listen("3"))
    assert (arrival.happened, arrival.ours) == ("echo", "qh-7")


async def test_the_same_words_by_a_colleague_afterwards_are_not_ours(
    brand: Bluesky, server: FakeBluesky
) -> None:
    await brand.send(Outgoing("qh-7", DIRECT, "A colleague answers."))
    server.write(json.loads(fixture("own")))
    arrivals, _ = await anext(brand.listen("3"))
    assert [arrival.ours for arrival in arrivals] == ["qh-7", ""]


async def test_a_message_whose_answer_was_lost_is_settled_by_the_log(
    brand: Bluesky, server: FakeBluesky
) -> None:
    server.keeps_features = False
    server.troubles.append(CUT)
    with pytest.raises(SendError):
        await brand.send(HELLO)
    ((arrival,), _) = await anext(brand.listen("3"))
    assert (arrival.happened, arrival.ours) == ("echo", "qh-1")


async def test_what_was_refused_is_not_remembered_as_said(
    brand: Bluesky, server: FakeBluesky, client: httpx.AsyncClient
) -> None:
    server.keeps_features = False
    server.troubles.append(TOO_MANY)
    with pytest.raises(SendError):
        await brand.send(HELLO)
    other = Bluesky(config(server), client)  # in another process
    await other.send(HELLO)
    ((arrival,), _) = await anext(brand.listen("3"))
    assert arrival.ours == ""
