"""What Bluesky's chat log tells, turned into arrivals."""

import logging
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from integrations.channels.contract import Arrival, Attachment, BadPayload
from integrations.channels.reading import At, Text, fields, loaded

CREATED = "chat.bsky.convo.defs#logCreateMessage"
MESSAGE = "chat.bsky.convo.defs#messageView"
GROUP = "chat.bsky.convo.defs#groupConvo"
MARK = "invalid.quiethand.mark"  # ours; clients leave features out that they do not know

log = logging.getLogger(__name__)


Id = Annotated[str, Field(min_length=1, max_length=200)]


class _Sender(BaseModel):
    did: Id


class _Feature(BaseModel):
    type: str = Field(default="", alias="$type")
    mark: str = Field(default="", max_length=200)


class _Facet(BaseModel):
    features: list[_Feature] = []


class _Message(BaseModel):
    type: str = Field(default=MESSAGE, alias="$type")
    id: Id
    text: Text = ""
    sender: _Sender
    sent_at: At = Field(alias="sentAt")
    facets: list[_Facet] = []
    embed: dict[str, Any] = {}


class _Entry(BaseModel):
    type: str = Field(alias="$type")


class _Created(BaseModel):
    convo: Id = Field(alias="convoId")
    message: _Message


class _Member(BaseModel):
    did: Id
    handle: Text = ""
    display_name: Text = Field(default="", alias="displayName")


class _Kind(BaseModel):
    type: str = Field(default="", alias="$type")


class _Convo(BaseModel):
    members: list[_Member]
    kind: _Kind | None = None


class _Found(BaseModel):
    convo: _Convo


def parse(raw: bytes, own: str) -> list[Arrival]:
    """Return what one entry of the log says: messages, nothing else."""
    return _of(loaded(raw), own)


def parse_batch(entries: list[dict[str, Any]], own: str) -> list[Arrival]:
    """Return what several entries say; a broken one must not hold up the others."""
    arrivals: list[Arrival] = []
    for entry in entries:
        try:
            arrivals += _of(entry, own)
        except BadPayload as error:
            log.warning("bluesky.entry_left_out %s", error)
    return arrivals


def people(content: object, own: str) -> dict[str, str] | None:
    """Return the names of those whom we talk with by their ids; None for a group."""
    try:
        convo = _Found.model_validate(content).convo
    except ValidationError as error:
        raise BadPayload(_complaint(error)) from None
    if len(convo.members) > 2 or (convo.kind and convo.kind.type == GROUP):
        return None
    return {one.did: one.display_name or one.handle for one in convo.members if one.did != own}


def _of(entry: object, own: str) -> list[Arrival]:
    try:
        if _Entry.model_validate(entry).type != CREATED:
            return []
        created = _Created.model_validate(entry)
    except ValidationError as error:
        raise BadPayload(_complaint(error)) from None
    message = created.message
    if message.type != MESSAGE:  # it is deleted already
        return []
    theirs = message.sender.did != own
    return [
        Arrival(
            happened="message" if theirs else "echo",
            external=message.id,
            conversation=created.convo,
            at=message.sent_at,
            contact=message.sender.did if theirs else "",
            text=message.text,
            attachments=_files(message.embed),
            ours="" if theirs else _mark(message),
        )
    ]


def _mark(message: _Message) -> str:
    features = (feature for facet in message.facets for feature in facet.features)
    return next((feature.mark for feature in features if feature.type == MARK), "")


def _files(embed: dict[str, Any]) -> tuple[Attachment, ...]:
    """Return the post that a message quotes; there is nothing else to attach."""
    record = embed.get("record")
    address = record.get("uri") if isinstance(record, dict) else None
    return (Attachment("file", "post", address),) if isinstance(address, str) else ()


def _complaint(error: ValidationError) -> str:
    """Name the fields, never their values."""
    return f"no entry of Bluesky's log: {fields(error)}"
