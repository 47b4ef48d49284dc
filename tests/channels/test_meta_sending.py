"""Meta: what is sent, within which window, and what its troubles mean, over real HTTP."""

import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from integrations.channels.contract import Outgoing, Sent
from integrations.channels.meta.channel import CHANNELS
from tests.channels.meta_accounts import NOW, account, built
from tests.channels.trying import error_of
from tests.fakes.meta import APP_SECRET, TOKEN, FakeMeta

pytestmark = pytest.mark.anyio
HELLO = Outgoing("qh-7", "7000000000000001", "It is on its way.", last_heard=NOW)
LATE, VERY_LATE = NOW - timedelta(hours=24, seconds=1), NOW - timedelta(days=7, seconds=1)


async def test_messenger_answers_and_the_mark_goes_along(
    meta: FakeMeta, client: httpx.AsyncClient
) -> None:
    assert await built("messenger", meta, client).send(HELLO) == Sent("m_1")
    assert meta.sent == [
        {
            "recipient": {"id": "7000000000000001"},
            "messaging_type": "RESPONSE",
            "message": {"text": "It is on its way.", "metadata": "qh-7"},
        }
    ]
    assert meta.asked[0].path == "/v26.0/me/messages"


async def test_instagram_takes_no_mark(meta: FakeMeta, client: httpx.AsyncClient) -> None:
    await built("instagram", meta, client).send(HELLO)
    assert meta.sent[0]["message"] == {"text": "It is on its way."}


@pytest.mark.parametrize(
    ("whom", "field"), [("DE.13491208655302741918", "recipient"), ("491700000001", "to")]
)
async def test_whatsapp_writes_to_the_user_or_else_to_the_phone(
    meta: FakeMeta, client: httpx.AsyncClient, whom: str, field: str
) -> None:
    sent = await built("whatsapp", meta, client).send(replace(HELLO, conversation=whom))
    assert sent == Sent("wamid.1")
    (body,) = meta.sent
    assert body[field] == whom
    assert body["biz_opaque_callback_data"] == "qh-7"
    assert body["text"] == {"body": "It is on its way.", "preview_url": False}


@pytest.mark.parametrize("kind", ["messenger", "instagram"])
async def test_after_a_day_only_a_persons_words_go_out_and_are_tagged_so(
    meta: FakeMeta, client: httpx.AsyncClient, kind: str
) -> None:
    channel = built(kind, meta, client)
    late = replace(HELLO, last_heard=LATE)
    assert (await error_of(channel, late, TOKEN)).permanent
    assert meta.asked == []
    await channel.send(replace(late, by_person=True))
    assert meta.sent[0]["messaging_type"] == "MESSAGE_TAG"
    assert meta.sent[0]["tag"] == "HUMAN_AGENT"
    too_late = replace(HELLO, last_heard=VERY_LATE, by_person=True)
    assert (await error_of(channel, too_late, TOKEN)).permanent
    assert len(meta.asked) == 1


async def test_within_a_day_a_persons_words_need_no_tag(
    meta: FakeMeta, client: httpx.AsyncClient
) -> None:
    just = replace(HELLO, by_person=True, last_heard=NOW - timedelta(hours=24))
    await built("messenger", meta, client).send(just)
    assert meta.sent[0]["messaging_type"] == "RESPONSE"


async def test_whatsapp_has_no_window_for_people(meta: FakeMeta, client: httpx.AsyncClient) -> None:
    late = replace(HELLO, last_heard=LATE, by_person=True)
    error = await error_of(built("whatsapp", meta, client), late, TOKEN)
    assert error.permanent
    assert "template" in str(error)
    assert meta.asked == []


@pytest.mark.parametrize("kind", list(CHANNELS))
async def test_where_nobody_knows_when_they_wrote_the_platform_decides(
    meta: FakeMeta, client: httpx.AsyncClient, kind: str
) -> None:
    await built(kind, meta, client).send(replace(HELLO, last_heard=None))
    assert len(meta.sent) == 1


@pytest.mark.parametrize(
    ("kind", "most", "text"),
    [
        ("messenger", 2000, "é"),
        ("instagram", 500, "é"),  # two bytes each
        ("whatsapp", 4096, "é"),
    ],
)
async def test_what_is_too_long_never_leaves(
    meta: FakeMeta, client: httpx.AsyncClient, kind: str, most: int, text: str
) -> None:
    channel = built(kind, meta, client)
    await channel.send(replace(HELLO, text=text * most))
    assert (await error_of(channel, replace(HELLO, text=text * (most + 1)), TOKEN)).permanent
    assert (await error_of(channel, replace(HELLO, text="\n\n\n"), TOKEN)).permanent
    assert len(meta.asked) == 1


async def test_the_token_is_proven_where_the_app_demands_it(
    meta: FakeMeta, client: httpx.AsyncClient
) -> None:
    await built("messenger", meta, client, prove=True).send(HELLO)
    proof = hmac.new(APP_SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
    assert meta.asked[0].query == {"appsecret_proof": proof}


def test_a_number_that_is_also_used_on_a_phone_is_slower_and_echoes() -> None:
    both = account("whatsapp", httpx.AsyncClient(), coexistence=True).capabilities
    alone = account("whatsapp", httpx.AsyncClient()).capabilities
    assert both.echo
    assert not alone.echo
    assert both.account_per_second < alone.account_per_second
