"""Settings from the environment, read once and checked; every secret also as NAME_FILE."""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "QUIETHAND_"
SECRETS = ("model_key", "master_key", "identity_key", "database_url", "oidc_secret")
PRICE = r"[^=,\s]+=\d+(\.\d+)?/\d+(\.\d+)?"  # of one model


class SettingsError(Exception):
    """A setting cannot be used; names the variable."""


def _secret_in(file: Path, variable: str) -> SecretStr:
    try:
        return SecretStr(file.read_text(encoding="utf-8").strip())
    except OSError as error:
        raise ValueError(f"{variable}: {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{variable}: {file} is not text") from error


def _data_folder() -> Path:
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "quiethand"


class Settings(BaseSettings):
    """What an operator may set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", env_ignore_empty=True)

    data: Path = Field(default_factory=_data_folder, description="folder for everything kept")
    brand: str = Field(default="connectsphere", description="brand: a bundled name or a folder")
    model: str = Field(
        default="", pattern=r"^$|^openai:.+", description="language model, as openai:NAME; optional"
    )
    model_url: str = Field(default="", description="base URL of an OpenAI-compatible server")
    model_key: SecretStr = Field(default=SecretStr(""), description="key for the model")
    model_key_file: Path | None = Field(default=None, description="file that holds the key")
    model_seconds: float = Field(
        default=20.0, gt=0, le=300, description="time a model call may take"
    )
    master_key: SecretStr = Field(
        default=SecretStr(""), description="key of the vault: 32 bytes as base64 or hex"
    )
    master_key_file: Path | None = Field(default=None, description="file that holds that key")
    identity_key: SecretStr = Field(
        default=SecretStr(""), description="key with which your own system signs customers' ids"
    )
    identity_key_file: Path | None = Field(default=None, description="file that holds that key")
    ner: str = Field(
        default="",
        pattern=r"^$|^(spacy|transformers|gliner):.+",
        description="model for names, as spacy:NAME, transformers:NAME or gliner:NAME; optional",
    )
    allow_private: bool = Field(
        default=False, description="let documents be fetched from private addresses"
    )
    chroma_url: str = Field(default="", description="a Chroma server; empty keeps vectors here")
    database_url: SecretStr = Field(
        default=SecretStr(""),
        description="a Postgres server; empty keeps SQLite in the data folder",
    )
    database_url_file: Path | None = Field(default=None, description="file that holds that address")
    threads: int = Field(default=0, ge=0, le=256, description="threads for the encoder; 0 is all")
    log: Literal["auto", "json", "console"] = Field(
        default="auto", description="how log lines look; auto is json unless a person watches"
    )
    otlp_url: str = Field(
        default="", pattern=r"^$|^https?://.+", description="where traces go, as http://host:4318"
    )
    model_prices: str = Field(
        default="",
        pattern=rf"^$|^{PRICE}(,{PRICE})*$",
        description="price of a million tokens, in and out, as NAME=0.25/2.00,OTHER=1/4",
    )
    sign_in: Literal["link", "password", "oidc"] = Field(
        default="link", description="how people get into the console; a link always works"
    )
    address: str = Field(
        default="",
        pattern=r"^$|^https?://[^/?#]+$",
        description="of the console, as others reach it",
    )
    oidc_issuer: str = Field(
        default="", pattern=r"^$|^https?://.+", description="who signs people in, by its issuer URL"
    )
    oidc_client: str = Field(default="", description="as which application the issuer knows us")
    oidc_secret: SecretStr = Field(default=SecretStr(""), description="that application's secret")
    oidc_secret_file: Path | None = Field(default=None, description="file that holds that secret")

    @model_validator(mode="after")
    def _read_secrets(self) -> Self:
        for name in SECRETS:
            file = getattr(self, f"{name}_file")
            if file is not None:
                setattr(self, name, _secret_in(file, f"{PREFIX}{name}_file".upper()))
        if 0 < len(self.identity_key.get_secret_value()) < 32:
            raise ValueError(f"{PREFIX}IDENTITY_KEY: shorter than 32 characters")
        if self.sign_in == "oidc" and not (self.oidc_issuer and self.oidc_client):
            raise ValueError(f"{PREFIX}OIDC_ISSUER and {PREFIX}OIDC_CLIENT: sign_in is oidc")
        if not self.model_key.get_secret_value() and (key := os.environ.get("OPENAI_API_KEY")):
            self.model_key = SecretStr(key)
        return self

    @property
    def cache(self) -> Path:
        """Return the folder of what can be built again."""
        return self.data / "cache"


def read() -> Settings:
    """Read the environment; a bad value names its variable."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_complaint(e) for e in error.errors())) from error


def _complaint(error: object) -> str:
    fields = dict(error)  # type: ignore[call-overload]
    name = "".join(f"{PREFIX}{part}".upper() for part in fields["loc"][:1])
    message = str(fields["msg"]).removeprefix("Value error, ")
    return f"{name}: {message} (got {fields['input']!r})" if name else message
