"""Meta: what Messenger, Instagram and WhatsApp tell."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from integrations.channels.contract import Arrival, Attachment, BadPayload
from tests.channels.meta_accounts import account
from tests.fakes.meta import fixture

PERSON, FOLLOWER, USER = "7000000000000001", "880000000000001", "DE.13491208655302741918"


def told(name: str, raw: bytes | None = None, **more: Any) -> list[Arrival]:
    kind = name.split("__")[0]
    return account(kind, httpx.AsyncClient(), **more).parse(raw or fixture(name))


def test_a_message_says_who_wrote_what_and_when() -> None:
    assert told("messenger__message") == [
        Arrival(
            "message", "m_in-1", PERSON, datetime(2026, 11, 20, 10, 0, 0, 123000, UTC),
            contact=PERSON, text="Where is my order? 😀",
        )
    ]  # fmt: skip
    (instagram,) = told("instagram__message")
    assert (instagram.external, instagram.conversation) == ("aWdfin1", FOLLOWER)


def test_a_whatsapp_message_is_keyed_by_the_user_and_not_by_the_phone() -> None:
    (arrival,) = told("whatsapp__message")
    assert (arrival.conversation, arrival.contact, arrival.name) == (USER, USER, "Ada")
    assert arrival.at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    (hidden,) = told("whatsapp__hidden_phone")
    assert hidden.conversation == USER
    (old,) = told("whatsapp__phone_only")
    assert old.conversation == "491700000001"


@pytest.mark.parametrize(
    ("name", "said", "files"),
    [
        (
            "messenger__attachments",
            [""],
            [
                Attachment("image", "", "https://cdn.example/picture.jpg"),
                Attachment("sticker", "", "https://cdn.example/thumb.png"),
                Attachment("location", "", "48.1,11.5"),
                Attachment("file", "A page", "https://example.org/"),
            ],
        ),
        (
            "instagram__story_reply",
            ["Love it"],
            [Attachment("file", "story", "https://cdn.example/story")],
        ),
        (
            "whatsapp__attachments",
            ["My bill", "", "Yes", ""],
            [
                Attachment("file", "bill.pdf", "9001"),
                Attachment("location", "Shop", "48.1,11.5"),
                Attachment("file", "unsupported"),
            ],
        ),
        ("messenger__postback", ["Track my order"], []),
    ],
)
def test_what_came_along_is_listed(name: str, said: list[str], files: list[Attachment]) -> None:
    arrivals = told(name)
    assert [arrival.text for arrival in arrivals] == said
    assert [file for arrival in arrivals for file in arrival.attachments] == files


@pytest.mark.parametrize(
    ("name", "ours", "state", "whom"),
    [
        ("messenger__echo_ours", "qh-7", "agent", PERSON),
        ("messenger__echo_person", "", "person", PERSON),
        ("instagram__echo_app", "", "agent", FOLLOWER),
        ("instagram__echo_person", "", "person", FOLLOWER),
        ("whatsapp__echo_phone", "", "person", USER),
    ],
)
def test_an_echo_tells_our_words_from_a_persons(
    name: str, ours: str, state: str, whom: str
) -> None:
    (echo,) = told(name)
    assert (echo.happened, echo.ours, echo.state) == ("echo", ours, state)
    assert (echo.conversation, echo.contact) == (whom, whom)


def test_a_mark_of_another_app_is_not_ours() -> None:
    raw = fixture("messenger__echo_ours").replace(b"555000111", b"666000222")
    (echo,) = told("messenger__echo_ours", raw)
    assert (echo.ours, echo.state) == ("", "person")


def test_in_standby_the_thread_goes_to_people_before_the_message_is_kept() -> None:
    handover, message = told("messenger__standby")
    assert (handover.happened, handover.state, handover.text) == ("handover", "person", "")
    assert (message.happened, message.text) == ("message", "Are you a person?")
    assert handover.conversation == message.conversation == PERSON
    assert handover.external != message.external


@pytest.mark.parametrize(
    ("name", "owner"), [("messenger__handover", "agent"), ("messenger__taken", "person")]
)
def test_passing_the_thread_says_whose_it_is(name: str, owner: str) -> None:
    (arrival,) = told(name)
    assert (arrival.happened, arrival.state) == ("handover", owner)
    assert (arrival.conversation, arrival.text) == (PERSON, "")


def test_a_batch_is_taken_apart_and_other_accounts_are_left_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        pages = told("messenger__batch")
    assert [one.text for one in pages] == ["First", "Second", "Third"]
    assert "message.mid" in caplog.text  # a broken one does not hold up the others
    assert "no id" not in caplog.text
    numbers = told("whatsapp__batch")
    assert [(one.text, one.conversation) for one in numbers] == [("One", USER), ("Two", "GB.2")]


def test_a_batch_with_nothing_but_broken_events_is_refused() -> None:
    content = json.loads(fixture("messenger__message"))
    content["entry"][0]["messaging"][0]["timestamp"] = "my secret"
    with pytest.raises(BadPayload, match="timestamp") as refused:
        told("messenger__message", json.dumps(content).encode())
    assert "my secret" not in str(refused.value)


def test_a_message_from_nobody_is_refused() -> None:
    raw = fixture("whatsapp__hidden_phone").replace(b"user_id", b"user_no")
    with pytest.raises(BadPayload, match="contacts"):
        told("whatsapp__hidden_phone", raw)


def test_statuses_bring_our_mark_back() -> None:
    statuses = told("whatsapp__statuses")
    assert [one.state for one in statuses] == ["sent", "delivered", "read"]
    assert {(one.happened, one.ours, one.conversation) for one in statuses} == {
        ("status", "qh-7", USER)
    }
    assert len({one.external for one in statuses}) == 3


def test_a_failed_message_says_why_in_our_words() -> None:
    (failed,) = told("whatsapp__failed")
    assert (failed.state, failed.ours) == ("failed", "qh-7")
    assert "24 hours" in failed.text


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("messenger__delivery", ["m_out-1:delivered", "m_out-2:delivered"]),
        ("instagram__read", ["aWdfout1:read"]),
    ],
)
def test_receipts_name_their_messages(name: str, states: list[str]) -> None:
    assert [one.external for one in told(name)] == states


def test_what_is_edited_or_taken_back_is_told_as_news_of_the_old_message() -> None:
    edited, deleted = told("whatsapp__changed")
    assert (edited.happened, edited.text) == ("edited", "Where is order 7?")
    assert edited.external.startswith("wamid.in1:edited")
    assert (deleted.happened, deleted.external) == ("deleted", "wamid.in3:deleted")
    (unsent,) = told("instagram__unsent")
    assert (unsent.happened, unsent.external) == ("deleted", "aWdfin1:deleted")
    (changed,) = told("instagram__edited")
    assert (changed.happened, changed.text) == ("edited", "Do you ship to Porto?")


@pytest.mark.parametrize("name", ["messenger__reaction", "instagram__self"])
def test_what_is_not_for_us_is_left_out(name: str) -> None:
    assert told(name) == []


def test_the_same_delivery_twice_has_the_same_ids() -> None:
    for name in ("messenger__standby", "whatsapp__statuses", "messenger__handover"):
        assert told(name) == told(name)


def test_null_characters_do_not_reach_a_database() -> None:
    raw = fixture("messenger__message").replace(b"order?", b"order\\u0000?")
    assert told("messenger__message", raw)[0].text == "Where is my order? 😀"
