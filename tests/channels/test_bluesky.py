"""Bluesky: what its log tells, asked for over real HTTP."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from integrations.channels.bluesky.channel import Bluesky, Config
from integrations.channels.contract import (
    Attachment,
    BadPayload,
    Channel,
    Forged,
    SendError,
)
from tests.fakes.bluesky import CUT, DIRECT, GROUP, HANDLE, PASSWORD, TOO_MANY, FakeBluesky, fixture
from tests.fakes.local_platform import Answer, Naps, Trouble

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
PERSON = "did:plc:exampleperson"


class Over(Exception):
    """A test has seen enough."""


class FewNaps(Naps):
    """Waits that end the listening after some of them."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    async def __call__(self, seconds: float) -> None:
        await super().__call__(seconds)
        if len(self.taken) == self._most:
            raise Over


@pytest.fixture
def server() -> Iterator[FakeBluesky]:
    with FakeBluesky() as fake:
        yield fake


@pytest.fixture
def naps() -> Naps:
    return Naps()


def config(server: FakeBluesky, **more: Any) -> Config:
    given = {"account": HANDLE, "url": server.url, "password": PASSWORD}
    return Config.model_validate(given | more)


@pytest.fixture
def brand(server: FakeBluesky, client: httpx.AsyncClient, naps: Naps) -> Bluesky:
    return Bluesky(config(server), client, naps)


def entry(number: int = 1, text: str = "Hello", convo: str = DIRECT) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fixture("message"))
    found["message"] |= {"id": f"m{number}", "text": text}
    return found | {"convoId": convo}


async def test_it_is_a_channel_that_takes_no_webhooks(brand: Bluesky) -> None:
    channel: Channel = brand
    assert (channel.kind, channel.account) == ("bluesky", HANDLE)
    assert channel.challenge({"crc_token": "1"}) is None
    with pytest.raises(Forged):
        channel.verify(fixture("message"), {}, NOW)


async def test_a_message_says_who_and_what_and_when(brand: Bluesky) -> None:
    (arrival,) = brand.parse(fixture("message"))
    assert (arrival.happened, arrival.external, arrival.at) == ("message", "3lexamplemsg01", NOW)
    assert (arrival.conversation, arrival.contact) == (DIRECT, PERSON)
    assert arrival.text == "Where is my order?"


async def test_a_quoted_post_is_listed(brand: Bluesky) -> None:
    (arrival,) = brand.parse(fixture("quote"))
    place = "at://did:plc:examplebrand/app.bsky.feed.post/3lexamplepost"
    assert arrival.attachments == (Attachment("file", "post", place),)


@pytest.mark.parametrize("event", ["deleted", "reaction", "begin", "member"])
async def test_what_is_no_message_is_left_out(brand: Bluesky, event: str) -> None:
    assert brand.parse(fixture(event)) == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"\xff", b"{}", b"[" * 100_000,
     fixture("message").replace(b"2026-11-20T10:00:00.000Z", b"yesterday"),
     fixture("message").replace(b'"Where is my order?"', b"[4711]")],
)  # fmt: skip
async def test_a_broken_entry_names_fields_and_no_values(brand: Bluesky, raw: bytes) -> None:
    with pytest.raises(BadPayload) as refused:
        brand.parse(raw)
    for value in ("yesterday", "4711", "exampleperson"):
        assert value not in str(refused.value)


async def test_it_starts_from_now_where_nothing_was_heard_yet(
    brand: Bluesky, server: FakeBluesky
) -> None:
    server.write(entry(text="long ago"))
    stream = brand.listen("")
    assert await anext(stream) == ([], "3lexamplerev00")
    server.write(entry(2, "Where is my order?"))
    ((arrival,), cursor) = await anext(stream)
    assert (arrival.text, arrival.name, cursor) == (
        "Where is my order?", "Example Person", "3lexamplerev01",
    )  # fmt: skip
    await stream.aclose()


async def test_the_first_message_of_an_empty_log_is_heard(
    server: FakeBluesky, client: httpx.AsyncClient
) -> None:
    stream = Bluesky(config(server), client, FewNaps(3)).listen("")
    arrivals, _ = await anext(stream)
    server.write(entry(text="the first"))
    assert arrivals == []
    assert [one.text for one in (await anext(stream))[0]] == ["the first"]
    await stream.aclose()


async def test_all_that_was_missed_comes_in_order_and_without_a_wait(
    brand: Bluesky, server: FakeBluesky, naps: Naps
) -> None:
    server.write(entry(0))
    for number in range(1, 99):
        server.write(entry(number))
    stream, heard = brand.listen("3lexamplerev00"), list[str]()
    while len(heard) < 98:
        heard += [arrival.external for arrival in (await anext(stream))[0]]
    assert heard == [f"m{number}" for number in range(1, 99)]
    assert naps.taken == []
    await stream.aclose()


async def test_groups_are_left_out(brand: Bluesky, server: FakeBluesky) -> None:
    server.write(entry(1, "to all", GROUP))
    server.write(entry(2, "to you"))
    arrivals, _ = await anext(brand.listen("3"))
    assert [arrival.text for arrival in arrivals] == ["to you"]


async def test_what_cannot_be_read_does_not_hold_up_the_others(
    brand: Bluesky, server: FakeBluesky
) -> None:
    server.write(entry(1) | {"message": {}})
    server.write(entry(2, convo="3lexamplegone"))
    server.write(entry(3))
    arrivals, cursor = await anext(brand.listen("3"))
    assert [arrival.external for arrival in arrivals] == ["m3"]
    assert cursor == "3lexamplerev02"


async def test_it_looks_often_while_people_talk_and_seldom_in_silence(
    server: FakeBluesky, client: httpx.AsyncClient
) -> None:
    naps = FewNaps(9)
    stream = Bluesky(config(server), client, naps).listen("3")
    server.write(entry())
    await anext(stream)
    with pytest.raises(Over):
        await anext(stream)
    assert naps.taken[0] == 4.0
    assert naps.taken == sorted(naps.taken)
    assert naps.taken[-1] == 60.0


async def test_it_goes_on_after_troubles(brand: Bluesky, server: FakeBluesky, naps: Naps) -> None:
    server.write(entry())
    twice_cut = [CUT, CUT]  # who only asks is asked again at once
    server.troubles += [TOO_MANY, *twice_cut, Trouble(Answer(502)), Trouble(Answer(200, b"{}"))]
    server.weak_at = "getLog"
    arrivals, _ = await anext(brand.listen("3"))
    assert len(arrivals) == 1
    assert naps.taken[0] == 30.0
    assert len(naps.taken) == 4


async def test_an_app_password_without_messages_ends_listening_in_plain_words(
    brand: Bluesky, server: FakeBluesky, naps: Naps
) -> None:
    server.reads_messages = False
    with pytest.raises(SendError, match="Allow access to your direct messages") as raised:
        await anext(brand.listen("3"))
    assert raised.value.permanent
    assert naps.taken == []
    assert server.refreshes == 0
