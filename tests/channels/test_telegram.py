"""Telegram: what it tells, by webhook and by long poll, over real HTTP."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from integrations.channels.contract import (
    Attachment,
    BadPayload,
    Channel,
    Forged,
    SendError,
)
from integrations.channels.telegram.channel import Config, Telegram
from tests.fakes.local_platform import Answer, Door, Naps, Trouble
from tests.fakes.telegram import (
    CUT,
    SECRET,
    TOKEN,
    TOO_MANY,
    FakeTelegram,
    fixture,
)

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture
def platform() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def naps() -> Naps:
    return Naps()


def config(**more: Any) -> Config:
    given = {"account": "example_bot", "token": TOKEN, "secret": SECRET}
    return Config.model_validate(given | more)


@pytest.fixture
def bot(platform: FakeTelegram, client: httpx.AsyncClient, naps: Naps) -> Telegram:
    return Telegram(config(url=platform.url), client, naps)


@pytest.fixture
def hooked(platform: FakeTelegram, client: httpx.AsyncClient) -> Telegram:
    return Telegram(config(url=platform.url, receive="webhook"), client)


async def test_it_is_a_channel(bot: Telegram) -> None:
    channel: Channel = bot
    assert (channel.kind, channel.account) == ("telegram", "example_bot")
    assert channel.challenge({"hub.challenge": "1"}) is None


async def test_a_message_says_who_and_what_and_when(bot: Telegram) -> None:
    (arrival,) = bot.parse(fixture("message"))
    assert (arrival.happened, arrival.external) == ("message", "5550001:41")
    assert (arrival.conversation, arrival.contact) == ("5550001", "5550001")
    assert (arrival.name, arrival.text) == ("Example Person", "Where is my order?")
    assert arrival.at == NOW


async def test_an_edit_keeps_the_place_of_the_message_and_has_a_number_of_its_own(
    bot: Telegram,
) -> None:
    (arrival,) = bot.parse(fixture("edited_message"))
    assert (arrival.happened, arrival.external) == ("edited", "5550001:41:70002")
    assert arrival.text == "Where is my second order?"
    assert arrival.at > NOW


async def test_the_start_command_is_a_message(bot: Telegram) -> None:
    assert [arrival.text for arrival in bot.parse(fixture("start"))] == ["/start"]


@pytest.mark.parametrize(
    ("event", "expected", "text"),
    [
        ("photo", Attachment("image", reference="large-picture"), "It arrived like this"),
        ("document", Attachment("file", "invoice.pdf", "some-document"), ""),
        ("voice", Attachment("audio", reference="some-voice"), ""),
        ("animation", Attachment("video", reference="some-animation"), ""),
        ("location", Attachment("location", reference="52.5,13.25"), ""),
    ],
)
async def test_files_are_listed(bot: Telegram, event: str, expected: object, text: str) -> None:
    (arrival,) = bot.parse(fixture(event))
    assert arrival.attachments == (expected,)
    assert arrival.text == text


@pytest.mark.parametrize("event", ["group", "pinned", "from_bot", "member"])
async def test_what_is_not_for_us_is_left_out(bot: Telegram, event: str) -> None:
    assert bot.parse(fixture(event)) == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"\xff", b'{"message": {}}', b"[" * 5000,
     fixture("message").replace(b"1795168800", b"99999999999999"),
     fixture("message").replace(b'"Where is my order?"', b"[17]")],
)  # fmt: skip
async def test_a_broken_update_names_fields_and_no_values(bot: Telegram, raw: bytes) -> None:
    with pytest.raises(BadPayload, match="no Telegram update") as refused:
        bot.parse(raw)
    assert "99999999999999" not in str(refused.value)
    assert "Example" not in str(refused.value)


async def test_a_webhook_is_believed_for_its_secret(
    platform: FakeTelegram, hooked: Telegram
) -> None:
    update = json.loads(fixture("message"))
    with Door(lambda raw, headers: hooked.verify(raw, headers, NOW)) as door:
        assert platform.deliver_update(door.url, update) == 200
        assert platform.deliver_update(door.url, update, secret="invented") == 401
    assert hooked.parse(door.asked[0].body)[0].text == "Where is my order?"


@pytest.mark.parametrize("secret", ["", "invented", SECRET + "x", SECRET.upper(), "é", "\ud800"])
async def test_a_webhook_without_the_secret_is_forged(hooked: Telegram, secret: str) -> None:
    with pytest.raises(Forged):
        hooked.verify(fixture("message"), {"X-Telegram-Bot-Api-Secret-Token": secret}, NOW)


async def test_a_webhook_without_any_header_is_forged(hooked: Telegram) -> None:
    with pytest.raises(Forged):
        hooked.verify(fixture("message"), {}, NOW)


async def test_a_polled_bot_takes_no_webhooks(bot: Telegram) -> None:
    with pytest.raises(Forged):
        bot.verify(fixture("message"), {"X-Telegram-Bot-Api-Secret-Token": SECRET}, NOW)


async def test_a_poll_yields_batches_and_moves_the_cursor(
    bot: Telegram, platform: FakeTelegram
) -> None:
    platform.updates = [json.loads(fixture(one)) for one in ("start", "message", "group")]
    stream = bot.listen("")
    arrivals, cursor = await anext(stream)
    assert [arrival.text for arrival in arrivals] == ["/start", "Where is my order?"]
    assert cursor == "70009"
    platform.updates.append(json.loads(fixture("from_bot")))
    assert await anext(stream) == ([], "70011")
    assert [one["update_id"] for one in platform.updates] == [70010]


async def test_what_was_not_stored_is_told_again(bot: Telegram, platform: FakeTelegram) -> None:
    platform.updates = [json.loads(fixture("message"))]
    first = await anext(bot.listen(""))
    assert await anext(bot.listen("")) == first


async def test_a_poll_goes_on_after_troubles(
    bot: Telegram, platform: FakeTelegram, naps: Naps
) -> None:
    platform.troubles += [TOO_MANY, CUT, Trouble(Answer(502)), Trouble(Answer(200, b"{}"))]
    platform.updates = [json.loads(fixture("message"))]
    arrivals, _ = await anext(bot.listen("70001"))
    assert len(arrivals) == 1
    assert naps.taken[0] == 7.0
    assert len(naps.taken) == 4


async def test_a_broken_update_does_not_hold_up_the_others(
    bot: Telegram, platform: FakeTelegram
) -> None:
    platform.updates = [{"update_id": 70000, "message": {}}, json.loads(fixture("message"))]
    arrivals, cursor = await anext(bot.listen(""))
    assert [arrival.external for arrival in arrivals] == ["5550001:41"]
    assert cursor == "70002"


async def test_a_poll_stops_where_a_webhook_is_set(
    platform: FakeTelegram, bot: Telegram, client: httpx.AsyncClient
) -> None:
    told = Telegram(config(url=platform.url, receive="webhook"), client)
    await told.register("https://quiethand.example/in/telegram")
    assert platform.webhook["secret_token"] == SECRET
    with pytest.raises(SendError, match="webhook") as raised:
        await anext(bot.listen(""))
    assert raised.value.permanent
    await bot.unregister()
    platform.updates = [json.loads(fixture("message"))]
    assert len((await anext(bot.listen("")))[0]) == 1
