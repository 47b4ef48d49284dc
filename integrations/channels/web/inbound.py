"""Read what a page sends: one message of a visitor. Pure; no input or output."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from integrations.channels.contract import Arrival, BadPayload

LONGEST = 2000  # characters of one message; what is kept of a line


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    id: str = Field(pattern=r"^[A-Za-z0-9-]{16,64}$")
    text: str = Field(max_length=LONGEST, pattern=r"\S")
    identity: str = Field(default="", max_length=2000)  # a signed id; see integrations/identity.py


def schema() -> dict[str, Any]:
    """Return the JSON schema of what a page sends."""
    return _Written.model_json_schema()


def read(raw: bytes, visitor: str, now: datetime) -> Arrival:
    """Return the message; its id counts for this visitor only, so nobody can take another's."""
    try:
        written = _Written.model_validate_json(raw)
    except ValidationError as error:
        fields = sorted({".".join(map(str, one["loc"])) or "the body" for one in error.errors()})
        raise BadPayload(f"cannot be used: {', '.join(fields)}") from None
    external = f"{visitor}:{written.id}"
    text, identity = written.text, written.identity
    return Arrival("message", external, visitor, now, contact=visitor, text=text, identity=identity)
