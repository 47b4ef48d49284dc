"""What Messenger and Instagram tell: one envelope, one page or account an entry."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, Field

from integrations.channels.contract import Arrival, Attachment
from integrations.channels.meta.inbound import Milliseconds, Text, arrivals, envelope

KINDS = {"image": "image", "video": "video", "audio": "audio", "location": "location"}
CONTROL = ("pass_thread_control", "take_thread_control")
HANDLED = frozenset(("message", "message_edit", "postback", "delivery", "read", *CONTROL))


class _Entry(BaseModel):
    id: Text
    messaging: list[dict[str, Any]] = []
    standby: list[dict[str, Any]] = []


class _Webhook(BaseModel):
    object: Text
    entry: list[_Entry]


class _Party(BaseModel):
    id: Text = Field(min_length=1)


class _Place(BaseModel):
    lat: float
    long: float


class _Payload(BaseModel):
    url: Text = ""
    title: Text = ""
    sticker_id: int | str | None = None
    coordinates: _Place | None = None


class _Attachment(BaseModel):
    type: Text
    url: Text = ""
    title: Text = ""
    payload: _Payload | None = None


class _Story(BaseModel):
    url: Text = ""


class _Answered(BaseModel):
    story: _Story | None = None


class _Message(BaseModel):
    mid: Text = Field(min_length=1)
    text: Text = ""
    attachments: list[_Attachment] = []
    reply_to: _Answered | None = None
    app_id: Text = ""
    metadata: Text = ""
    is_echo: bool = False
    is_deleted: bool = False
    is_self: bool = False
    is_unsupported: bool = False


class _Edit(BaseModel):
    mid: Text = Field(min_length=1)
    text: Text = ""
    num_edit: int = 0


class _Postback(BaseModel):
    mid: Text = ""
    title: Text = ""


class _Seen(BaseModel):
    mid: Text = ""
    mids: list[Text] = []


class _Control(BaseModel):
    new_owner_app_id: Text = ""


class _Event(BaseModel):
    sender: _Party
    recipient: _Party
    timestamp: Milliseconds
    message: _Message | None = None
    message_edit: _Edit | None = None
    postback: _Postback | None = None
    delivery: _Seen | None = None
    read: _Seen | None = None
    pass_thread_control: _Control | None = None
    take_thread_control: _Control | None = None


def accounts(raw: bytes, what: str) -> list[str]:
    """Return the accounts that a delivery tells of."""
    webhook = envelope(_Webhook, raw)
    mine = webhook.entry if webhook.object == what else []
    return list(dict.fromkeys(one.id for one in mine))


def parse(raw: bytes, what: str, account: str, app: str) -> list[Arrival]:
    """Return what happened to this account; other accounts of a batch are left out."""
    webhook = envelope(_Webhook, raw)
    mine = [one for one in webhook.entry if webhook.object == what and one.id == account]
    parts = [(part, False) for one in mine for part in one.messaging]
    parts += [(part, True) for one in mine for part in one.standby]
    wanted = [part for part in parts if HANDLED & part[0].keys()]
    return arrivals(wanted, lambda part: _happened(part[0], part[1], account, app))


def _happened(part: dict[str, Any], standby: bool, account: str, app: str) -> Iterator[Arrival]:
    event = _Event.model_validate(part)
    person = event.recipient.id if event.sender.id == account else event.sender.id
    one = Arrival("message", "", conversation=person, contact=person, at=event.timestamp)
    if event.message:
        yield from _message(event.message, one, app, standby)
    elif event.message_edit:
        edit = event.message_edit
        external = f"{edit.mid}:edited:{edit.num_edit}"
        yield replace(one, happened="edited", external=external, text=edit.text)
    elif event.postback and not standby:
        external = event.postback.mid or f"postback:{person}:{event.timestamp.timestamp()}"
        yield replace(one, external=external, text=event.postback.title)
    elif control := event.pass_thread_control or event.take_thread_control:
        owner = "agent" if control.new_owner_app_id == app else "person"
        external = f"handover:{person}:{event.timestamp.timestamp()}"
        yield replace(one, happened="handover", external=external, state=owner)
    else:
        yield from _seen(event, one)


def _seen(event: _Event, one: Arrival) -> Iterator[Arrival]:
    for state, seen in (("delivered", event.delivery), ("read", event.read)):
        for mid in [*seen.mids, seen.mid] if seen else []:
            if mid:
                yield replace(one, happened="status", external=f"{mid}:{state}", state=state)


def _message(message: _Message, one: Arrival, app: str, standby: bool) -> Iterator[Arrival]:
    if message.is_self:
        return
    files = _files(message)
    said = replace(one, external=message.mid, text=message.text, attachments=files)
    if message.is_echo:
        yield _echo(message, said, app)
    elif message.is_deleted:
        yield replace(one, happened="deleted", external=f"{message.mid}:deleted")
    elif message.text or files:
        if standby:  # somebody else has the thread: kept, and never answered
            external = f"{message.mid}:standby"
            yield replace(one, happened="handover", external=external, state="person")
        yield said


def _echo(message: _Message, said: Arrival, app: str) -> Arrival:
    """Tell our own words from those of a person or another app."""
    by_us = message.app_id == app or (not message.app_id and bool(message.metadata))
    ours, state = (message.metadata, "agent") if by_us else ("", "person")
    return replace(said, happened="echo", ours=ours, state=state)


def _files(message: _Message) -> tuple[Attachment, ...]:
    files = [_file(one) for one in message.attachments]
    if message.reply_to and message.reply_to.story:
        files.append(Attachment("file", "story", message.reply_to.story.url))
    if message.is_unsupported and not files:
        files.append(Attachment("file", "unsupported"))
    return tuple(files)


def _file(one: _Attachment) -> Attachment:
    payload = one.payload or _Payload()
    reference, name = payload.url or one.url, payload.title or one.title
    if place := payload.coordinates:
        reference = f"{place.lat},{place.long}"
    if payload.sticker_id:
        return Attachment("sticker", name, reference or str(payload.sticker_id))
    kind = KINDS.get(one.type, "file")
    return Attachment(kind, name or ("" if kind == one.type else one.type), reference)
