"""X: what is sent, and what its troubles mean, over real HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from integrations.channels.contract import Outgoing, SendError, Sent
from integrations.channels.x import channel as source
from integrations.channels.x.channel import Config, X
from tests.channels.trying import error_of, judged
from tests.fakes.local_platform import Answer, Trouble
from tests.fakes.x import (
    CLOSED,
    CONSUMER,
    CUT,
    OWN,
    PERSON,
    SLOW,
    TOKEN,
    TOO_MANY,
    FakeX,
    problem,
)

pytestmark = pytest.mark.anyio
PAIR = f"{OWN}-{PERSON}"
HELLO = Outgoing("m-1", PAIR, "It is on its way.")
README = Path(source.__file__).with_name("README.md").read_text(encoding="utf-8")


@pytest.fixture
def platform() -> Iterator[FakeX]:
    with FakeX() as fake:
        yield fake


def config(**more: Any) -> Config:
    given = {"account": OWN, "token": TOKEN, "consumer_secret": CONSUMER}
    return Config.model_validate(given | more)


@pytest.fixture
def brand(platform: FakeX, client: httpx.AsyncClient) -> X:
    return X(config(url=platform.url), client)


async def test_a_message_goes_into_its_conversation(brand: X, platform: FakeX) -> None:
    assert await brand.send(HELLO) == Sent("1900000000000000201")
    assert platform.sent == [(PAIR, {"text": "It is on its way."})]


async def test_as_much_as_x_takes_is_sent(brand: X, platform: FakeX) -> None:
    await brand.send(Outgoing("m-2", PAIR, "a" * brand.capabilities.longest))
    assert len(platform.sent) == 1


@pytest.mark.parametrize("to", ["", "a-b", "1900000000000000777", "1-2/../3", "1-2\n", "٣-٤"])
async def test_an_odd_conversation_is_not_written_to(brand: X, platform: FakeX, to: str) -> None:
    with pytest.raises(SendError) as raised:
        await brand.send(Outgoing("m-3", to, "Hello"))
    assert raised.value.permanent
    assert platform.asked == []


@pytest.mark.parametrize(
    ("trouble", "permanent", "unknown", "wait"),
    [
        (TOO_MANY, False, False, 300.0),
        (Trouble(Answer(429, headers={"Retry-After": "4"})), False, False, 4.0),
        (Trouble(problem(429, "soon", **{"x-rate-limit-reset": "soon"})), False, False, None),
        (Trouble(Answer(503)), False, False, None),
        (Trouble(Answer(502, b"<html>")), False, True, None),
        (Trouble(Answer(500)), False, True, None),
        (Trouble(Answer(201, b"<html>")), False, True, None),
        (Trouble(Answer(302, headers={"Location": "http://127.0.0.1:1/"})), True, False, None),
        (Trouble(problem(402, "CreditsDepleted")), True, False, None),
        (Trouble(problem(404, "Not Found")), True, False, None),
        (CLOSED, True, False, None),
        (CUT, False, True, None),
        (SLOW, False, True, None),
    ],
)
async def test_troubles_say_what_may_be_done(
    platform: FakeX,
    client: httpx.AsyncClient,
    trouble: Trouble,
    permanent: bool,
    unknown: bool,
    wait: float | None,
) -> None:
    platform.troubles.append(trouble)
    seconds = 1.0 if trouble is SLOW else 15.0
    brand = X(config(url=platform.url), client, seconds=seconds)
    error = await error_of(brand, HELLO, TOKEN)
    assert judged(error) == (permanent, unknown, wait)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (CLOSED.answer, "answer elsewhere"),
        (problem(402, "CreditsDepleted"), "credits"),
        (problem(403, "missing scope"), "dm.write"),
        (problem(401, "Unauthorized"), "`token`"),
    ],
)
async def test_what_is_final_says_what_to_do(
    brand: X, platform: FakeX, answer: Answer, words: str
) -> None:
    platform.troubles.append(Trouble(answer))
    with pytest.raises(SendError, match=words) as raised:
        await brand.send(HELLO)
    assert raised.value.permanent


async def test_a_token_that_was_renewed_in_its_file_is_taken(
    platform: FakeX, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN)
    brand = X(config(url=platform.url, token_file=str(file)), client)
    platform.token = "the-next-invented-token"
    with pytest.raises(SendError) as raised:
        await brand.send(HELLO)
    assert not raised.value.permanent
    file.write_text("the-next-invented-token\n")
    await brand.send(HELLO)
    assert len(platform.sent) == 1


@pytest.mark.parametrize(
    "more",
    [{"account": "brand"}, {"account": ""}, {"token": ""}, {"token": "two\nlines"},
     {"consumer_secret": ""}, {"app_id": "quiethand"}, {"budget_cents": 0}, {"url": "x.example"},
     {"token_file": "/nowhere"}, {"colour": "red"}],
)  # fmt: skip
async def test_settings_that_cannot_work_are_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        config(**more)
    assert TOKEN not in str(refused.value)
    assert "two\nlines" not in str(refused.value)
