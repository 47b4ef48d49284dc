"""Chatwoot: who is believed, and what an agent bot is told."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from integrations.channels.chatwoot.channel import Chatwoot, Config
from integrations.channels.contract import Arrival, Attachment, BadPayload, Channel, Forged
from tests.fakes.chatwoot import ACCOUNT, PATH_SECRET, SECRET, TOKEN, FakeChatwoot, fixture, signed
from tests.fakes.local_platform import Door

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
RAW = fixture("message")
BY_PATH = {"X-Quiethand-Path-Secret": PATH_SECRET}


def bot(**more: Any) -> Chatwoot:
    given = {"account": ACCOUNT, "url": "https://chat.example", "token": TOKEN, "secret": SECRET}
    return Chatwoot(Config.model_validate(given | more), httpx.AsyncClient())


def told(event: str) -> list[Arrival]:
    return bot().parse(fixture(event))


def test_it_is_a_channel() -> None:
    channel: Channel = bot()
    assert (channel.kind, channel.account) == ("chatwoot", "5")
    assert channel.challenge({"hub.mode": "subscribe"}) is None


def test_what_chatwoot_signed_just_now_is_believed() -> None:
    bot().verify(RAW, signed(RAW, NOW), NOW + timedelta(minutes=4))
    with FakeChatwoot() as chatwoot:
        one = bot()
        with Door(lambda raw, headers: one.verify(raw, headers, NOW)) as door:
            assert chatwoot.deliver_event(door.url, RAW, NOW) == 200
            assert chatwoot.deliver_event(door.url, RAW, NOW, secret="guessed") == 401


@pytest.mark.parametrize(
    ("raw", "headers", "minutes"),
    [
        (RAW, {}, 0),
        (RAW, BY_PATH, 0),
        (RAW, signed(RAW, NOW, "another secret"), 0),
        (RAW + b" ", signed(RAW, NOW), 0),
        (RAW, signed(RAW, NOW), 6),
        (RAW, signed(RAW, NOW), -6),
        (RAW, signed(RAW, NOW) | {"X-Chatwoot-Timestamp": "1795168801"}, 0),
        (RAW, signed(RAW, NOW) | {"X-Chatwoot-Timestamp": "é\ud800"}, 0),
        (RAW, {"X-Chatwoot-Signature": signed(RAW, NOW)["X-Chatwoot-Signature"]}, 0),
    ],
)
def test_what_is_not_signed_or_stale_is_forged(
    raw: bytes, headers: dict[str, str], minutes: int
) -> None:
    with pytest.raises(Forged) as refused:
        bot().verify(raw, headers, NOW + timedelta(minutes=minutes))
    assert SECRET not in str(refused.value)


def test_older_versions_sign_nothing_and_are_believed_for_a_secret_address() -> None:
    old = bot(secret="", path_secret=PATH_SECRET)
    old.verify(RAW, BY_PATH, NOW)
    for wrong in ({}, {"X-Quiethand-Path-Secret": "guessed"}, signed(RAW, NOW)):
        with pytest.raises(Forged):
            old.verify(RAW, wrong, NOW)


def test_where_both_are_set_both_must_be_right() -> None:
    both = bot(path_secret=PATH_SECRET)
    both.verify(RAW, signed(RAW, NOW) | BY_PATH, NOW)
    for half in (signed(RAW, NOW), BY_PATH):
        with pytest.raises(Forged):
            both.verify(RAW, half, NOW)


def test_a_message_says_who_wrote_what_and_where() -> None:
    assert told("message") == [
        Arrival(
            "message", "1001", "42", datetime(2026, 11, 20, 10, 0, 0, 123000, UTC),
            contact="17", name="Ada", text="Where is my order?",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "time", ['"2026-11-20 10:00:00 UTC"', '"2026-11-20T10:00:00"', "1795168800"]
)
def test_a_time_is_read_however_a_version_writes_it(time: str) -> None:
    raw = RAW.replace(b'"2026-11-20T10:00:00.123Z"', time.encode())
    assert bot().parse(raw)[0].at == NOW


def test_in_an_open_conversation_people_have_it_before_the_message_is_kept() -> None:
    handover, message = told("message_open")
    assert (handover.happened, handover.state, handover.text) == ("handover", "person", "")
    assert (message.happened, message.external) == ("message", "1002")
    assert handover.conversation == message.conversation == "42"
    assert handover.contact == message.contact == "17"


def test_files_are_listed() -> None:
    (arrival,) = told("attachments")
    assert arrival.text == ""
    assert arrival.attachments == (
        Attachment("image", "", "https://chat.example/rails/active_storage/1/picture.png"),
        Attachment("location", "Shop", "48.1,11.5"),
        Attachment("file", "story_mention", "https://cdn.example/story"),
    )


@pytest.mark.parametrize(
    ("event", "ours", "state"),
    [
        ("reply_ours", "qh-7", "agent"),
        ("reply_person", "", "person"),
        ("reply_native_app", "", "person"),
    ],
)
def test_an_echo_tells_our_words_from_a_persons(event: str, ours: str, state: str) -> None:
    (echo,) = told(event)
    assert (echo.happened, echo.ours, echo.state) == ("echo", ours, state)
    assert (echo.conversation, echo.contact) == ("42", "17")


@pytest.mark.parametrize("event", ["note", "reply_other_bot", "greeting", "widget"])
def test_notes_and_the_words_of_machines_are_left_out(event: str) -> None:
    assert told(event) == []


@pytest.mark.parametrize("event", ["message", "reply_person", "failed"])
def test_another_account_is_left_out(event: str) -> None:
    assert bot(account="6").parse(fixture(event)) == []


@pytest.mark.parametrize(("event", "owner"), [("opened", "person"), ("resolved", "agent")])
def test_the_state_of_a_conversation_says_whose_it_is(event: str, owner: str) -> None:
    (arrival,) = told(event)
    assert (arrival.happened, arrival.state) == ("handover", owner)
    assert (arrival.conversation, arrival.contact) == ("42", "17")


def test_two_events_about_one_change_have_one_id() -> None:
    changed = fixture("opened").replace(b"conversation_opened", b"conversation_status_changed")
    assert bot().parse(changed) == told("opened")


def test_a_message_that_the_platform_behind_did_not_take_failed() -> None:
    (arrival,) = told("failed")
    assert (arrival.happened, arrival.state, arrival.ours) == ("status", "failed", "qh-7")
    assert "Re-engagement" not in arrival.text


def test_a_deleted_message_is_told() -> None:
    (arrival,) = told("deleted")
    assert (arrival.happened, arrival.external, arrival.text) == ("deleted", "1001:deleted", "")


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"\xff", b"[" * 5000, b'{"event": "message_created"}',
     RAW.replace(b'"id": 42', b'"id": "my secret"'),
     RAW.replace(b"2026-11-20T10", b"my secret"),
     RAW.replace(b"incoming", b"my secret")],
)  # fmt: skip
def test_a_broken_body_names_fields_and_no_values(raw: bytes) -> None:
    with pytest.raises(BadPayload, match="no event of Chatwoot") as refused:
        bot().parse(raw)
    assert "my secret" not in str(refused.value)


def test_an_event_of_a_version_to_come_is_left_out() -> None:
    assert bot().parse(json.dumps({"event": "conversation_dreamt", "id": "?"}).encode()) == []


def test_secrets_may_stand_in_files(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    one = bot(secret="", secret_file=str(file))
    one.verify(RAW, signed(RAW, NOW), NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"token": ""}, {"token": "in two words"}, {"secret": ""}, {"account": "../1"}, {"url": "x"},
     {"secret": "", "path_secret": "short"}, {"surprise": 1}, {"token_file": "/nowhere"}],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused_without_their_values(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        bot(**wrong)
    assert TOKEN not in str(refused.value)
    assert "in two words" not in str(refused.value)
