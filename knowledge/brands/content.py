"""What a brand publishes: where, for whom, and what goes with every post."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Tag = Annotated[str, Field(pattern=r"^[^\W\d_]\w{1,40}$")]


class Content(BaseModel):
    """The table ``[content]`` of ``brand.toml``; what is left out of a request comes from here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    networks: list[str] = ["linkedin"]  # the first is meant where none is named
    topics: list[str] = []  # of a plan that names none, in turn
    audience: str = ""
    hashtags: list[Tag] = []
    link: str = Field(default="", pattern=r"^$|^https://\S+$")
    call_to_action: str = ""
    label: Literal["always", "law", "never"] = "law"  # that AI helped, where the law asks for it
    products: list[str] = []  # names of ours that are written like this
    locale: str = ""
    address: Literal["formal", "informal", ""] = ""
    per_week: int = Field(default=3, ge=1, le=14)
    at: str = Field(default="10:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")  # time of day of a plan
    feeds: list[str] = []  # that are looked through for what is worth sharing
