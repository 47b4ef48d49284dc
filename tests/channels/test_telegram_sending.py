"""Telegram: what is sent, and what its troubles mean, over real HTTP."""

import logging
import re
from collections.abc import AsyncIterator, Iterator
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
from integrations.channels.registry import open_channels
from integrations.channels.telegram import channel as source
from integrations.channels.telegram.channel import Config, Telegram
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
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as opened:
        yield opened


@pytest.fixture
def bot(platform: FakeTelegram, client: httpx.AsyncClient) -> Telegram:
    return Telegram(config(url=platform.url), client)


@pytest.fixture
def hasty(platform: FakeTelegram, client: httpx.AsyncClient) -> Telegram:
    return Telegram(config(url=platform.url), client, seconds=0.3)


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
    with pytest.raises(SendError) as raised:
        await (hasty if trouble is SLOW else bot).send(HELLO)
    error = raised.value
    assert (error.permanent, error.unknown, error.retry_after) == (permanent, unknown, wait)
    assert HELLO.text not in str(error)
    assert TOKEN not in str(error)


async def test_a_text_that_is_too_long_is_refused_for_good(bot: Telegram) -> None:
    with pytest.raises(SendError, match="longer") as raised:
        await bot.send(Outgoing("m-2", "5550001", "a" * 4097))
    assert raised.value.permanent


async def test_an_unreachable_platform_may_be_tried_again(client: httpx.AsyncClient) -> None:
    with pytest.raises(SendError) as raised:
        await Telegram(config(url="http://127.0.0.1:1"), client).send(HELLO)
    assert (raised.value.permanent, raised.value.unknown) == (False, False)


async def test_a_wrong_token_is_said_in_plain_words(
    platform: FakeTelegram, client: httpx.AsyncClient
) -> None:
    channel = Telegram(config(url=platform.url, token="123456:another"), client)
    with pytest.raises(SendError, match="@BotFather") as raised:
        await channel.send(HELLO)
    assert raised.value.permanent


async def test_no_log_shows_the_token_or_the_text(
    bot: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await bot.send(HELLO)
    assert "sendMessage" in caplog.text
    assert TOKEN not in caplog.text
    assert HELLO.text not in caplog.text


async def test_secrets_may_lie_in_files(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    read = Config.model_validate({"account": "b", "token_file": str(tmp_path / "token")})
    assert read.token.get_secret_value() == TOKEN
    assert TOKEN not in repr(read)


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


async def test_the_readme_settings_open_a_channel(
    tmp_path: Path, client: httpx.AsyncClient
) -> None:
    (tmp_path / "secret").write_text(TOKEN)
    (example,) = re.findall(
        r"```toml\n(.*?)```",
        Path(source.__file__).with_name("README.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    example = re.sub(r"/run/secrets/\w+", str(tmp_path / "secret"), example)
    (tmp_path / "channels.toml").write_text(example)
    ((kind, _),) = open_channels(tmp_path / "channels.toml", client)
    assert kind == "telegram"
