"""The web chat as a channel: its settings, its visitors, what they write, how often."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from integrations.channels.contract import BadPayload, Channel, Forged, Outgoing, Sent
from integrations.channels.web import inbound, looks
from integrations.channels.web.channel import Config, WebChat
from integrations.channels.web.limits import Allowance
from integrations.channels.web.listeners import Listeners
from integrations.channels.web.routes import web_chat
from integrations.channels.web.visitors import Visitors
from integrations.settings import SettingsError

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"


def config(**more: Any) -> Config:
    return Config.model_validate({"account": "site"} | more)


def visitors(account: str = "site", at: datetime = NOW, secret: bytes = SECRET) -> Visitors:
    return Visitors(secret, account, lambda: at)


@pytest.mark.parametrize(
    "origin", ["https://shop.example", "https://shop.example:8443", "http://127.0.0.1:3000"]
)
def test_an_origin_is_a_scheme_and_a_host(origin: str) -> None:
    assert config(origins=[origin]).origins == (origin,)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("origins", ["https://*.example"]),
        ("origins", ["https://shop.example/"]),
        ("origins", ["https://shop.example; script-src *"]),
        ("origins", ["https://shop.example\nX-Other: 1"]),
        ("origins", ["http://shop.example"]),
        ("origins", ["*"]),
        ("colour", "red"),
        ("colour", "#2f5d50; } body { display: none"),
        ("privacy", "javascript:alert(1)"),
        ("title", "x" * 81),
        ("account", "a/b"),
        ("secret", "of another channel"),
    ],
)
def test_a_wrong_setting_is_refused(setting: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        config(**{setting: value})
    assert refused.value.errors()[0]["loc"][0] == setting


def test_no_platform_can_deliver_to_it() -> None:
    channel: Channel = WebChat(config())
    assert (channel.kind, channel.capabilities.idempotent) == ("web", True)
    assert channel.challenge({"hub.challenge": "1"}) is None
    with pytest.raises(Forged):
        channel.verify(b"{}", {}, NOW)
    assert channel.parse(b'{"text": "hello"}') == []


@pytest.mark.anyio
async def test_sending_rings_at_the_pages_of_that_visitor_only() -> None:
    channel = WebChat(config())
    with channel.listeners.listening("v1") as mine, channel.listeners.listening("v2") as other:
        assert await channel.send(Outgoing("qh-1", "v1", "Hello")) == Sent("qh-1")
        assert await mine.wait(0)
        assert not await other.wait(0)


def test_a_visitor_has_few_pages_open_and_the_oldest_makes_room() -> None:
    listeners = Listeners(each=2, most=3)
    with listeners.listening("v1") as first, listeners.listening("v1") as second:
        with listeners.listening("v1") as third:
            assert (first.over, second.over, third.over) == (True, False, False)
            assert listeners.full
        assert not listeners.full


def test_all_pages_can_be_ended_so_that_the_service_can_stop() -> None:
    listeners = Listeners()
    with listeners.listening("v1") as one, listeners.listening("v2") as two:
        listeners.hang_up()
        assert (one.over, two.over) == (True, True)


def test_a_token_names_its_visitor_and_no_two_are_alike() -> None:
    ours = visitors()
    tokens = {ours.new() for _ in range(50)}
    names = {ours.name(token) for token in tokens}
    assert len(names) == 50
    assert min(map(len, names)) == 24


def test_a_token_is_nobodys_when_it_was_changed_or_made_elsewhere_or_is_old() -> None:
    token = visitors().new()
    visitor, issued, signature = token.split(".")
    assert visitors().name(token) == visitor
    assert visitors().name(f"{visitor[::-1]}.{issued}.{signature}") == ""
    assert visitors().name(f"{visitor}.{int(issued) + 1}.{signature}") == ""
    assert visitors().name(f"{visitor}.{issued}.{signature[::-1]}") == ""
    assert visitors().name("") == ""
    assert visitors(account="other").name(token) == ""
    assert visitors(secret=SECRET[::-1]).name(token) == ""
    assert visitors(at=NOW + timedelta(days=29)).name(token) == visitor
    assert visitors(at=NOW + timedelta(days=31)).name(token) == ""
    assert visitors(at=NOW - timedelta(hours=1)).name(token) == ""


def test_a_message_belongs_to_its_visitor() -> None:
    raw = b'{"id": "0123456789abcdef", "text": "<b>Hi</b>"}'
    arrival = inbound.read(raw, "v1", NOW)
    assert (arrival.happened, arrival.conversation, arrival.contact) == ("message", "v1", "v1")
    assert (arrival.text, arrival.at) == ("<b>Hi</b>", NOW)
    assert arrival.external != inbound.read(raw, "v2", NOW).external


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (b"", "the body"),
        (b"[1]", "the body"),
        (b'{"id": "0123456789abcdef", "text": "  "}', "text"),
        (b'{"id": "0123456789abcdef", "text": "' + b"x" * 2001 + b'"}', "text"),
        (b'{"id": "0123456789abcdef", "text": 7}', "text"),
        (b'{"id": "v2:0123456789abcdef", "text": "hi"}', "id"),
        (b'{"id": "0123456789abcdef", "text": "hi", "conversation": "v2"}', "conversation"),
        (b'{"id": "0123456789abcdef", "text": "\xff"}', "the body"),
    ],
)
def test_a_broken_message_is_refused_by_field_and_never_quoted(raw: bytes, field: str) -> None:
    with pytest.raises(BadPayload) as refused:
        inbound.read(raw, "v1", NOW)
    assert str(refused.value) == f"cannot be used: {field}"


def test_somebody_may_write_a_few_at_once_and_then_one_every_so_often() -> None:
    time = [100.0]
    allowance = Allowance(at_once=3, per_second=0.5, clock=lambda: time[0])
    assert [allowance.ask("v1") for _ in range(4)] == [0, 0, 0, 2.0]
    assert allowance.ask("v2") == 0
    time[0] += 2
    assert [allowance.ask("v1") for _ in range(2)] == [0, 2.0]
    time[0] += 60
    assert [allowance.ask("v1") for _ in range(4)] == [0, 0, 0, 2.0]


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("#ffffff", "#000000"),
        ("#000000", "#ffffff"),
        ("#ffd400", "#000000"),
        ("#2f5d50", "#ffffff"),
    ],
)
def test_what_stands_on_the_brands_colour_can_be_read(colour: str, ink: str) -> None:
    assert looks.ink(colour) == ink


def test_a_title_cannot_become_script_or_markup() -> None:
    nasty = config(title='</script><img src=x onerror="x">\u2028')
    assert "<img" not in looks.widget(nasty, "Brand")
    assert "<img" not in looks.page(nasty, "Brand", embedded=False)


def test_two_chats_cannot_share_the_address() -> None:
    one, two = WebChat(config()), WebChat(config(account="other"))
    assert web_chat({}) is None
    assert web_chat({("web", "site"): one}) is one
    with pytest.raises(SettingsError):
        web_chat({("web", "site"): one, ("web", "other"): two})


@pytest.mark.anyio
async def test_a_page_that_nobody_rings_at_looks_again_by_itself() -> None:
    with Listeners().listening("v1") as listener:
        rung, _ = await asyncio.gather(listener.wait(0.001), asyncio.sleep(0))
    assert rung is False
