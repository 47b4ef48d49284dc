"""Meta: what its troubles mean for what was being sent, over real HTTP."""

from dataclasses import replace

import httpx
import pytest

from integrations.channels.contract import Outgoing
from tests.channels.meta_accounts import NOW, built
from tests.channels.trying import error_of, judged
from tests.fakes.local_platform import Answer, Trouble
from tests.fakes.meta import CUT, SLOW, TOKEN, FakeMeta, refused

pytestmark = pytest.mark.anyio
HELLO = Outgoing("qh-7", "7000000000000001", "It is on its way.", last_heard=NOW)


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
    error = await error_of(built("whatsapp", meta, client), HELLO, TOKEN)
    assert judged(error) == (permanent, unknown, wait)
    assert "in Meta's words" not in str(error)
    assert len(meta.asked) == 1


async def test_a_limit_tells_how_long_to_wait(meta: FakeMeta, client: httpx.AsyncClient) -> None:
    usage = '{"1": [{"type": "messenger", "estimated_time_to_regain_access": 3}]}'
    busy = refused(400, 80006)
    assert busy.answer
    headers = {"X-Business-Use-Case-Usage": usage}
    meta.troubles.append(Trouble(replace(busy.answer, headers=headers)))
    assert (await error_of(built("messenger", meta, client), HELLO, TOKEN)).retry_after == 180.0


async def test_a_cut_answer_was_a_message_all_the_same(
    meta: FakeMeta, client: httpx.AsyncClient
) -> None:
    meta.troubles.append(CUT)
    assert (await error_of(built("messenger", meta, client), HELLO, TOKEN)).unknown
    assert len(meta.sent) == 1


async def test_a_wrong_token_says_what_to_do(meta: FakeMeta, client: httpx.AsyncClient) -> None:
    error = await error_of(built("messenger", meta, client, token="revoked"), HELLO, TOKEN)
    assert error.permanent
    assert "`token`" in str(error)
