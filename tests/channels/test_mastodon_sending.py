"""Mastodon: what is posted, and what its troubles mean, over real HTTP."""

import logging
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from integrations.channels.contract import Outgoing, SendError, Sent
from integrations.channels.mastodon import channel as source
from integrations.channels.mastodon.channel import Config, Mastodon
from integrations.channels.registry import open_channels
from tests.fakes.local_platform import Answer, Trouble
from tests.fakes.mastodon import CUT, OWN, REVOKED, SLOW, TOKEN, TOO_MANY, FakeMastodon

pytestmark = pytest.mark.anyio
HELLO = Outgoing("m-1", "person@elsewhere.example", "It is on its way.", reply_to="9001")
README = Path(source.__file__).with_name("README.md").read_text(encoding="utf-8")


@pytest.fixture
def server() -> Iterator[FakeMastodon]:
    with FakeMastodon() as fake:
        yield fake


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as opened:
        yield opened


def config(**more: Any) -> Config:
    given = {"account": OWN, "url": "https://mastodon.example", "token": TOKEN}
    return Config.model_validate(given | more)


@pytest.fixture
def brand(server: FakeMastodon, client: httpx.AsyncClient) -> Mastodon:
    return Mastodon(config(url=server.url), client)


@pytest.fixture
def hasty(server: FakeMastodon, client: httpx.AsyncClient) -> Mastodon:
    return Mastodon(config(url=server.url), client, seconds=0.3)


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
    assert brand.capabilities.idempotent


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
    with pytest.raises(SendError) as raised:
        await brand.send(HELLO)
    error = raised.value
    assert (error.permanent, error.unknown, error.retry_after) == (permanent, False, wait)
    assert HELLO.text not in str(error)
    assert TOKEN not in str(error)


async def test_an_unreachable_server_may_be_tried_again(client: httpx.AsyncClient) -> None:
    with pytest.raises(SendError) as raised:
        await Mastodon(config(url="http://127.0.0.1:1"), client).send(HELLO)
    assert (raised.value.permanent, raised.value.unknown) == (False, False)


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


async def test_a_text_that_is_too_long_is_refused_for_good(brand: Mastodon) -> None:
    with pytest.raises(SendError, match="too long") as raised:
        await brand.send(Outgoing("m-6", "person", "a" * 500))
    assert raised.value.permanent


async def test_a_server_that_tells_no_program_has_no_echo(client: httpx.AsyncClient) -> None:
    with FakeMastodon(application="") as server:
        brand = Mastodon(config(url=server.url), client)
        await brand.prepare()
    assert not brand.capabilities.echo


async def test_no_log_shows_the_token_or_the_text(
    brand: Mastodon, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await brand.send(HELLO)
    assert "statuses" in caplog.text
    assert TOKEN not in caplog.text
    assert HELLO.text not in caplog.text


async def test_the_token_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    given = {"account": OWN, "url": "https://m.example", "token_file": str(tmp_path / "token")}
    read = Config.model_validate(given)
    assert read.token.get_secret_value() == TOKEN
    assert TOKEN not in repr(read)


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


async def test_the_readme_settings_open_a_channel(
    tmp_path: Path, client: httpx.AsyncClient
) -> None:
    (tmp_path / "secret").write_text(TOKEN)
    (example,) = re.findall(
        r"```toml\n(.*?)```",
        Path(source.__file__).with_name("README.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    example = re.sub(r"/run/secrets/\w+", str(tmp_path / "secret"), example)
    (tmp_path / "channels.toml").write_text(example)
    ((kind, _),) = open_channels(tmp_path / "channels.toml", client)
    assert kind == "mastodon"
