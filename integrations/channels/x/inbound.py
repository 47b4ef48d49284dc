"""What X tells about an account's direct messages, turned into arrivals."""

import logging
from typing import Any

from pydantic import ValidationError

from integrations.channels.contract import Arrival, Attachment, BadPayload
from integrations.channels.reading import fields, loaded
from integrations.channels.x.shapes import Activity, Bare, Direct, Event, Said, Several, Wrapped

HANDLED = ("dm.received", "dm.sent")
KINDS = {"photo": "image", "video": "video", "animated_gif": "video"}

log = logging.getLogger(__name__)


def accounts(raw: bytes) -> list[str]:
    """Return whose activity a delivery tells of."""
    content = loaded(raw)
    try:
        if "data" in content:
            return [Wrapped.model_validate(content).data.filter.user_id]
        return [Bare.model_validate(content).for_user_id]
    except ValidationError as error:
        raise BadPayload(_complaint(error)) from None


def parse(raw: bytes, own: str, app: str) -> list[Arrival]:
    """Return what a delivery says about this account; everything else is left out."""
    content = loaded(raw)
    try:
        if "data" not in content:
            mine = Bare.model_validate(content).for_user_id == own
            return _several(content, own, app) if mine else []
        told = Wrapped.model_validate(content).data
        if told.filter.user_id != own or told.event_type not in HANDLED:
            _warn(told, own)
            return []
        if "direct_message_events" in told.payload:
            return _several(told.payload, own, app)
        return _of_event(told.payload, own)
    except ValidationError as error:
        raise BadPayload(_complaint(error)) from None


def conversation(one: str, other: str) -> str:
    """Return X's name for the conversation of two people: the older account first."""
    return "-".join(sorted((one, other), key=int))


def _warn(told: Activity, own: str) -> None:
    if told.filter.user_id == own and told.event_type == "chat.received":
        log.warning("x.encrypted_left_out account=%s", own)


def _several(content: dict[str, Any], own: str, app: str) -> list[Arrival]:
    several = Several.model_validate(content)
    arrivals = []
    for one in several.direct_message_events:
        if one.get("type") == "message_create":
            arrivals += _of_direct(Direct.model_validate(one), own, app, several.users)
    return arrivals


def _of_direct(
    direct: Direct, own: str, app: str, users: dict[str, dict[str, Any]]
) -> list[Arrival]:
    said = direct.message_create
    sender, recipient = said.sender_id, said.target.recipient_id
    if own not in (sender, recipient) or sender == recipient:
        return []
    theirs = recipient == own
    # Without the name of the program it may be ours: in doubt it is no echo.
    if not theirs and not (app and said.source_app_id):
        return []
    person = sender if theirs else recipient
    return [
        Arrival(
            happened="message" if theirs else "echo",
            external=direct.id,
            conversation=conversation(sender, recipient),
            at=direct.created_timestamp,
            contact=person,
            name=_name(users.get(person, {})) if theirs else "",
            text=said.message_data.text,
            attachments=_files(said.message_data),
            state="" if theirs else ("agent" if said.source_app_id == app else "person"),
        )
    ]


def _of_event(content: dict[str, Any], own: str) -> list[Arrival]:
    if content.get("event_type", "MessageCreate") != "MessageCreate":  # joins and leaves of groups
        return []
    event = Event.model_validate(content)
    pair = event.dm_conversation_id.split("-")
    # A group's name is one number. This shape names no program: our own words are in doubt.
    if len(pair) != 2 or own not in pair or event.sender_id == own:
        return []
    keys = event.attachments.media_keys if event.attachments else []
    return [
        Arrival(
            happened="message",
            external=event.id,
            conversation=event.dm_conversation_id,
            at=event.created_at,
            contact=event.sender_id,
            text=event.text,
            attachments=tuple(Attachment("file", reference=key) for key in keys),
        )
    ]


def _name(user: dict[str, Any]) -> str:
    inner = user.get("data")
    found = inner if isinstance(inner, dict) else user
    name = found.get("name") or found.get("screen_name") or found.get("username")
    return name.replace("\0", "") if isinstance(name, str) else ""


def _files(said: Said) -> tuple[Attachment, ...]:
    media = said.attachment.media if said.attachment else None
    if media is None:
        return ()
    return (Attachment(KINDS.get(media.type, "file"), reference=media.media_url_https),)


def _complaint(error: ValidationError) -> str:
    """Name the fields, never their values."""
    return f"no delivery of X: {fields(error)}"
