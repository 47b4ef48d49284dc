"""Chatwoot: what the bot says, notes and hands over, and what troubles mean, over real HTTP."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest

from integrations.channels.chatwoot.channel import Chatwoot, Config
from integrations.channels.contract import Outgoing, Sent
from integrations.web_client import open_client
from tests.channels.trying import error_of, judged
from tests.fakes.chatwoot import (
    ACCOUNT,
    CLOSED,
    CONVERSATION,
    CUT,
    SECRET,
    SLOW,
    TOKEN,
    TOO_MANY,
    FakeChatwoot,
    failing,
)
from tests.fakes.local_platform import Answer, Request, Trouble

pytestmark = pytest.mark.anyio
HELLO = Outgoing(mark="qh-7", conversation=CONVERSATION, text="It is on its way.")


@pytest.fixture
def chatwoot() -> Iterator[FakeChatwoot]:
    with FakeChatwoot() as fake:
        yield fake


@pytest.fixture
async def bot(chatwoot: FakeChatwoot) -> AsyncIterator[Chatwoot]:
    async with open_client(20.0) as client:
        yield built(chatwoot, client)


def built(chatwoot: FakeChatwoot, client: httpx.AsyncClient, token: str = TOKEN) -> Chatwoot:
    given = {"account": ACCOUNT, "url": f"{chatwoot.url}/", "token": token, "secret": SECRET}
    return Chatwoot(Config.model_validate(given), client, seconds=1.0)


async def test_an_answer_goes_out_with_the_mark(chatwoot: FakeChatwoot, bot: Chatwoot) -> None:
    assert await bot.send(HELLO) == Sent("5001")
    assert chatwoot.sent == [
        {
            "content": "It is on its way.",
            "message_type": "outgoing",
            "private": False,
            "content_attributes": {"quiethand_mark": "qh-7"},
            "conversation": "42",
        }
    ]


async def test_a_draft_is_a_note_that_the_person_does_not_see(
    chatwoot: FakeChatwoot, bot: Chatwoot
) -> None:
    assert await bot.note(CONVERSATION, "Draft: It is on its way.") == Sent("5001")
    assert chatwoot.sent[0]["private"] is True


async def test_handing_over_opens_the_conversation(chatwoot: FakeChatwoot, bot: Chatwoot) -> None:
    await bot.hand_over(CONVERSATION)
    assert chatwoot.opened == [CONVERSATION]


async def test_nothing_is_said_when_the_time_to_answer_is_over(
    chatwoot: FakeChatwoot, bot: Chatwoot
) -> None:
    error = await error_of(bot, replace(HELLO, conversation=CLOSED))
    assert error.permanent
    assert chatwoot.sent == []


async def test_older_versions_do_not_let_bots_look_and_get_the_answer_all_the_same() -> None:
    with FakeChatwoot(lets_bots_look=False) as older:
        async with open_client(20.0) as client:
            assert await built(older, client).send(HELLO) == Sent("5001")


@pytest.mark.parametrize(
    ("trouble", "permanent", "unknown", "wait"),
    [
        (TOO_MANY, False, False, 9.0),
        (failing(500), False, True, None),
        (failing(502), False, True, None),
        (failing(503), False, False, None),
        (failing(422), True, False, None),
        (failing(403), True, False, None),
        (failing(418), True, False, None),
        (Trouble(Answer(302, b"", {"Location": "http://127.0.0.1:9/"})), True, False, None),
        (Trouble(Answer(200, b"not JSON")), False, True, None),
        (CUT, False, True, None),
        (SLOW, False, True, None),
    ],
)
async def test_troubles_say_whether_to_try_again(
    chatwoot: FakeChatwoot, bot: Chatwoot, trouble: Trouble, permanent: bool, unknown: bool,
    wait: float | None,
) -> None:  # fmt: skip
    chatwoot.troubles.append(trouble)
    error = await error_of(bot, HELLO, TOKEN)
    assert judged(error) == (permanent, unknown, wait)
    assert [one.method for one in chatwoot.asked] == ["GET", "POST"]


@pytest.mark.parametrize("trouble", [CUT, SLOW, failing(500), TOO_MANY])
async def test_before_the_message_left_it_is_known_that_it_did_not(trouble: Trouble) -> None:
    class Looking(FakeChatwoot):
        def troubled(self, request: Request) -> bool:
            return request.method == "GET"

    with Looking() as chatwoot:
        chatwoot.troubles += [trouble, trouble]  # a question whose answer was cut is asked again
        async with open_client(20.0) as client:
            error = await error_of(built(chatwoot, client), HELLO, TOKEN)
        assert (error.permanent, error.unknown) == (False, False)
        assert chatwoot.sent == []


async def test_a_wrong_token_says_what_to_do(chatwoot: FakeChatwoot) -> None:
    async with open_client(20.0) as client:
        error = await error_of(built(chatwoot, client, token="revoked"), HELLO, TOKEN)
    assert error.permanent
    assert "`token`" in str(error)


@pytest.mark.parametrize("conversation", ["", "../../42", "42/messages?x=1", "４２"])
async def test_a_conversation_is_a_number_and_no_other_address(
    chatwoot: FakeChatwoot, bot: Chatwoot, conversation: str
) -> None:
    assert (await error_of(bot, replace(HELLO, conversation=conversation))).permanent
    assert chatwoot.asked == []


@pytest.mark.parametrize("text", ["\n\n", "x" * 2001])
async def test_what_cannot_be_one_message_never_leaves(
    chatwoot: FakeChatwoot, bot: Chatwoot, text: str
) -> None:
    assert (await error_of(bot, replace(HELLO, text=text))).permanent
    assert chatwoot.asked == []
