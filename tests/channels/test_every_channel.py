"""What holds for every channel: secrets, troubles, documentation, files that come along."""

import logging
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from integrations.channels.contract import SendError
from integrations.channels.registry import KINDS, open_channels
from integrations.store.arrivals import packed, unpacked
from tests.channels.every import PLATFORMS, SETTINGS, TEXT, hello, opened, parts, readme, secrets

pytestmark = pytest.mark.anyio
FIXTURES = Path(__file__).parent / "fixtures"
every = pytest.mark.parametrize("kind", list(SETTINGS))


def test_no_kind_of_channel_is_left_out() -> None:
    assert {*SETTINGS, "web"} == set(KINDS)
    assert set(SETTINGS) == set(PLATFORMS)


@every
async def test_a_platform_that_is_not_there_is_tried_again(
    kind: str, client: httpx.AsyncClient
) -> None:
    with pytest.raises(SendError) as raised:
        await opened(kind, client, "http://127.0.0.1:1").send(hello(kind))
    error = raised.value
    assert (error.permanent, error.unknown, error.untried) == (False, False, True)
    assert not [one for one in (TEXT, *secrets(kind).values()) if one in str(error)]


@every
async def test_no_log_shows_a_secret_or_the_text(
    kind: str, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with PLATFORMS[kind]() as platform, caplog.at_level(logging.DEBUG):
        await opened(kind, client, platform.url).send(hello(kind))
    assert "HTTP Request" in caplog.text
    assert not [one for one in (TEXT, *secrets(kind).values()) if one in caplog.text]


@every
def test_every_secret_may_lie_in_a_file(kind: str, tmp_path: Path) -> None:
    form, _ = parts(kind)
    given: dict[str, Any] = {"url": "https://platform.example"} | SETTINGS[kind]
    for name, secret in secrets(kind).items():
        (tmp_path / name).write_text(f"{secret}\n")
        given = {key: part for key, part in given.items() if key != name}
        given[f"{name}_file"] = str(tmp_path / name)
    read = form.model_validate(given)
    assert {name: read.secret_of(name) for name in secrets(kind)} == secrets(kind)
    assert not [one for one in secrets(kind).values() if one in repr(read)]


@every
def test_the_readme_names_every_setting(kind: str) -> None:
    form, _ = parts(kind)
    assert [name for name in form.model_fields if name not in readme(kind)] == []


@every
async def test_the_settings_in_the_readme_open_a_channel(
    kind: str, tmp_path: Path, client: httpx.AsyncClient
) -> None:
    (tmp_path / "secret").write_text("123456:an-invented-secret_of-32-characters")
    example = re.findall(r"```toml\n(.*?)```", readme(kind), re.DOTALL)[0]
    example = re.sub(r"/run/secrets/\w+", str(tmp_path / "secret"), example)
    if "[[channel]]" not in example:
        example = f"[[channel]]\n{example}"
    (tmp_path / "channels.toml").write_text(example)
    ((found, _),) = open_channels(tmp_path / "channels.toml", client)
    assert KINDS[found] == KINDS[kind]


class Untouched(httpx.AsyncBaseTransport):
    """A network that keeps what is asked of it, and answers nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        raise httpx.ConnectError("there is no network")


@pytest.mark.parametrize(
    ("kind", "event", "files"),
    [
        ("telegram", "photo", ["image"]),
        ("telegram", "document", ["file"]),
        ("mastodon", "mention_with_picture", ["image"]),
        ("bluesky", "quote", ["file"]),
        ("x", "photo", ["image"]),
        ("chatwoot", "attachments", ["image", "location", "file"]),
        ("messenger", "attachments", ["image", "sticker", "location", "file"]),
        ("instagram", "story_reply", ["file"]),
        ("whatsapp", "attachments", ["file", "location", "file"]),
        ("webhook", "message", ["image"]),
    ],
)
async def test_files_are_listed_and_never_fetched(kind: str, event: str, files: list[str]) -> None:
    network = Untouched()
    async with httpx.AsyncClient(transport=network) as client:
        channel = opened(kind, client, "https://platform.example")
        arrivals = channel.parse((FIXTURES / f"{kind}__{event}.json").read_bytes())
        kept = [unpacked(packed(arrival)) for arrival in arrivals]
    assert [file.kind for arrival in kept for file in arrival.attachments] == files
    assert network.asked == []
