"""The channels' settings without what must stay secret."""

import importlib
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from integrations.channels.registry import KINDS
from integrations.settings import SettingsError

SECRET = re.compile(r"token|secret|password|passphrase|credential|(^|_)key$", re.IGNORECASE)


def without_secrets(file: Path) -> tuple[str, list[str]]:
    """Return the file's text without secrets, and which were left out."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: {error}") from error
    text, left = "", list[str]()
    for number, entry in enumerate(found.get("channel", []), 1):
        place = f"channel {number} ({entry.get('kind', '')} {entry.get('account', '')})"
        text += "[[channel]]\n"
        for name, value in entry.items():
            if _is_secret(str(entry.get("kind", "")), name, value):
                left.append(f"{place}: {name}")
                text += f"# {name} was left out\n"
            else:
                text += f"{_key(name)} = {_toml(value)}\n"
                left += [f"{place}: the file of {name}"] if name.endswith("_file") else []
        text += "\n"
    return text, left


def _is_secret(kind: str, name: str, value: object) -> bool:
    if name.endswith("_file"):
        return False  # a reference
    if isinstance(value, dict):
        return any(_is_secret(kind, inner, one) for inner, one in value.items())
    if isinstance(value, str) and "@" in urlsplit(value).netloc:
        return True  # an address with a password in it
    return bool(SECRET.search(name)) or name in _declared(kind)


def _declared(kind: str) -> set[str]:
    """Return the fields that a kind of channel itself calls secret."""
    if kind not in KINDS:
        return set()
    module = importlib.import_module(f"integrations.channels.{KINDS[kind]}.channel")
    fields = module.CHANNELS[kind][0].model_fields
    return {name for name, field in fields.items() if field.annotation is SecretStr}


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(k)} = {_toml(v)}' for k, v in value.items())} }}"
    return str(value)
