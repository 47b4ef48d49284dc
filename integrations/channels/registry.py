"""The channels that an operator set up in channels.toml, by kind and account."""

import importlib
import tomllib
from pathlib import Path
from typing import Any

import httpx
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from integrations.channels.contract import Channel
from integrations.settings import SettingsError

KINDS = {  # kind: its module, which names its settings and its class
    "telegram": "telegram",
    "web": "web",
    "webhook": "webhook",
    "mastodon": "mastodon",
    "messenger": "meta",
    "instagram": "meta",
    "whatsapp": "meta",
    "chatwoot": "chatwoot",
    "x": "x",
    "bluesky": "bluesky",
}


def open_channels(file: Path, client: httpx.AsyncClient) -> dict[tuple[str, str], Channel]:
    """Read the file and build its channels; a mistake names the file, the entry and the field."""
    if not file.is_file():
        return {}
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("channel", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise SettingsError(f"{file}: write each channel below a line [[channel]]")
    channels: dict[tuple[str, str], Channel] = {}
    for number, entry in enumerate(entries, 1):
        channel = _channel(f"{file}: [[channel]] {number}", dict(entry), client)
        key = (channel.kind, channel.account)
        if key in channels:
            raise SettingsError(f"{file}: [[channel]] {number}: {' '.join(key)} stands there twice")
        channels[key] = channel
    return channels


def _channel(where: str, entry: dict[str, Any], client: httpx.AsyncClient) -> Channel:
    kind = str(entry.pop("kind", ""))
    if kind not in KINDS:
        raise SettingsError(f"{where}: kind: one of {', '.join(sorted(KINDS))}")
    found = importlib.import_module(f"integrations.channels.{KINDS[kind]}.channel")
    config, channel = found.CHANNELS[kind]
    try:
        built: Channel = channel(config.model_validate(entry), client)
    except ValidationError as error:
        said = "; ".join(": ".join(filter(None, _said(one))) for one in error.errors())
        raise SettingsError(f"{where} ({kind}): {said}") from error
    return built


def _said(error: ErrorDetails) -> tuple[str, str]:
    """Return the field, if it is one field's mistake, and what is wrong."""
    return ".".join(map(str, error["loc"])), error["msg"].removeprefix("Value error, ")
