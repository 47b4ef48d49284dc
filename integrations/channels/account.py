"""What the settings of all accounts share: no unknown fields, and secrets that may lie in files."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr, model_validator


class Account(BaseModel):
    """What an operator sets; a secret ``name`` may stand in the file ``name_file``."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @classmethod
    def secrets(cls) -> list[str]:
        """Return the names of the secrets."""
        return [name for name, field in cls.model_fields.items() if field.annotation is SecretStr]

    @model_validator(mode="before")
    @classmethod
    def _opened(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        files = {name: given.get(f"{name}_file") for name in cls.secrets()}
        return given | {name: read_secret(name, file) for name, file in files.items() if file}

    def secret_of(self, name: str) -> str:
        """Return a secret's text."""
        found: SecretStr = getattr(self, name)
        return found.get_secret_value()


def read_secret(name: str, file: Path | str) -> str:
    """Return what a secret's file holds, or raise ``ValueError`` without a word of it."""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}_file: cannot be read ({type(error).__name__})") from None


def one_word(text: str) -> bool:
    """Say whether a text could be a token: visible characters that a header takes, no spaces."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text
