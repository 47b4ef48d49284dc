"""Bluesky: what is sent, and what its troubles mean, over real HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from integrations.channels.bluesky import channel as source
from integrations.channels.bluesky.channel import Bluesky, Config
from integrations.channels.contract import Outgoing, Sent
from tests.channels.trying import error_of, judged
from tests.fakes.bluesky import (
    CUT,
    DIRECT,
    HANDLE,
    PASSWORD,
    SLOW,
    TOO_MANY,
    FakeBluesky,
    refusal,
)
from tests.fakes.local_platform import Answer, Trouble

pytestmark = pytest.mark.anyio
HELLO = Outgoing("qh-1", DIRECT, "It is on its way.")
README = Path(source.__file__).with_name("README.md").read_text(encoding="utf-8")


@pytest.fixture
def server() -> Iterator[FakeBluesky]:
    with FakeBluesky() as fake:
        yield fake


def config(**more: Any) -> Config:
    given = {"account": HANDLE, "url": "https://bsky.example", "password": PASSWORD}
    return Config.model_validate(given | more)


@pytest.fixture
def brand(server: FakeBluesky, client: httpx.AsyncClient) -> Bluesky:
    return Bluesky(config(url=server.url), client)


@pytest.fixture
def hasty(server: FakeBluesky, client: httpx.AsyncClient) -> Bluesky:
    return Bluesky(config(url=server.url), client, seconds=1.0)


async def test_a_message_goes_into_its_conversation_with_its_mark(
    brand: Bluesky, server: FakeBluesky
) -> None:
    assert await brand.send(HELLO) == Sent("3lexamplesent01")
    (sent,) = server.sent
    assert (sent["convoId"], sent["message"]["text"]) == (DIRECT, "It is on its way.")
    (facet,) = sent["message"]["facets"]
    assert facet["index"] == {"byteStart": 0, "byteEnd": 0}
    assert facet["features"][0]["mark"] == "qh-1"


async def test_the_mark_can_be_switched_off(server: FakeBluesky, client: httpx.AsyncClient) -> None:
    await Bluesky(config(url=server.url, mark=False), client).send(HELLO)
    assert server.sent == [{"convoId": DIRECT, "message": {"text": HELLO.text}}]


@pytest.mark.parametrize(
    ("trouble", "permanent", "unknown", "wait"),
    [
        (TOO_MANY, False, False, 30.0),
        (Trouble(Answer(429, headers={"Retry-After": "4"})), False, False, 4.0),
        (Trouble(Answer(503)), False, False, None),
        (Trouble(refusal(502, "UpstreamFailure")), False, True, None),
        (Trouble(Answer(200, b"<html>")), False, True, None),
        (Trouble(Answer(302, headers={"Location": "http://127.0.0.1:1/"})), True, False, None),
        (Trouble(refusal(400, "InvalidConvo")), True, False, None),
        (Trouble(refusal(400, "ConvoLocked")), True, False, None),
        (Trouble(refusal(400, "InvalidRequest", "recipient blocked sender")), True, False, None),
        (Trouble(refusal(401, "AccountTakedown")), True, False, None),
        (CUT, False, True, None),
        (SLOW, False, True, None),
    ],
)
async def test_troubles_say_what_may_be_done(
    brand: Bluesky,
    hasty: Bluesky,
    server: FakeBluesky,
    trouble: Trouble,
    permanent: bool,
    unknown: bool,
    wait: float | None,
) -> None:
    server.troubles.append(trouble)
    error = await error_of(hasty if trouble is SLOW else brand, HELLO, PASSWORD)
    assert judged(error) == (permanent, unknown, wait)


@pytest.mark.parametrize(
    "more",
    [{"account": "brand"}, {"account": "@brand.example"}, {"url": "bsky.example"},
     {"password": ""}, {"password": "two\nlines"}, {"url": "https://name:word@bsky.example"},
     {"password_file": "/nowhere"}, {"colour": "red"}],
)  # fmt: skip
async def test_settings_that_cannot_work_are_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        config(**more)
    assert PASSWORD not in str(refused.value)
    assert "two\nlines" not in str(refused.value)
