"""What Telegram tells a bot, checked and turned into arrivals."""

import hmac
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from integrations.channels.contract import Arrival, Attachment, BadPayload, Forged
from integrations.channels.reading import Text, fields

HEADER = "x-telegram-bot-api-secret-token"
WANTED = ("message", "edited_message")  # of all kinds of updates, also asked for so

log = logging.getLogger(__name__)


def _at(seconds: object) -> datetime:
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 < seconds < 2**33:
        raise ValueError("is no Unix time")
    return datetime.fromtimestamp(seconds, UTC)


At = Annotated[datetime, BeforeValidator(_at)]


class _User(BaseModel):
    id: int
    is_bot: bool = False
    first_name: Text = ""
    last_name: Text = ""
    username: Text = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.username


class _Chat(BaseModel):
    id: int
    type: str


class _File(BaseModel):
    file_id: str = ""
    file_name: Text = ""


class _Place(BaseModel):
    latitude: float
    longitude: float


class _Person(BaseModel):
    first_name: Text = ""
    last_name: Text = ""
    phone_number: Text = ""


class _Message(BaseModel):
    message_id: int
    date: At
    edit_date: At | None = None
    chat: _Chat
    sender: _User | None = Field(default=None, alias="from")
    text: Text = ""
    caption: Text = ""
    photo: list[_File] = []
    video: _File | None = None
    video_note: _File | None = None
    animation: _File | None = None
    voice: _File | None = None
    audio: _File | None = None
    document: _File | None = None
    sticker: _File | None = None
    location: _Place | None = None
    contact: _Person | None = None


class _Update(BaseModel):
    update_id: int
    message: _Message | None = None
    edited_message: _Message | None = None


# An animation comes as a document too: the first of these that is there is taken.
_FILES = {
    "animation": "video",
    "video": "video",
    "video_note": "video",
    "voice": "audio",
    "audio": "audio",
    "sticker": "sticker",
    "document": "file",
}


def verify(headers: Mapping[str, str], secret: str) -> None:
    """Raise ``Forged`` unless the secret that was agreed with Telegram came along."""
    given = next((value for name, value in headers.items() if name.lower() == HEADER), "")
    if not secret or not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
        raise Forged(f"{HEADER} is missing or wrong")


def parse(raw: bytes) -> list[Arrival]:
    """Return what one update says; groups, channels and other bots are left out."""
    try:
        return _arrivals(_Update.model_validate_json(raw))
    except ValidationError as error:
        raise BadPayload(_complaint(error)) from None


def parse_batch(updates: list[dict[str, Any]]) -> list[Arrival]:
    """Return what several updates say; a broken one must not hold up the others."""
    arrivals: list[Arrival] = []
    for update in updates:
        try:
            arrivals += _arrivals(_Update.model_validate(update))
        except ValidationError as error:
            log.warning("telegram.update_left_out %s", _complaint(error))
    return arrivals


def _complaint(error: ValidationError) -> str:
    """Name the fields, never their values."""
    return f"no Telegram update: {fields(error)}"


def _arrivals(update: _Update) -> list[Arrival]:
    message = update.message or update.edited_message
    if message is None or message.chat.type != "private":
        return []
    if message.sender is None or message.sender.is_bot:
        return []
    files, text = _attachments(message), message.text or message.caption
    if not text and not files:  # joins, pins and other news of the chat
        return []
    edited = update.message is None
    external = f"{message.chat.id}:{message.message_id}"
    return [
        Arrival(
            happened="edited" if edited else "message",
            # An edit keeps the message's number; its own keeps it apart from the original.
            external=f"{external}:{update.update_id}" if edited else external,
            conversation=str(message.chat.id),
            at=(message.edit_date if edited else None) or message.date,
            contact=str(message.sender.id),
            name=message.sender.name,
            text=text,
            attachments=files,
        )
    ]


def _attachments(message: _Message) -> tuple[Attachment, ...]:
    if message.photo:  # one picture in several sizes, the largest last
        return (Attachment("image", reference=message.photo[-1].file_id),)
    for field, kind in _FILES.items():
        file: _File | None = getattr(message, field)
        if file is not None:
            return (Attachment(kind, file.file_name, file.file_id),)
    if place := message.location:
        return (Attachment("location", reference=f"{place.latitude},{place.longitude}"),)
    if person := message.contact:
        name = f"{person.first_name} {person.last_name}".strip()
        return (Attachment("contact", name, person.phone_number),)
    return ()
