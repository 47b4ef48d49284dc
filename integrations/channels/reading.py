"""How foreign bodies are read: times, texts, and complaints that name fields and no values."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, ValidationError

from integrations.channels.contract import BadPayload


def _in_utc(at: datetime) -> datetime:
    if not 2000 <= at.year < 2100:
        raise ValueError("is not of this century")
    return at.astimezone(UTC)


At = Annotated[AwareDatetime, AfterValidator(_in_utc)]
# Databases take no null characters.
Text = Annotated[str, AfterValidator(lambda text: text.replace("\0", ""))]


def loaded(raw: bytes) -> dict[str, Any]:
    """Return a JSON object as it is; what it says is not checked yet."""
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadPayload("the body is no JSON") from None
    if not isinstance(content, dict):
        raise BadPayload("the body is no object")
    return content


def fields(error: ValidationError) -> str:
    """Name the fields that are wrong, never their values."""
    places = {".".join(str(part)[:40] for part in one["loc"]) for one in error.errors()}
    return ", ".join(sorted(place or "the body" for place in places))
