"""Meta: what its troubles mean for what was being sent, over real HTTP."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from integrations.channels.contract import Channel, Outgoing, SendError
from tests.channels.meta_accounts import account, at
from tests.fakes.local_platform import Answer, Trouble
from tests.fakes.meta import CUT, SLOW, TOKEN, FakeMeta, refused

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
HELLO = Outgoing("qh-7", "7000000000000001", "It is on its way.", last_heard=NOW)


@pytest.fixture
def meta() -> Iterator[FakeMeta]:
    with FakeMeta() as fake:
        yield fake


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as open_one:
        yield open_one


def built(kind: str, meta: FakeMeta, client: httpx.AsyncClient, **more: Any) -> Channel:
    return account(kind, client, **{"url": meta.url, "clock": at(NOW), "seconds": 0.5} | more)


async def refusal(channel: Channel, outgoing: Outgoing = HELLO) -> SendError:
    with pytest.raises(SendError) as refused_:
        await channel.send(outgoing)
    assert TOKEN not in str(refused_.value)
    assert outgoing.text not in str(refused_.value)
    return refused_.value


@pytest.mark.parametrize(
    ("trouble", "permanent", "unknown", "wait"),
    [
        (refused(400, 10, 2018278), True, False, None),
        (refused(400, 10, 2534022), True, False, None),
        (refused(400, 551), True, False, None),
        (refused(400, 200, 1545041), True, False, None),
        (refused(401, 190, 463), True, False, None),
        (refused(400, 100), True, False, None),
        (refused(400, 987654), True, False, None),
        (refused(400, 131047), True, False, None),
        (refused(400, 131026), True, False, None),
        (refused(400, 131056), False, False, 6.0),
        (refused(429, 130429), False, False, 5.0),
        (refused(400, 613), False, False, 60.0),
        (refused(503, 2, is_transient=True), False, False, None),
        (refused(400, 368, is_transient=True), False, False, None),
        (refused(500, 1), False, True, None),
        (Trouble(Answer(429, b"", {"Retry-After": "7"})), False, False, 7.0),
        (Trouble(Answer(500, b"<html>")), False, True, None),
        (Trouble(Answer(502, b"<html>")), False, True, None),
        (Trouble(Answer(503, b"<html>")), False, False, None),
        (Trouble(Answer(403, b"<html>")), True, False, None),
        (Trouble(Answer(302, b"", {"Location": "http://127.0.0.1:9/"})), True, False, None),
        (Trouble(Answer(200, b"not JSON")), False, True, None),
        (CUT, False, True, None),
        (SLOW, False, True, None),
    ],
)
async def test_troubles_say_whether_to_try_again(
    meta: FakeMeta, client: httpx.AsyncClient, trouble: Trouble, permanent: bool,
    unknown: bool, wait: float | None,
) -> None:  # fmt: skip
    meta.troubles.append(trouble)
    error = await refusal(built("whatsapp", meta, client))
    assert (error.permanent, error.unknown) == (permanent, unknown)
    assert error.retry_after == wait
    assert "in Meta's words" not in str(error)
    assert len(meta.asked) == 1


async def test_a_limit_tells_how_long_to_wait(meta: FakeMeta, client: httpx.AsyncClient) -> None:
    usage = '{"1": [{"type": "messenger", "estimated_time_to_regain_access": 3}]}'
    busy = refused(400, 80006)
    assert busy.answer
    headers = {"X-Business-Use-Case-Usage": usage}
    meta.troubles.append(Trouble(replace(busy.answer, headers=headers)))
    assert (await refusal(built("messenger", meta, client))).retry_after == 180.0


async def test_a_platform_that_is_not_there_is_tried_again(client: httpx.AsyncClient) -> None:
    with FakeMeta() as gone:
        pass
    error = await refusal(built("messenger", gone, client))
    assert (error.permanent, error.unknown) == (False, False)


async def test_a_cut_answer_was_a_message_all_the_same(
    meta: FakeMeta, client: httpx.AsyncClient
) -> None:
    meta.troubles.append(CUT)
    assert (await refusal(built("messenger", meta, client))).unknown
    assert len(meta.sent) == 1


async def test_a_wrong_token_says_what_to_do(meta: FakeMeta, client: httpx.AsyncClient) -> None:
    error = await refusal(built("messenger", meta, client, token="revoked"))
    assert error.permanent
    assert "`token`" in str(error)
