"""Meta: who may ask, who is believed, and which settings are taken."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from integrations.channels.contract import BadPayload, Channel, Forged
from integrations.channels.meta.channel import CHANNELS
from tests.channels.meta_accounts import ACCOUNTS, account, settings
from tests.fakes.local_platform import Door
from tests.fakes.meta import APP_SECRET, TOKEN, VERIFY_TOKEN, FakeMeta, fixture, signed

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
RAW = fixture("messenger__message")


@pytest.fixture(params=list(CHANNELS))
def channel(request: pytest.FixtureRequest) -> Channel:
    return account(request.param, httpx.AsyncClient())


def test_each_kind_is_a_channel(channel: Channel) -> None:
    assert channel.account == ACCOUNTS[channel.kind]
    assert channel.capabilities.window_hours == 24
    assert not channel.capabilities.idempotent


def test_the_challenge_is_repeated_to_who_knows_the_token(channel: Channel) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "4711"}
    assert channel.challenge(asked) == "4711"
    assert channel.challenge(asked | {"hub.verify_token": "guessed"}) is None
    assert channel.challenge(asked | {"hub.verify_token": "\ud800é"}) is None
    assert channel.challenge(asked | {"hub.mode": "unsubscribe"}) is None
    assert channel.challenge({}) is None


def test_what_the_app_signed_is_believed(channel: Channel) -> None:
    channel.verify(RAW, signed(RAW), NOW)
    channel.verify(RAW, {name.upper(): value for name, value in signed(RAW).items()}, NOW)


@pytest.mark.parametrize(
    ("raw", "headers"),
    [
        (RAW, {}),
        (RAW, {"X-Hub-Signature-256": ""}),
        (RAW, {"X-Hub-Signature-256": "sha256=é\ud800"}),
        (RAW, signed(RAW, "another secret")),
        (RAW, signed(RAW, "")),
        (RAW + b" ", signed(RAW)),
        (RAW.replace(b"order", b"other"), signed(RAW)),
        (RAW, {"X-Hub-Signature": signed(RAW)["X-Hub-Signature-256"]}),
    ],
)
def test_what_the_app_did_not_sign_is_forged(
    channel: Channel, raw: bytes, headers: dict[str, str]
) -> None:
    with pytest.raises(Forged) as refused:
        channel.verify(raw, headers, NOW)
    assert APP_SECRET not in str(refused.value)


def test_a_signature_is_over_bytes_and_not_over_what_they_mean(channel: Channel) -> None:
    escaped = RAW.decode().encode("ascii", "backslashreplace")
    channel.verify(escaped, signed(escaped), NOW)
    with pytest.raises(Forged):
        channel.verify(RAW, signed(escaped), NOW)


def test_a_webhook_comes_over_the_wire(channel: Channel) -> None:
    with FakeMeta() as meta, Door(lambda raw, headers: channel.verify(raw, headers, NOW)) as door:
        assert meta.deliver_event(door.url, RAW) == 200
        assert meta.deliver_event(door.url, RAW, secret="guessed") == 401
        assert door.asked[0].body == RAW


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"\xff", b"[" * 5000, b"{}", b'{"object": "page", "entry": "secret"}']
)
def test_a_broken_body_names_fields_and_no_values(channel: Channel, raw: bytes) -> None:
    with pytest.raises(BadPayload, match="no webhook of Meta") as refused:
        channel.parse(raw)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("kind", list(CHANNELS))
def test_what_belongs_to_another_product_of_the_app_is_left_out(kind: str) -> None:
    one = account(kind, httpx.AsyncClient())
    others = [name for name in CHANNELS if name != kind]
    assert [one.parse(fixture(f"{name}__message")) for name in others] == [[], []]


@pytest.mark.parametrize(
    "wrong",
    [
        {"token": ""},
        {"token": "in two words"},
        {"app_secret": "line\nbreak"},
        {"account": "../me"},
        {"version": "latest"},
        {"url": "ftp://example.org"},
        {"surprise": 1},
        {"token_file": "/nowhere"},
    ],
)
def test_settings_that_cannot_work_are_refused_without_their_values(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        CHANNELS["messenger"][0].model_validate(settings("messenger") | wrong)
    assert TOKEN not in str(refused.value)
    assert "in two words" not in str(refused.value)
