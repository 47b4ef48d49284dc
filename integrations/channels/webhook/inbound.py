"""What a sender may post to the generic webhook, and the schema that we publish of it."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from integrations.channels.contract import Arrival, Attachment, BadPayload
from integrations.channels.reading import Text

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _iso(at: object) -> datetime:
    # Bare numbers are times to pydantic too; the schema promises ISO 8601 only.
    if not isinstance(at, str) or not re.match(r"\d{4}-\d\d-\d\d[Tt ]", at):
        raise ValueError("is not ISO 8601")
    return datetime.fromisoformat(at.upper())


def _in_utc(at: datetime) -> datetime:
    if not 2000 <= at.year < 2100:
        raise ValueError("is not of this century")
    return at.astimezone(UTC)


At = Annotated[AwareDatetime, BeforeValidator(_iso), AfterValidator(_in_utc)]
Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


class _File(BaseModel):
    """A file that came along; it is listed to people and never fetched."""

    model_config = ConfigDict(extra="forbid", title="File")

    kind: Literal["image", "video", "audio", "file", "location", "contact", "sticker"]
    name: Text = Field(default="", max_length=200, description="What people call it.")
    reference: Text = Field(default="", max_length=2000, description="Its id or address.")


class _Event(BaseModel):
    """One thing that happened on your platform."""

    model_config = ConfigDict(extra="forbid", title="Event")

    id: Id = Field(description="Yours, one for each event: the same id again is taken once.")
    conversation: Id = Field(description="Where an answer goes; you get it back with the answer.")
    contact: Id = Field(description="Your id of the person.")
    name: Text = Field(default="", max_length=200, description="The person's name, as shown.")
    text: Text = Field(max_length=20_000, description="Plain text; may be empty beside files.")
    at: At = Field(description="When it happened: ISO 8601 with a time zone.")
    attachments: tuple[_File, ...] = Field(default=(), max_length=20, description="Files.")
    identity: Text = Field(
        default="",
        max_length=2000,
        description="A token in which your own system signs which of its customers this is.",
    )
    type: Literal["message", "edited", "deleted", "echo", "status", "handover"] = Field(
        default="message",
        description="message, edited, deleted: of the person. echo: somebody answered on your "
        "side. status: of what we sent. handover: who answers from now on.",
    )
    mark: Text = Field(
        default="",
        max_length=200,
        description="The Idempotency-Key of what we sent, on an echo or a status of it.",
    )
    state: Literal["", "sent", "delivered", "read", "failed", "person", "agent"] = Field(
        default="",
        description="Of a status: sent, delivered, read, failed. Of a handover: person, agent.",
    )


def schema() -> dict[str, Any]:
    """Return the JSON schema of what we accept."""
    return {"$schema": DIALECT, **_Event.model_json_schema()}


def parse(raw: bytes) -> list[Arrival]:
    """Return the one thing that a delivery tells."""
    try:
        event = _Event.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise BadPayload(_complaint(error)) from None
    return [
        Arrival(
            happened=event.type,
            external=event.id,
            conversation=event.conversation,
            at=event.at,
            contact=event.contact,
            name=event.name,
            text=event.text,
            attachments=tuple(Attachment(f.kind, f.name, f.reference) for f in event.attachments),
            ours=event.mark,
            state=event.state,
            identity=event.identity,
        )
    ]


def _complaint(error: ValidationError) -> str:
    """Name the fields and what is wrong, never their values."""
    found = {f"{_place(one['loc'])}: {one['type']}" for one in error.errors(include_input=False)}
    return "; ".join(sorted(found)[:10])


def _place(parts: tuple[int | str, ...]) -> str:
    # A field that we do not know was named by the sender: only what looks like a name is repeated.
    text = ".".join(str(part) for part in parts)
    return text if re.fullmatch(r"[A-Za-z0-9_.]{1,60}", text) else "the body"
