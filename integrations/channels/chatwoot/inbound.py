"""What Chatwoot tells an agent bot, checked and turned into arrivals."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from integrations.channels.contract import Arrival, Attachment, BadPayload, Forged
from integrations.channels.reading import fields

SIGNATURE, SIGNED_AT = "x-chatwoot-signature", "x-chatwoot-timestamp"
PATH_SECRET = "x-quiethand-path-secret"  # put there by whoever serves the address
WINDOW = timedelta(minutes=5)
MARK = "quiethand_mark"  # in the attributes of a message
KINDS = {"image": "image", "video": "video", "audio": "audio", "contact": "contact"}
OWNERS = {"open": "person", "snoozed": "person", "pending": "agent", "resolved": "agent"}
CHANGES = ("conversation_opened", "conversation_resolved", "conversation_status_changed")


def _told(time: object) -> datetime:
    """Read a time, which older versions write in words and newer ones as a number."""
    if isinstance(time, str):
        read = datetime.fromisoformat(time.removesuffix(" UTC").replace("Z", "+00:00"))
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    if isinstance(time, bool) or not isinstance(time, int | float) or not 0 < time < 2**33:
        raise ValueError("is no time")
    return datetime.fromtimestamp(time, UTC)


At = Annotated[datetime, BeforeValidator(_told)]
Text = Annotated[
    str, BeforeValidator(lambda text: "" if text is None else str(text).replace("\0", ""))
]


class _Event(BaseModel):
    event: Text


class _Account(BaseModel):
    id: int


class _Sender(BaseModel):
    id: int | None = None
    name: Text = ""
    type: Text = ""


class _Meta(BaseModel):
    sender: _Sender | None = None


class _Conversation(BaseModel):
    id: int
    status: Text = ""
    can_reply: bool | None = None
    meta: _Meta = _Meta()
    updated_at: At | None = None
    timestamp: At | None = None

    @property
    def contact(self) -> _Sender:
        return self.meta.sender or _Sender()


class _Attachment(BaseModel):
    file_type: Text = ""
    data_url: Text = ""
    fallback_title: Text = ""
    coordinates_lat: float | None = None
    coordinates_long: float | None = None


class _Message(BaseModel):
    id: int
    content: Text = ""
    message_type: Literal["incoming", "outgoing", "template", "activity"]
    private: bool | None = False
    created_at: At
    content_attributes: dict[str, Any] | None = None
    sender: _Sender | None = None
    conversation: _Conversation
    account: _Account | None = None
    attachments: list[_Attachment] = []

    @property
    def attributes(self) -> dict[str, Any]:
        return self.content_attributes or {}


class _Status(_Conversation):
    account: _Account | None = None
    status: Text = Field(min_length=1)


def verify(
    raw: bytes, headers: Mapping[str, str], now: datetime, secret: str, path_secret: str
) -> None:
    """Raise ``Forged`` unless whatever was agreed came along: a signature, a secret address."""
    given = {name.lower(): value for name, value in headers.items()}
    if not secret and not path_secret:
        raise Forged("no secret is set")
    if path_secret and not _same(given.get(PATH_SECRET, ""), path_secret):
        raise Forged("the secret in the address is missing or wrong")
    if secret:
        _signed(raw, given, now, secret)


def _signed(raw: bytes, given: Mapping[str, str], now: datetime, secret: str) -> None:
    at = given.get(SIGNED_AT, "")
    signed = hmac.new(secret.encode(), at.encode("utf-8", "replace") + b"." + raw, hashlib.sha256)
    if not _same(given.get(SIGNATURE, ""), "sha256=" + signed.hexdigest()):
        raise Forged(f"{SIGNATURE} is missing or wrong")
    if not (at.isascii() and at.isdigit() and len(at) < 12):
        raise Forged(f"{SIGNED_AT} is no Unix time")
    if abs(now - datetime.fromtimestamp(int(at), UTC)) > WINDOW:
        raise Forged(f"{SIGNED_AT} is too long ago")


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def parse(raw: bytes, account: str) -> list[Arrival]:
    """Return what one event says; the agent's own words without a mark are left out."""
    try:
        event = _Event.model_validate_json(raw).event
        if event in CHANGES:
            return list(_changed(_Status.model_validate_json(raw), account))
        if event in ("message_created", "message_updated"):
            return list(_told_of(event, _Message.model_validate_json(raw), account))
    except ValidationError as error:
        raise BadPayload(f"no event of Chatwoot: {fields(error)}") from None
    return []


def _changed(status: _Status, account: str) -> Iterator[Arrival]:
    owner, at = OWNERS.get(status.status), status.updated_at or status.timestamp
    if owner is None or at is None or (status.account and str(status.account.id) != account):
        return
    external = f"{status.id}:{owner}:{at.timestamp()}"
    yield replace(_blank(status, at), happened="handover", external=external, state=owner)


def _blank(place: _Conversation, at: datetime) -> Arrival:
    contact = "" if place.contact.id is None else str(place.contact.id)
    return Arrival("message", "", str(place.id), at, contact=contact)


def _told_of(event: str, message: _Message, account: str) -> Iterator[Arrival]:
    if message.private or (message.account and str(message.account.id) != account):
        return
    one = replace(_blank(message.conversation, message.created_at), external=str(message.id))
    if event == "message_updated":
        yield from _updated(message, one)
    elif message.message_type == "incoming":
        yield from _said(message, one)
    elif message.message_type == "outgoing":
        yield from _echo(message, one)


def _said(message: _Message, one: Arrival) -> Iterator[Arrival]:
    sender, files = message.sender or message.conversation.contact, _files(message)
    if not message.content and not files:
        return
    if OWNERS.get(message.conversation.status) == "person":
        external = f"{message.id}:person"  # kept, and never answered
        yield replace(one, happened="handover", external=external, state="person")
    yield replace(one, name=sender.name, text=message.content, attachments=files)


def _echo(message: _Message, one: Arrival) -> Iterator[Arrival]:
    """Tell our own words from a person's; those of rules, campaigns and other bots are no news."""
    said = replace(one, happened="echo", text=message.content, attachments=_files(message))
    if mark := str(message.attributes.get(MARK) or ""):
        yield replace(said, ours=mark, state="agent")
    elif message.attributes.get("automation_rule_id"):
        return
    elif _by_person(message):
        yield replace(said, state="person")


def _by_person(message: _Message) -> bool:
    """Say whether somebody wrote it in Chatwoot, or in the platform's own app."""
    written = message.sender is not None and message.sender.type == "user"
    return written or bool(message.attributes.get("external_echo"))


def _updated(message: _Message, one: Arrival) -> Iterator[Arrival]:
    mark = str(message.attributes.get(MARK) or "")
    if message.message_type == "incoming" and message.attributes.get("deleted"):
        yield replace(one, happened="deleted", external=f"{message.id}:deleted")
    elif mark and message.attributes.get("external_error"):
        words = "the platform behind Chatwoot did not take it: see the message in Chatwoot"
        external = f"{message.id}:failed"
        yield replace(
            one, happened="status", external=external, state="failed", ours=mark, text=words
        )


def _files(message: _Message) -> tuple[Attachment, ...]:
    return tuple(_file(one) for one in message.attachments)


def _file(one: _Attachment) -> Attachment:
    if one.file_type == "location":
        reference = f"{one.coordinates_lat},{one.coordinates_long}"
        return Attachment("location", one.fallback_title, reference)
    kind = KINDS.get(one.file_type, "file")
    label = "" if one.file_type in ("file", kind) else one.file_type
    return Attachment(kind, one.fallback_title or label, one.data_url)
