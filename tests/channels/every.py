"""One invented account of every kind of channel, with a platform that it talks to."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from integrations.channels.contract import Channel, Outgoing
from integrations.channels.registry import KINDS
from tests.channels.meta_accounts import settings as of_meta
from tests.fakes import bluesky, chatwoot, mastodon, meta, telegram, webhook, x
from tests.fakes.local_platform import Platform

SETTINGS: dict[str, dict[str, Any]] = {
    "telegram": {"account": "example_bot", "token": telegram.TOKEN},
    "mastodon": {"account": mastodon.OWN, "token": mastodon.TOKEN},
    "bluesky": {"account": bluesky.HANDLE, "password": bluesky.PASSWORD},
    "x": {"account": x.OWN, "token": x.TOKEN, "consumer_secret": x.CONSUMER, "app_id": x.APP},
    "chatwoot": {
        "account": chatwoot.ACCOUNT, "token": chatwoot.TOKEN, "secret": chatwoot.SECRET,
        "path_secret": chatwoot.PATH_SECRET,
    },
    "webhook": {"account": "our-forum", "secret": webhook.SECRET},
    **{kind: of_meta(kind) for kind in ("messenger", "instagram", "whatsapp")},
}  # fmt: skip
PLATFORMS: dict[str, Callable[[], Platform]] = {
    "telegram": telegram.FakeTelegram,
    "mastodon": mastodon.FakeMastodon,
    "bluesky": bluesky.FakeBluesky,
    "x": x.FakeX,
    "chatwoot": chatwoot.FakeChatwoot,
    "webhook": webhook.FakeReceiver,
    **{kind: meta.FakeMeta for kind in ("messenger", "instagram", "whatsapp")},
}
CONVERSATIONS = {
    "telegram": "5550001",
    "mastodon": "person@elsewhere.example",
    "bluesky": bluesky.DIRECT,
    "x": f"{x.OWN}-{x.PERSON}",
    "chatwoot": chatwoot.CONVERSATION,
    "webhook": "c-7",
    "messenger": "7000000000000001",
    "instagram": "880000000000001",
    "whatsapp": "491700000001",
}
TEXT = "It is on its way."


def hello(kind: str, text: str = TEXT) -> Outgoing:
    """Return a message for the person behind a conversation of this kind."""
    return Outgoing("qh-7", CONVERSATIONS[kind], text)


def parts(kind: str) -> tuple[Any, Callable[..., Channel]]:
    """Return the form of a kind's settings, and its channel."""
    module = importlib.import_module(f"integrations.channels.{KINDS[kind]}.channel")
    form, made = module.CHANNELS[kind]
    return form, made


def opened(kind: str, client: httpx.AsyncClient, url: str, **more: Any) -> Channel:
    """Return a channel that talks to a platform at an address."""
    form, made = parts(kind)
    return made(form.model_validate(SETTINGS[kind] | {"url": url} | more), client)


def secrets(kind: str) -> dict[str, str]:
    """Return the secrets of a kind's settings, by their names."""
    form, _ = parts(kind)
    return {name: SETTINGS[kind][name] for name in form.secrets() if name in SETTINGS[kind]}


def readme(kind: str) -> str:
    """Return a kind's page of documentation."""
    file = importlib.import_module(f"integrations.channels.{KINDS[kind]}.channel").__file__
    return Path(str(file)).with_name("README.md").read_text(encoding="utf-8")
