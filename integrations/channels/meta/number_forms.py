"""The forms of WhatsApp's webhooks, for `numbers.py` alone."""

from typing import Any

from pydantic import BaseModel, Field

from integrations.channels.meta.inbound import Seconds, Text


class Number(BaseModel):
    """The business's number that it is about."""

    phone_number_id: Text = ""


class Profile(BaseModel):
    """How a person calls themselves."""

    name: Text = ""
    username: Text = ""


class Contact(BaseModel):
    """A person; the phone number may be hidden, the user's id is not."""

    wa_id: Text = ""
    user_id: Text = ""
    profile: Profile | None = None


class Value(BaseModel):
    """What happened to one number."""

    metadata: Number = Number()
    contacts: list[Contact] = []
    messages: list[dict[str, Any]] = []
    message_echoes: list[dict[str, Any]] = []
    statuses: list[dict[str, Any]] = []


class Change(BaseModel):
    """One kind of news."""

    field: Text
    value: dict[str, Any]


class Entry(BaseModel):
    """One business account."""

    changes: list[Change] = []


class Webhook(BaseModel):
    """A whole body."""

    object: Text
    entry: list[Entry]


class Words(BaseModel):
    """Text, wherever it stands."""

    body: Text = ""
    text: Text = ""
    title: Text = ""


class Choice(BaseModel):
    """A button or a row that somebody chose."""

    button_reply: Words | None = None
    list_reply: Words | None = None


class File(BaseModel):
    """A file that came along."""

    id: Text = ""
    filename: Text = ""
    caption: Text = ""


class Place(BaseModel):
    """A place on the map."""

    latitude: float
    longitude: float
    name: Text = ""


class Content(BaseModel):
    """What is said."""

    type: Text
    text: Words | None = None
    button: Words | None = None
    interactive: Choice | None = None
    image: File | None = None
    video: File | None = None
    audio: File | None = None
    document: File | None = None
    sticker: File | None = None
    location: Place | None = None


class Revision(BaseModel):
    """What became of an earlier message."""

    original_message_id: Text = Field(min_length=1)
    message: Content | None = None


class Message(Content):
    """Something said, and by whom."""

    id: Text = Field(min_length=1)
    timestamp: Seconds
    sender: Text = Field("", alias="from")
    from_user_id: Text = ""
    to: Text = ""
    to_user_id: Text = ""
    group_id: Text = ""
    edit: Revision | None = None
    revoke: Revision | None = None


class Fault(BaseModel):
    """Why a message failed."""

    code: int


class Status(BaseModel):
    """What became of a message of ours."""

    id: Text = Field(min_length=1)
    status: Text
    timestamp: Seconds
    recipient_id: Text = ""
    recipient_user_id: Text = ""
    biz_opaque_callback_data: Text = ""
    errors: list[Fault] = []
