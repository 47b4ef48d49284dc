"""X: its challenge, its signature, and what it delivers, over real HTTP."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from integrations.channels.contract import Attachment, BadPayload, Channel, Forged
from integrations.channels.x.channel import Config, X
from tests.fakes.local_platform import Door
from tests.fakes.x import APP, CONSUMER, OWN, PERSON, TOKEN, FakeX, fixture, signature

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture
def platform() -> Iterator[FakeX]:
    with FakeX() as fake:
        yield fake


def config(**more: Any) -> Config:
    given = {"account": OWN, "token": TOKEN, "consumer_secret": CONSUMER, "app_id": APP}
    return Config.model_validate(given | more)


@pytest.fixture
def brand(client: httpx.AsyncClient) -> X:
    return X(config(), client)


async def test_it_is_a_channel(brand: X) -> None:
    channel: Channel = brand
    assert (channel.kind, channel.account) == ("x", OWN)
    assert channel.capabilities.longest == 10_000


async def test_a_challenge_is_answered_with_the_consumer_secret(brand: X) -> None:
    answer = brand.challenge({"crc_token": "an-invented_token=", "nonce": "1"})
    assert answer is not None
    assert json.loads(answer) == {"response_token": signature(b"an-invented_token=")}


@pytest.mark.parametrize("token", ["", "{}", '{"data": 1}', '"', "a" * 300, "é", "a\nb"])
async def test_nothing_that_could_be_a_delivery_is_signed_for_whoever_asks(
    brand: X, token: str
) -> None:
    assert brand.challenge({"crc_token": token}) is None


async def test_a_question_without_a_token_is_not_answered(brand: X) -> None:
    assert brand.challenge({"hub.challenge": "1"}) is None


async def test_a_delivery_is_believed_for_its_signature(platform: FakeX, brand: X) -> None:
    with Door(lambda raw, headers: brand.verify(raw, headers, NOW)) as door:
        assert platform.deliver_event(door.url, fixture("received")) == 200
        assert platform.deliver_event(door.url, fixture("received"), "another") == 401
    assert brand.parse(door.asked[0].body)[0].text == "Where is my order?"


@pytest.mark.parametrize(
    "given",
    ["", "sha256=", signature(fixture("photo")), signature(fixture("received"))[7:], "é",
     signature(fixture("received")) + "=", signature(fixture("received")).lower()],
)  # fmt: skip
async def test_another_signature_is_forged(brand: X, given: str) -> None:
    with pytest.raises(Forged):
        brand.verify(fixture("received"), {"X-Twitter-Webhooks-Signature": given}, NOW)


async def test_a_delivery_without_a_header_or_with_one_more_byte_is_forged(brand: X) -> None:
    raw = fixture("received")
    with pytest.raises(Forged):
        brand.verify(raw, {}, NOW)
    with pytest.raises(Forged):
        brand.verify(raw + b" ", {"x-twitter-webhooks-signature": signature(raw)}, NOW)


@pytest.mark.parametrize(
    ("event", "external", "name"),
    [
        ("received", "1900000000000000101", "Example Person"),
        ("account_activity", "1900000000000000108", "Example Person"),
        ("event", "1900000000000000105", ""),
    ],
)
async def test_each_shape_says_who_and_what_and_when(
    brand: X, event: str, external: str, name: str
) -> None:
    (arrival,) = brand.parse(fixture(event))
    assert (arrival.happened, arrival.external, arrival.at) == ("message", external, NOW)
    assert (arrival.conversation, arrival.contact) == (f"{OWN}-{PERSON}", PERSON)
    assert (arrival.name, arrival.text) == (name, "Where is my order?")


async def test_pictures_are_listed(brand: X) -> None:
    (arrival,) = brand.parse(fixture("photo"))
    place = "https://media.x.example/dm/900.jpg"
    assert arrival.attachments == (Attachment("image", reference=place),)


@pytest.mark.parametrize(
    ("event", "state"), [("sent_by_us", "agent"), ("sent_by_person", "person")]
)
async def test_our_own_side_is_an_echo_that_says_who_spoke(
    brand: X, event: str, state: str
) -> None:
    (arrival,) = brand.parse(fixture(event))
    assert (arrival.happened, arrival.state, arrival.ours) == ("echo", state, "")
    assert (arrival.conversation, arrival.contact) == (f"{OWN}-{PERSON}", PERSON)
    assert brand.capabilities.echo


async def test_without_the_app_nobody_is_taken_for_a_colleague(client: httpx.AsyncClient) -> None:
    brand = X(config(app_id=""), client)
    assert brand.parse(fixture("sent_by_us")) == brand.parse(fixture("sent_by_person")) == []
    assert not brand.capabilities.echo


@pytest.mark.parametrize("event", ["group", "other_account", "typing", "post"])
async def test_what_is_not_for_us_is_left_out(brand: X, event: str) -> None:
    assert brand.parse(fixture(event)) == []


@pytest.mark.parametrize("field", [b"user_id", b"recipient_id"])
async def test_what_others_are_told_is_left_out(brand: X, field: bytes) -> None:
    ours, others = (b'"%s": "%s"' % (field, one) for one in (OWN.encode(), b"7000009"))
    assert ours in fixture("received")
    assert brand.parse(fixture("received").replace(ours, others)) == []


async def test_the_older_account_stands_first_in_a_conversation(brand: X) -> None:
    (arrival,) = brand.parse(fixture("received").replace(PERSON.encode(), b"9990"))
    assert arrival.conversation == f"9990-{OWN}"


async def test_an_encrypted_message_is_left_out_with_a_warning(
    brand: X, caplog: pytest.LogCaptureFixture
) -> None:
    assert brand.parse(fixture("encrypted")) == []
    assert "encrypted_left_out" in caplog.text


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"\xff", b"{}", b"[" * 100_000, b'{"data": 17}', b'{"for_user_id": 4711}',
     fixture("received").replace(b"1795168800000", b"99999999999999"),
     fixture("received").replace(b'"text": "Where is my order?"', b'"text": [17]'),
     fixture("event").replace(b"2026-11-20T10:00:00.000Z", b"yesterday")],
)  # fmt: skip
async def test_a_broken_delivery_names_fields_and_no_values(brand: X, raw: bytes) -> None:
    with pytest.raises(BadPayload) as refused:
        brand.parse(raw)
    for value in ("99999999999999", "yesterday", "Example", "4711"):
        assert value not in str(refused.value)
