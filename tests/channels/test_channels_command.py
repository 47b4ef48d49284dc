"""`quiethand channels`: how every account stands, over real HTTP."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from integrations.cli.main import app
from integrations.settings import SettingsError
from integrations.store.missing import Missing
from tests.channels.every import PLATFORMS, SETTINGS
from tests.fakes.local_platform import Answer, Platform, Trouble
from tests.fakes.meta import ACCOUNT, NUMBER, PAGE, FakeMeta
from tests.fakes.telegram import SECRET, FakeTelegram

HOST = "https://quiethand.example"


@dataclass
class Terminal:
    """A command line with channels that talk to fakes."""

    file: Path
    platforms: dict[str, Platform]

    def set_up(self, kind: str, **more: Any) -> None:
        """Add an account."""
        given = SETTINGS.get(kind, {"account": "site"}) | more
        if kind in self.platforms:
            given = {"url": self.platforms[kind].url} | given
        lines = [f"{key} = {json.dumps(value)}" for key, value in given.items()]
        with self.file.open("a", encoding="utf-8") as stream:
            stream.write("\n".join(["[[channel]]", f'kind = "{kind}"', *lines, ""]))

    def run(self, *words: str) -> tuple[int, str]:
        """Run a command; return how it ended and what it printed."""
        given = ["channels", *words, "--channels", str(self.file)]
        ended = CliRunner().invoke(app, given)
        if ended.exception and not isinstance(ended.exception, SystemExit):
            raise ended.exception
        return ended.exit_code, ended.stdout

    def rows(self, *words: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*words, "--json")[1].splitlines()]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with ExitStack() as stack:
        fakes = {kind: stack.enter_context(made()) for kind, made in PLATFORMS.items()}
        yield Terminal(tmp_path / "channels.toml", fakes)


def test_every_account_is_asked_once_and_named(terminal: Terminal) -> None:
    for kind in [*PLATFORMS, "web"]:
        terminal.set_up(kind)
    rows = terminal.rows()
    assert [row["kind"] for row in rows] == [*PLATFORMS, "web"]
    fine = {row["kind"]: row["fine"] for row in rows}
    assert [kind for kind in fine if fine[kind] is None] == ["webhook", "web"]
    assert [kind for kind in fine if fine[kind] is False] == ["messenger", "instagram", "whatsapp"]
    assert {row["window_hours"] for row in rows} == {None, 24}
    code, said = terminal.run("check")
    assert code == 1
    assert "no webhook is set" in said
    assert "quiethand channels register" in said
    assert "no public address is needed" in said


def test_a_wrong_credential_says_what_to_do(terminal: Terminal) -> None:
    terminal.set_up("telegram", token="123456:wrong-token")
    terminal.set_up("bluesky", password="wrong-token")
    terminal.set_up("x", token="wrong-token")
    terminal.set_up("chatwoot", token="wrong-token")
    terminal.set_up("mastodon", token="wrong-token")
    terminal.set_up("messenger", token="wrong-token")
    code, said = terminal.run("check")
    assert code == 1
    lines = said.splitlines()
    assert len(lines) == 6
    assert all(line.startswith("NO ") for line in lines)
    assert all(re.search("`(token|password)`", line) for line in lines)
    assert "wrong-token" not in said


def test_credentials_of_another_account_are_noticed(terminal: Terminal) -> None:
    terminal.set_up("telegram", account="another_bot")
    terminal.set_up("x", account="7000009")
    code, said = terminal.run("check")
    assert code == 1
    assert "the token is of Example_Bot" in said
    assert "the token is of the user 7000001" in said


def test_what_is_held_back_at_mastodon_is_named(terminal: Terminal) -> None:
    terminal.platforms["mastodon"].policy["for_private_mentions"] = "drop"  # type: ignore[attr-defined]
    terminal.set_up("mastodon")
    code, said = terminal.run("check")
    assert code == 1
    assert "-> notification policy: set for_private_mentions to accept" in said


@pytest.mark.parametrize("looks", [True, False])
def test_a_bot_at_chatwoot_is_known_though_it_may_not_look(terminal: Terminal, looks: bool) -> None:
    terminal.platforms["chatwoot"].lets_bots_look = looks  # type: ignore[attr-defined]
    terminal.set_up("chatwoot")
    assert terminal.run("check")[0] == 0


def test_a_platform_that_is_away_is_said_to_be(terminal: Terminal) -> None:
    terminal.set_up("telegram", url="http://127.0.0.1:1")
    code, said = terminal.run("check")
    assert code == 1
    assert "cannot be reached" in said


def test_telegram_is_told_where_to_deliver(terminal: Terminal) -> None:
    platform = terminal.platforms["telegram"]
    assert isinstance(platform, FakeTelegram)
    terminal.set_up("telegram", receive="webhook", secret=SECRET)
    words = ("register", "telegram", "example_bot", "--url", f"{HOST}/")
    assert terminal.run("check")[0] == 1
    code, said = terminal.run(*words, "--dry-run")
    assert (code, platform.webhook) == (0, {})
    assert f"{HOST}/channels/telegram/example_bot" in said
    assert SECRET not in said
    assert terminal.run(*words)[0] == 0
    assert platform.webhook["url"] == f"{HOST}/channels/telegram/example_bot"
    assert platform.webhook["secret_token"] == SECRET
    assert terminal.run("check")[0] == 0


def test_a_webhook_that_is_in_a_polls_way_is_taken_out(terminal: Terminal) -> None:
    platform = terminal.platforms["telegram"]
    assert isinstance(platform, FakeTelegram)
    platform.webhook = {"url": "https://elsewhere.example"}
    terminal.set_up("telegram")
    code, said = terminal.run("check")
    assert code == 1
    assert "channels unregister" in said
    assert terminal.run("unregister", "telegram", "example_bot")[0] == 0
    assert platform.webhook == {}
    assert terminal.run("check")[0] == 0


@pytest.mark.parametrize(
    ("kind", "account", "what"),
    [("messenger", PAGE, "page"), ("instagram", ACCOUNT, "instagram"),
     ("whatsapp", NUMBER, "phone_number")],
)  # fmt: skip
def test_meta_is_told_where_to_deliver(
    terminal: Terminal, kind: str, account: str, what: str
) -> None:
    platform = terminal.platforms[kind]
    assert isinstance(platform, FakeMeta)
    terminal.set_up(kind)
    words = ("register", kind, account, "--url", HOST)
    (row,) = terminal.rows(*words, "--dry-run")
    assert row["calls"]
    assert platform.webhooks == {}
    assert terminal.run(*words)[0] == 0
    assert platform.webhooks == {what: f"{HOST}/channels/{kind}/{account}"}
    assert platform.subscribed == (0 if kind == "whatsapp" else 1)
    assert f"webhook at {HOST}" in terminal.run("check")[1]


@pytest.mark.parametrize(
    ("kind", "account", "words"),
    [
        ("telegram", "example_bot", "polled"),
        ("mastodon", "brand@mastodon.example", "no public address"),
        ("bluesky", "brand.example", "no public address"),
        ("x", "7000001", "x/README.md"),
        ("chatwoot", "5", "chatwoot/README.md"),
    ],
)
def test_what_cannot_be_registered_says_so(
    terminal: Terminal, kind: str, account: str, words: str
) -> None:
    terminal.set_up(kind)
    with pytest.raises(SettingsError, match=words):
        terminal.run("register", kind, account, "--url", HOST)
    if kind != "telegram":
        with pytest.raises(SettingsError, match="own pages"):
            terminal.run("unregister", kind, account)
    assert [one for one in terminal.platforms[kind].asked if one.method == "POST"] == []


@pytest.mark.parametrize(
    "url",
    ["http://quiethand.example", "quiethand.example", "https://", "https://[", f"{HOST}/?a=1"],
)
def test_platforms_deliver_to_safe_addresses_only(terminal: Terminal, url: str) -> None:
    terminal.set_up("telegram", receive="webhook", secret=SECRET)
    with pytest.raises(SettingsError):
        terminal.run("register", "telegram", "example_bot", "--url", url)


def test_a_refusal_is_a_line(terminal: Terminal) -> None:
    terminal.set_up("telegram", receive="webhook", secret=SECRET)
    terminal.platforms["telegram"].troubles.append(Trouble(Answer(400, b"{}")))
    with pytest.raises(SettingsError, match="does not take"):
        terminal.run("register", "telegram", "example_bot", "--url", HOST)


def test_an_account_that_nobody_set_up_is_missing(terminal: Terminal) -> None:
    with pytest.raises(Missing, match="quiethand channels"):
        terminal.run("register", "telegram", "example_bot", "--url", HOST)
    assert "No channels" in terminal.run()[1]
    assert terminal.run("check")[0] == 0
