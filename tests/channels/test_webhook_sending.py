"""The generic webhook: its answers, its settings and its documentation, over real HTTP."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
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
from integrations.channels.webhook import channel as source
from integrations.channels.webhook.channel import Config, Webhook, schema
from tests.channels.trying import error_of, judged
from tests.fakes.local_platform import Answer, Trouble
from tests.fakes.webhook import CLOSED, CUT, SECRET, SLOW, TOO_MANY, FakeReceiver

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
HELLO = Outgoing(mark="m-1", conversation="c-7", text="It is on its way.", reply_to="e-1")
README = Path(source.__file__).with_name("README.md").read_text(encoding="utf-8")


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


@pytest.fixture
def hasty(receiver: FakeReceiver, client: httpx.AsyncClient) -> Webhook:
    return Webhook(config(url=receiver.url), client, lambda: NOW, seconds=1.0)


@pytest.fixture
def careful(receiver: FakeReceiver, client: httpx.AsyncClient) -> Webhook:
    return Webhook(config(url=receiver.url, idempotent=True), client, lambda: NOW)


async def test_an_answer_is_signed_and_carries_its_mark(
    forum: Webhook, receiver: FakeReceiver
) -> None:
    assert await forum.send(HELLO) == Sent("theirs-1")
    assert receiver.taken["m-1"] == {
        "id": "m-1",
        "conversation": "c-7",
        "text": "It is on its way.",
        "reply_to": "e-1",
        "by_person": False,
    }
    posted = receiver.asked[0]
    forum.verify(posted.body, posted.headers, NOW)


@pytest.mark.parametrize(
    ("trouble", "permanent", "unknown", "wait"),
    [
        (TOO_MANY, False, False, 9.0),
        (CLOSED, True, False, None),
        (Trouble(Answer(400)), True, False, None),
        (Trouble(Answer(301, headers={"Location": "http://127.0.0.1:1/"})), True, False, None),
        (Trouble(Answer(500)), False, False, None),
        (Trouble(Answer(503, headers={"Retry-After": "soon"})), False, False, None),
        (Trouble(Answer(504)), False, True, None),
        (CUT, False, True, None),
        (SLOW, False, True, None),
    ],
)
async def test_troubles_say_what_may_be_done(
    forum: Webhook, hasty: Webhook, receiver: FakeReceiver, trouble: Trouble,
    permanent: bool, unknown: bool, wait: float | None,
) -> None:  # fmt: skip
    receiver.troubles.append(trouble)
    error = await error_of(hasty if trouble is SLOW else forum, HELLO, SECRET)
    assert judged(error) == (permanent, unknown, wait)


@pytest.mark.parametrize("trouble", [CUT, SLOW])
async def test_a_receiver_that_keeps_keys_takes_a_message_once(
    careful: Webhook, receiver: FakeReceiver, client: httpx.AsyncClient, trouble: Trouble
) -> None:
    receiver.troubles.append(trouble)
    hasty = Webhook(config(url=receiver.url, idempotent=True), client, seconds=1.0)
    with pytest.raises(SendError) as raised:
        await hasty.send(HELLO)
    assert (raised.value.permanent, raised.value.unknown) == (False, False)
    assert await careful.send(HELLO) == Sent("theirs-1")
    assert len(receiver.asked) == 2
    assert len(receiver.taken) == 1


async def test_a_wrong_secret_is_said_in_plain_words(
    receiver: FakeReceiver, client: httpx.AsyncClient
) -> None:
    with pytest.raises(SendError, match="secrets") as raised:
        await Webhook(config(url=receiver.url, secret=SECRET + "x"), client).send(HELLO)
    assert raised.value.permanent


async def test_a_mark_cannot_add_a_header(forum: Webhook, receiver: FakeReceiver) -> None:
    with pytest.raises(SendError) as raised:
        await forum.send(Outgoing("m-1\r\nX-Other: 1", "c-7", "Hello"))
    assert raised.value.permanent
    assert receiver.asked == []


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b'{"id": null}', b'{"id": [1]}'])
async def test_a_receiver_need_not_name_the_message(
    forum: Webhook, receiver: FakeReceiver, body: bytes
) -> None:
    receiver.troubles.append(Trouble(Answer(200, body)))
    assert await forum.send(HELLO) == Sent("")


async def test_the_readme_names_every_field_of_the_schema() -> None:
    posted = README.partition("## What you post")[2].partition("## Signature")[0]
    rows = re.findall(r"^\| `(\w+)` \| (yes)? *\|", posted, re.MULTILINE)
    event = schema()["event"]
    assert [field for field, _ in rows] == list(event["properties"])
    assert [field for field, needed in rows if needed] == event["required"]


async def test_the_readme_examples_are_true(
    forum: Webhook, receiver: FakeReceiver, client: httpx.AsyncClient
) -> None:
    event, *_, answer = re.findall(r"```json\n(.+)\n```", README)
    assert forum.parse(event.encode())[0].external == "e-1"
    await forum.send(HELLO)
    assert receiver.taken["m-1"] == json.loads(answer)
    timestamp, secret, signature = re.findall(
        r"at `(\d+)` with the secret `([^`]+)` gives\n`(v1=\w+)`", README
    )[0]
    headers = {"X-Quiethand-Timestamp": timestamp, "X-Quiethand-Signature": signature}
    Webhook(config(secret=secret), client).verify(event.encode(), headers, NOW)


async def test_the_schemas_are_whole() -> None:
    published = schema()
    assert published["event"]["additionalProperties"] is False
    assert published["event"]["properties"]["at"]["format"] == "date-time"
    assert set(published["answer"]["properties"]) == {
        "id", "conversation", "text", "reply_to", "by_person",
    }  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [{"secret": "too short"}, {"url": "http://forum.example"}, {"url": "ftp://forum.example"},
     {"url": "https://name:word@forum.example"}, {"url": "https://"}, {"account": "a b"},
     {"secret_file": "/nowhere"}, {"colour": "red"}, {"longest": 5}],
)  # fmt: skip
async def test_settings_that_cannot_work_are_refused(more: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refused:
        config(**more)
    assert SECRET not in str(refused.value)
    assert "too short" not in str(refused.value)
