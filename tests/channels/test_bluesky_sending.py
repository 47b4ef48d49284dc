"""Bluesky: what is sent, and what its troubles mean, over real HTTP."""

import logging
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from integrations.channels.bluesky import channel as source
from integrations.channels.bluesky.channel import Bluesky, Config
from integrations.channels.contract import Outgoing, SendError, Sent
from integrations.channels.registry import open_channels
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


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as opened:
        yield opened


def config(**more: Any) -> Config:
    given = {"account": HANDLE, "url": "https://bsky.example", "password": PASSWORD}
    return Config.model_validate(given | more)


@pytest.fixture
def brand(server: FakeBluesky, client: httpx.AsyncClient) -> Bluesky:
    return Bluesky(config(url=server.url), client, seconds=0.5)


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
    server: FakeBluesky,
    trouble: Trouble,
    permanent: bool,
    unknown: bool,
    wait: float | None,
) -> None:
    server.troubles.append(trouble)
    with pytest.raises(SendError) as raised:
        await brand.send(HELLO)
    error = raised.value
    assert (error.permanent, error.unknown, error.retry_after) == (permanent, unknown, wait)
    assert HELLO.text not in str(error)
    assert PASSWORD not in str(error)


async def test_an_unreachable_server_may_be_tried_again(client: httpx.AsyncClient) -> None:
    with pytest.raises(SendError) as raised:
        await Bluesky(config(url="http://127.0.0.1:1"), client).send(HELLO)
    assert (raised.value.permanent, raised.value.unknown) == (False, False)


async def test_no_log_shows_the_password_or_the_text(
    brand: Bluesky, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await brand.send(HELLO)
    assert "sendMessage" in caplog.text
    assert PASSWORD not in caplog.text
    assert HELLO.text not in caplog.text


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


async def test_the_readme_settings_open_a_channel(
    tmp_path: Path, client: httpx.AsyncClient
) -> None:
    (tmp_path / "secret").write_text(f"{PASSWORD}\n")
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    example = re.sub(r"/run/secrets/\w+", str(tmp_path / "secret"), example)
    (tmp_path / "channels.toml").write_text(example)
    ((kind, _),) = open_channels(tmp_path / "channels.toml", client)
    assert kind == "bluesky"
    assert all(f"`{name}`" in README for name in Config.model_fields)
