"""Mastodon: what is posted, and what its troubles mean, over real HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from integrations.channels.contract import Outgoing, SendError, Sent
from integrations.channels.mastodon import channel as source
from integrations.channels.mastodon.channel import Config, Mastodon
from tests.channels.trying import error_of, judged
from tests.fakes.local_platform import Answer, Trouble
from tests.fakes.mastodon import CUT, OWN, REVOKED, SLOW, TOKEN, TOO_MANY, FakeMastodon

pytestmark = pytest.mark.anyio
HELLO = Outgoing("m-1", "person@elsewhere.example", "It is on its way.", reply_to="9001")
README = Path(source.__file__).with_name("README.md").read_text(encoding="utf-8")


@pytest.fixture
def server() -> Iterator[FakeMastodon]:
    with FakeMastodon() as fake:
        yield fake


def config(**more: Any) -> Config:
    given = {"account": OWN, "url": "https://mastodon.example", "token": TOKEN}
    return Config.model_validate(given | more)


@pytest.fixture
def brand(server: FakeMastodon, client: httpx.AsyncClient) -> Mastodon:
    return Mastodon(config(url=server.url), client)


@pytest.fixture
def hasty(server: FakeMastodon, client: httpx.AsyncClient) -> Mastodon:
    return Mastodon(config(url=server.url), client, seconds=1.0)


async def test_an_answer_goes_to_one_person_privately(
    brand: Mastodon, server: FakeMastodon
) -> None:
    assert await brand.send(HELLO) == Sent("20001")
    assert server.posts["m-1"] == {
        "status": "@person@elsewhere.example It is on its way.",
        "visibility": "direct",
        "in_reply_to_id": "9001",
    }


async def test_a_first_word_answers_no_post(brand: Mastodon, server: FakeMastodon) -> None:
    await brand.send(Outgoing("m-2", "person", "Hello"))
    assert server.posts["m-2"] == {"status": "@person Hello", "visibility": "direct"}


async def test_names_in_a_text_are_not_let_into_the_conversation(
    brand: Mastodon, server: FakeMastodon
) -> None:
    await brand.send(Outgoing("m-3", "person", "Ask @team or @a@b.example, or at 5 @ noon."))
    posted = server.posts["m-3"]["status"]
    assert posted.startswith("@person ")
    assert posted.replace("@person", "").replace("@\u200b", "").count("@") == 1
    assert posted.endswith("5 @ noon.")


@pytest.mark.parametrize("to", ["", "a b", "person @other", "person\n", "@person"])
async def test_an_odd_address_is_not_written_to(
    brand: Mastodon, server: FakeMastodon, to: str
) -> None:
    with pytest.raises(SendError) as raised:
        await brand.send(Outgoing("m-4", to, "Hello"))
    assert raised.value.permanent
    assert server.posts == {}


@pytest.mark.parametrize("trouble", [CUT, SLOW])
async def test_a_lost_answer_is_asked_for_again_and_posted_once(
    brand: Mastodon, hasty: Mastodon, server: FakeMastodon, trouble: Trouble
) -> None:
    server.troubles.append(trouble)
    with pytest.raises(SendError) as raised:
        await hasty.send(HELLO)
    assert (raised.value.permanent, raised.value.unknown) == (False, False)
    assert raised.value.retry_after
    assert await brand.send(HELLO) == Sent("20001")
    assert len(server.posts) == 1
    assert (brand.capabilities.idempotent, brand.capabilities.idempotent_hours) == (True, 1.0)


@pytest.mark.parametrize(
    ("trouble", "permanent", "wait"),
    [
        (TOO_MANY, False, 300.0),
        (Trouble(Answer(429, headers={"Retry-After": "4"})), False, 4.0),
        (Trouble(Answer(429, headers={"X-RateLimit-Reset": "soon"})), False, None),
        (Trouble(Answer(503)), False, None),
        (Trouble(Answer(504, b"<html>")), False, None),
        (Trouble(Answer(302, headers={"Location": "http://127.0.0.1:1/"})), True, None),
        (Trouble(Answer(404)), True, None),
        (REVOKED, True, None),
    ],
)
async def test_troubles_say_what_may_be_done(
    brand: Mastodon, server: FakeMastodon, trouble: Trouble, permanent: bool, wait: float | None
) -> None:
    server.troubles.append(trouble)
    error = await error_of(brand, HELLO, TOKEN)
    assert judged(error) == (permanent, False, wait)


@pytest.mark.parametrize(("said", "longest"), [(500, 460), (5000, 4960), (None, 460)])
async def test_the_server_says_how_long_a_post_may_be(
    client: httpx.AsyncClient, said: int | None, longest: int
) -> None:
    with FakeMastodon(said) as server:
        brand = Mastodon(config(url=server.url), client)
        assert brand.capabilities.longest == 460
        await brand.prepare()
        assert brand.capabilities.longest == longest
        await brand.send(Outgoing("m-5", "person@elsewhere.example", "a" * longest))
        assert len(server.posts) == 1


async def test_a_process_that_only_sends_learns_what_the_server_allows(
    client: httpx.AsyncClient,
) -> None:
    with FakeMastodon(5000) as server:
        brand = Mastodon(config(url=server.url), client)
        await brand.send(HELLO)
        await brand.send(HELLO)
        asked = [one.path for one in server.asked]
    assert brand.capabilities.longest == 4960
    assert asked.count("/api/v2/instance") == 1


async def test_a_text_that_is_too_long_is_refused_for_good(brand: Mastodon) -> None:
    with pytest.raises(SendError, match="too long") as raised:
        await brand.send(Outgoing("m-6", "person", "a" * 500))
    assert raised.value.permanent


async def test_a_server_that_tells_no_program_has_no_echo(client: httpx.AsyncClient) -> None:
    with FakeMastodon(application="") as server:
        brand = Mastodon(config(url=server.url), client)
        await brand.prepare()
    assert not brand.capabilities.echo


@pytest.mark.parametrize(
    "more",
    [{"account": "brand"}, {"account": "@brand@m.example"}, {"url": "m.example"}, {"token": ""},
     {"url": "https://name:word@m.example"}, {"token": "two\nlines"}, {"token_file": "/nowhere"},
     {"colour": "red"}],
)  # fmt: skip
async def test_settings_that_cannot_work_are_refused(more: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        config(**more)
    assert TOKEN not in str(refused.value)
    assert "two\nlines" not in str(refused.value)
