"""The generic webhook: its events and their signature, over real HTTP."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from integrations.channels.contract import (
    Attachment,
    BadPayload,
    Channel,
    Forged,
)
from integrations.channels.webhook.channel import Config, Webhook
from tests.fakes.local_platform import Door
from tests.fakes.webhook import SECRET, FakeReceiver, fixture

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture
def receiver() -> Iterator[FakeReceiver]:
    with FakeReceiver() as fake:
        yield fake


def config(**more: Any) -> Config:
    given = {"account": "our-forum", "url": "https://forum.example/in", "secret": SECRET}
    return Config.model_validate(given | more)


@pytest.fixture
def forum(receiver: FakeReceiver, client: httpx.AsyncClient) -> Webhook:
    return Webhook(config(url=receiver.url), client, lambda: NOW)


async def test_it_is_a_channel_that_can_what_its_settings_say(client: httpx.AsyncClient) -> None:
    given = {"window_hours": 24, "echo": True, "idempotent": True, "account_per_second": 0.5}
    settings = config(longest=280, **given)
    channel: Channel = Webhook(settings, client)
    assert (channel.kind, channel.account) == ("webhook", "our-forum")
    assert channel.capabilities.longest == 280
    assert channel.capabilities.account_per_second == 0.5
    assert channel.capabilities.window_hours == 24
    assert channel.capabilities.echo
    assert channel.capabilities.idempotent
    assert channel.capabilities.idempotent_hours == 24
    assert channel.challenge({"hub.challenge": "1"}) is None


async def test_a_message_says_who_and_what_and_when(forum: Webhook) -> None:
    (arrival,) = forum.parse(fixture("message"))
    assert (arrival.happened, arrival.external, arrival.at) == ("message", "e-1", NOW)
    assert (arrival.conversation, arrival.contact) == ("c-7", "p-3")
    assert (arrival.name, arrival.text) == ("Example Person", "Where is my order?")
    assert arrival.attachments == (
        Attachment("image", "parcel.jpg", "https://files.example/parcel.jpg"),
    )


@pytest.mark.parametrize(
    ("event", "happened", "ours", "state"),
    [
        ("edited", "edited", "", ""),
        ("echo", "echo", "", ""),
        ("echo_of_ours", "echo", "m-1", ""),
        ("status", "status", "m-1", "delivered"),
        ("handover", "handover", "", "person"),
    ],
)
async def test_events_tell_what_happened(
    forum: Webhook, event: str, happened: str, ours: str, state: str
) -> None:
    (arrival,) = forum.parse(fixture(event))
    assert (arrival.happened, arrival.ours, arrival.state) == (happened, ours, state)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"at": "yesterday-4711"}, "at"),
        ({"at": "2026-11-20T10:00:00"}, "at"),
        ({"at": 1795168800}, "at"),
        ({"at": "1795168800"}, "at"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at"),
        ({"text": None}, "text"),
        ({"text": "4711" * 6000}, "text"),
        ({"id": ""}, "id"),
        ({"id": "4711\r\nX-Header: 1"}, "id"),
        ({"conversation": "4711\0"}, "conversation"),
        ({"contact": 4711}, "contact"),
        ({"type": "4711"}, "type"),
        ({"attachments": [{"kind": "4711"}]}, "attachments.0.kind"),
        ({"colour": "4711"}, "colour"),
        ({"a line\nof the log": "4711"}, "the body"),
    ],
)
async def test_a_broken_event_names_fields_and_no_values(
    forum: Webhook, change: dict[str, object], field: str
) -> None:
    with pytest.raises(BadPayload) as refused:
        forum.parse(json.dumps(json.loads(fixture("message")) | change).encode())
    assert str(refused.value).startswith(f"{field}: ")
    assert "4711" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"\xff", b"[" * 5000, b'{"id": "\\ud800"}'])
async def test_what_is_no_event_is_refused(forum: Webhook, raw: bytes) -> None:
    with pytest.raises(BadPayload):
        forum.parse(raw)


async def test_no_null_character_reaches_the_database(forum: Webhook) -> None:
    raw = json.dumps(json.loads(fixture("message")) | {"text": "a\0b"}).encode()
    assert forum.parse(raw)[0].text == "ab"


async def test_signed_events_are_believed_and_forged_stale_and_early_ones_not(
    receiver: FakeReceiver, forum: Webhook
) -> None:
    event = json.loads(fixture("message"))
    with (
        Door(lambda raw, headers: forum.verify(raw, headers, NOW)) as door,
        FakeReceiver("some-other-secret-that-nobody-agreed-on") as stranger,
    ):
        assert receiver.deliver_event(door.url, event, NOW) == 200
        assert receiver.deliver_event(door.url, event, NOW - timedelta(seconds=299)) == 200
        assert receiver.deliver_event(door.url, event, NOW - timedelta(seconds=301)) == 401
        assert receiver.deliver_event(door.url, event, NOW + timedelta(seconds=301)) == 401
        assert stranger.deliver_event(door.url, event, NOW) == 401
    assert forum.parse(door.asked[0].body) == forum.parse(fixture("message"))


@pytest.mark.parametrize(
    "change",
    [
        {"X-Quiethand-Signature": ""},
        {"X-Quiethand-Signature": "v1="},
        {"X-Quiethand-Signature": "é"},
        {"X-Quiethand-Timestamp": ""},
        {"X-Quiethand-Timestamp": "1795168801"},
        {"X-Quiethand-Timestamp": "-1795168800"},
        {"X-Quiethand-Timestamp": "١٧٩٥١٦٨٨٠٠"},
        {"X-Quiethand-Timestamp": "9" * 5000},
    ],
)
async def test_changed_headers_are_forged(
    receiver: FakeReceiver, forum: Webhook, change: dict[str, str]
) -> None:
    raw = fixture("message")
    with pytest.raises(Forged):
        forum.verify(raw, receiver.headers_for(raw, NOW) | change, NOW)


async def test_changed_bytes_and_missing_headers_are_forged(
    receiver: FakeReceiver, forum: Webhook
) -> None:
    raw = fixture("message")
    with pytest.raises(Forged):
        forum.verify(raw + b" ", receiver.headers_for(raw, NOW), NOW)
    with pytest.raises(Forged):
        forum.verify(raw, {}, NOW)
