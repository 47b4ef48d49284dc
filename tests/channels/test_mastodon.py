"""Mastodon: what it tells, by stream and by catching up, over real HTTP."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from integrations.channels.contract import Attachment, BadPayload, Channel, Forged, SendError
from integrations.channels.mastodon.channel import Config, Mastodon
from integrations.channels.mastodon.inbound import plain
from tests.fakes.local_platform import Naps
from tests.fakes.mastodon import OWN, TOKEN, FakeMastodon, fixture

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
WORDS = "Where is my order & parcel?\nIt is https://shop.example/orders/a-long-address\n\nThanks"


@pytest.fixture
def server() -> Iterator[FakeMastodon]:
    with FakeMastodon() as fake:
        yield fake


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def brand(server: FakeMastodon, client: httpx.AsyncClient, naps: Naps) -> Mastodon:
    return Mastodon(config(server), client, naps)


def config(server: FakeMastodon, token: str = TOKEN) -> Config:
    return Config.model_validate({"account": OWN, "url": server.url, "token": token})


def mention(number: int, text: str = "Hello", **change: Any) -> dict[str, Any]:
    notification: dict[str, Any] = json.loads(fixture("mention"))
    notification["status"] |= {"id": f"9{number}", "content": f"<p>{text}</p>"} | change
    return notification | {"id": str(number)}


async def test_it_is_a_channel_that_takes_no_webhooks(brand: Mastodon) -> None:
    channel: Channel = brand
    assert (channel.kind, channel.account) == ("mastodon", OWN)
    assert channel.challenge({"hub.challenge": "1"}) is None
    with pytest.raises(Forged):
        channel.verify(fixture("mention"), {}, NOW)


async def test_a_private_mention_says_who_and_what_and_when(brand: Mastodon) -> None:
    (arrival,) = brand.parse(fixture("mention"))
    assert (arrival.happened, arrival.external, arrival.at) == ("message", "9001", NOW)
    assert (arrival.conversation, arrival.contact) == ("person@elsewhere.example", "1102")
    assert (arrival.name, arrival.text) == ("Example Person", WORDS)


async def test_pictures_are_listed_and_a_warning_is_read_too(brand: Mastodon) -> None:
    (arrival,) = brand.parse(fixture("mention_with_picture"))
    assert arrival.text == "A broken parcel"
    assert arrival.attachments == (
        Attachment("image", "A parcel", "https://files.mastodon.example/71.jpg"),
    )


@pytest.mark.parametrize("event", ["public_mention", "favourite", "bot", "follow"])
async def test_what_is_not_for_us_is_left_out(brand: Mastodon, event: str) -> None:
    assert brand.parse(fixture(event)) == []


@pytest.mark.parametrize("raw", [b"", b"[]", b"\xff", b'{"id": "4711"}', b"[" * 100_000])
async def test_what_is_no_notification_is_refused(brand: Mastodon, raw: bytes) -> None:
    with pytest.raises(BadPayload):
        brand.parse(raw)


@pytest.mark.parametrize("time", [b"4711x", b"0001-01-01T00:00:00+14:00"])
async def test_a_broken_notification_names_fields_and_no_values(
    brand: Mastodon, time: bytes
) -> None:
    with pytest.raises(BadPayload, match=r"status\.created_at") as refused:
        brand.parse(fixture("mention").replace(b"2026-11-20T10:00:00.000Z", time))
    assert time.decode() not in str(refused.value)
    assert "Example" not in str(refused.value)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("<p>@someone else</p>", "@someone else"),
        ("", ""),
        ("a\0b", "ab"),
        ("<b>" * 3000 + "deep", "deep"),
    ],
)
async def test_html_becomes_text(html: str, text: str) -> None:
    assert plain(html).replace("\ufffd", "") == text


async def test_only_our_own_name_in_front_is_taken_away(brand: Mastodon) -> None:
    for said, read in [
        ("@brand @brand@mastodon.example hi", "hi"),
        ("@Brand, hi", ", hi"),
        ("@brandy hi", "@brandy hi"),
        ("@other @brand hi", "@other @brand hi"),
    ]:
        (arrival,) = brand.parse(json.dumps(mention(600, said)).encode())
        assert arrival.text == read


async def test_it_starts_from_now_where_nothing_was_heard_yet(
    brand: Mastodon, server: FakeMastodon
) -> None:
    server.notifications = [mention(490, "long ago")]
    stream = brand.listen("")
    assert await anext(stream) == ([], "490")
    server.notify(fixture("mention"))
    arrivals, cursor = await anext(stream)
    assert [(arrival.text, cursor) for arrival in arrivals] == [(WORDS, "501")]
    await stream.aclose()


async def test_all_that_was_missed_comes_in_order_before_what_is_new(
    brand: Mastodon, server: FakeMastodon
) -> None:
    server.notifications = [mention(number) for number in range(90, 300)]
    stream, heard = brand.listen("99"), list[str]()
    while len(heard) < 200:
        arrivals, cursor = await anext(stream)
        heard += [arrival.external for arrival in arrivals]
    assert heard == [f"9{number}" for number in range(100, 300)]
    assert cursor == "299"
    await stream.aclose()


async def test_a_lost_stream_is_opened_again_and_nothing_is_lost(
    brand: Mastodon, server: FakeMastodon, naps: Naps
) -> None:
    stream = brand.listen("900")
    server.say("notification", json.dumps(mention(800)).encode())  # told by the stream alone
    assert [arrival.external for arrival in (await anext(stream))[0]] == ["9800"]
    server.notifications.append(mention(901, "in between"))
    server.hang_up()
    arrivals, cursor = await anext(stream)
    assert ([arrival.text for arrival in arrivals], cursor) == (["in between"], "901")
    assert len(naps.taken) == 1
    await stream.aclose()


async def test_words_with_unusual_line_ends_arrive(brand: Mastodon, server: FakeMastodon) -> None:
    stream = brand.listen("900")
    late = mention(800, "one\u2028two\u0085three")  # told by the stream alone
    server.say("notification", json.dumps(late).encode())
    arrivals, cursor = await anext(stream)
    assert [arrival.text for arrival in arrivals] == ["one\u2028two\u0085three"]
    assert cursor == "900"
    await stream.aclose()


async def test_a_broken_notification_does_not_hold_up_the_others(
    brand: Mastodon, server: FakeMastodon
) -> None:
    server.notifications = [mention(501, visibility=7), mention(502)]
    stream = brand.listen("500")
    arrivals, cursor = await anext(stream)
    assert ([arrival.external for arrival in arrivals], cursor) == (["9502"], "502")
    await stream.aclose()


async def test_an_answer_from_the_app_is_an_echo_and_ours_is_not(
    brand: Mastodon, server: FakeMastodon
) -> None:
    stream = brand.listen("500")
    server.say("update", fixture("own_by_us"))
    server.say("update", fixture("own_by_person"))
    ((arrival,), cursor) = await anext(stream)
    assert (arrival.happened, arrival.ours, arrival.external) == ("echo", "", "9101")
    assert arrival.conversation == "person@elsewhere.example"
    assert (arrival.text, cursor) == ("A colleague answers.", "500")
    assert brand.capabilities.echo
    await stream.aclose()


async def test_a_revoked_token_ends_listening_in_plain_words(
    server: FakeMastodon, client: httpx.AsyncClient, naps: Naps
) -> None:
    other = Mastodon(config(server, "another"), client, naps)
    with pytest.raises(SendError, match="token") as raised:
        await anext(other.listen("1"))
    assert raised.value.permanent
    assert naps.taken == []


async def test_settings_that_hold_messages_back_are_named(
    brand: Mastodon, server: FakeMastodon, caplog: pytest.LogCaptureFixture
) -> None:
    server.policy["for_private_mentions"] = "filter"
    (complaint,) = await brand.prepare()
    assert "for_private_mentions" in complaint
