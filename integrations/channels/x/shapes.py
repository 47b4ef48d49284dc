"""The shapes in which X tells of direct messages."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from integrations.channels.reading import At, Text


def _milliseconds(at: object) -> datetime:
    text = str(at)
    if not (text.isascii() and text.isdigit() and 10 < len(text) < 14):
        raise ValueError("is no time in milliseconds")
    return datetime.fromtimestamp(int(text) / 1000, UTC)


Milliseconds = Annotated[datetime, BeforeValidator(_milliseconds)]
Id = Annotated[str, Field(pattern=r"^[0-9]{1,19}$")]


class Media(BaseModel):
    """A picture or a video."""

    type: str = ""
    media_url_https: str = ""


class Attached(BaseModel):
    """What hangs on a message."""

    media: Media | None = None


class Said(BaseModel):
    """What a message says."""

    text: Text = ""
    attachment: Attached | None = None


class Target(BaseModel):
    """Who it goes to."""

    recipient_id: Id


class Created(BaseModel):
    """A message, and who wrote it with which program."""

    sender_id: Id
    target: Target
    source_app_id: str = ""
    message_data: Said


class Direct(BaseModel):
    """A message in the shape of the Account Activity API, which the Activity API wraps."""

    type: str
    id: Id
    created_timestamp: Milliseconds
    message_create: Created


class Keys(BaseModel):
    """Names of files."""

    media_keys: list[str] = []


class Event(BaseModel):
    """A message in the shape of the endpoints that look messages up."""

    id: Id
    sender_id: Id
    dm_conversation_id: str
    created_at: At
    text: Text = ""
    attachments: Keys | None = None


class Filter(BaseModel):
    """Whose activity it is."""

    user_id: Id


class Activity(BaseModel):
    """What the Activity API tells."""

    event_type: str
    filter: Filter
    payload: dict[str, Any] = {}


class Wrapped(BaseModel):
    """A delivery of the Activity API."""

    data: Activity


class Bare(BaseModel):
    """A delivery of the Account Activity API."""

    for_user_id: Id


class Several(BaseModel):
    """Messages, with the people in them."""

    direct_message_events: list[dict[str, Any]] = []
    users: dict[str, dict[str, Any]] = {}
