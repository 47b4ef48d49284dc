"""What an operator sets for Meta's platforms."""

from pathlib import Path

from pydantic import Field, SecretStr, model_validator

from integrations.channels.account import Account, one_word


class Config(Account):
    """What an operator sets for an account of an app."""

    account: str = Field(pattern=r"^[0-9]{1,32}$", description="the page, account or number id")
    app_secret: SecretStr = Field(description="of the app; signs webhooks")
    app_secret_file: Path | None = Field(default=None, description="file that holds it")
    verify_token: SecretStr = Field(description="what you typed beside the callback URL")
    verify_token_file: Path | None = Field(default=None, description="file that holds it")
    token: SecretStr = Field(description="access token of the page, account or system user")
    token_file: Path | None = Field(default=None, description="file that holds it")
    url: str = Field(
        default="https://graph.facebook.com", pattern=r"^https?://", description="the Graph API"
    )
    version: str = Field(default="v26.0", pattern=r"^v[0-9]{1,3}\.[0-9]$")
    prove: bool = Field(default=False, description="the app demands a proof with each call")

    @model_validator(mode="after")
    def _checked(self) -> "Config":
        for name in self.secrets():
            if not one_word(self.secret_of(name)):
                raise ValueError(f"{name}: is empty or holds characters that no secret has")
        return self


class PageConfig(Config):
    """What an operator sets for a page or an Instagram account."""

    app_id: str = Field(pattern=r"^[0-9]{1,32}$", description="tells our echoes from others'")


class NumberConfig(Config):
    """What an operator sets for a WhatsApp number."""

    coexistence: bool = Field(
        default=False, description="the number is also used in the WhatsApp Business app"
    )
