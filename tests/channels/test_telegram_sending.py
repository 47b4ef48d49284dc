"""Telegram: what is sent, and what its troubles mean, over real HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from integrations.channels.contract import (
    Outgoing,
    SendError,
    Sent,
)
from integrations.channels.telegram import channel as source
from integrations.channels.telegram.channel import Config, Telegram
from tests.channels.trying import error_of, judged
from tests.fakes.local_platform import Answer, Trouble
from tests.fakes.telegram import (
    BLOCKED,
    CUT,
    SECRET,
    SLOW,
    TOKEN,
    TOO_MANY,
    FakeTelegram,
    refusal,
)

pytestmark = pytest.mark.anyio
HELLO = Outgoing(mark="m-1", conversation="5550001", text="It is on its way.")
README = Path(source.__file__).with_name("README.md").read_text(encoding="utf-8")


@pytest.fixture
def platform() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


def config(**more: Any) -> Config:
    given = {"account": "example_bot", "token": TOKEN, "secret": SECRET}
    return Config.model_validate(given | more)


@pytest.fixture
def bot(platform: FakeTelegram, client: httpx.AsyncClient) -> Telegram:
    return Telegram(config(url=platform.url), client)


@pytest.fixture
def hasty(platform: FakeTelegram, client: httpx.AsyncClient) -> Telegram:
    return Telegram(config(url=platform.url), client, seconds=1.0)


async def test_a_message_goes_out_as_plain_text(bot: Telegram, platform: FakeTelegram) -> None:
    assert await bot.send(HELLO) == Sent("5550001:9001")
    assert platform.sent[0]["chat_id"] == 5550001
    assert platform.sent[0]["text"] == "It is on its way."
    assert "parse_mode" not in platform.sent[0]


@pytest.mark.parametrize(
    ("trouble", "permanent", "unknown", "wait"),
    [
        (TOO_MANY, False, False, 7.0),
        (BLOCKED, True, False, None),
        (Trouble(refusal(400, "Bad Request: chat not found")), True, False, None),
        (Trouble(refusal(500, "Internal Server Error")), False, False, None),
        (Trouble(Answer(502, b"<html>Bad Gateway</html>")), False, True, None),
        (Trouble(Answer(200, b"<html>welcome</html>")), False, True, None),
        (Trouble(Answer(302, headers={"Location": "http://127.0.0.1:1/"})), True, False, None),
        (CUT, False, True, None),
        (SLOW, False, True, None),
    ],
)
async def test_troubles_say_what_may_be_done(
    bot: Telegram, hasty: Telegram, platform: FakeTelegram, trouble: Trouble,
    permanent: bool, unknown: bool, wait: float | None,
) -> None:  # fmt: skip
    platform.troubles.append(trouble)
    error = await error_of(hasty if trouble is SLOW else bot, HELLO, TOKEN)
    assert judged(error) == (permanent, unknown, wait)


async def test_a_text_that_is_too_long_is_refused_for_good(bot: Telegram) -> None:
    with pytest.raises(SendError, match="longer") as raised:
        await bot.send(Outgoing("m-2", "5550001", "a" * 4097))
    assert raised.value.permanent


async def test_a_wrong_token_is_said_in_plain_words(
    platform: FakeTelegram, client: httpx.AsyncClient
) -> None:
    channel = Telegram(config(url=platform.url, token="123456:another"), client)
    with pytest.raises(SendError, match="@BotFather") as raised:
        await channel.send(HELLO)
    assert raised.value.permanent


@pytest.mark.parametrize(
    "more",
    [{"token": "not a token"}, {"secret": "has spaces"}, {"secret": "short"}, {"colour": "red"},
     {"receive": "webhook", "secret": ""}, {"token_file": "/nowhere"}, {"url": "ftp://x"},
     {"url": "https://name:word@host.example"}],
)  # fmt: skip
async def test_settings_that_cannot_work_are_refused(more: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        config(**more)
    assert TOKEN not in str(refused.value)
    assert "has spaces" not in str(refused.value)
