"""What all webhooks of a Meta app share: the question, the signature and the envelope."""

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError

from integrations.channels.contract import Arrival, BadPayload, Forged
from integrations.channels.reading import fields

HEADER = "x-hub-signature-256"

log = logging.getLogger(__name__)
Form = TypeVar("Form", bound=BaseModel)
Part = TypeVar("Part")


def _told(number: object, a_second: int) -> datetime:
    if isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 16:
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int):
        raise ValueError("is no Unix time")
    if not 0 < number < 2**33 * a_second:
        raise ValueError("is no Unix time of our days")
    return datetime.fromtimestamp(number / a_second, UTC)


Milliseconds = Annotated[datetime, BeforeValidator(lambda number: _told(number, 1000))]
Seconds = Annotated[datetime, BeforeValidator(lambda number: _told(number, 1))]
# Databases take no null characters; numbers come where names are promised.
Text = Annotated[str, BeforeValidator(lambda text: str(text or "").replace("\0", ""))]


def challenge(query: Mapping[str, str], token: str) -> str | None:
    """Repeat the platform's challenge when it knows our token."""
    given = query.get("hub.verify_token", "")
    known = hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
    if query.get("hub.mode") != "subscribe" or not token or not known:
        return None
    return query.get("hub.challenge")


def verify(raw: bytes, headers: Mapping[str, str], secret: str) -> None:
    """Raise ``Forged`` unless the app's secret signed exactly these bytes; no time is signed."""
    given = next((value for name, value in headers.items() if name.lower() == HEADER), "")
    expected = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    if not secret or not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
        raise Forged(f"{HEADER} is missing or wrong")


def envelope(form: type[Form], raw: bytes | dict[str, Any]) -> Form:
    """Return a body, or a large part of one, in its form."""
    try:
        if isinstance(raw, bytes):
            return form.model_validate_json(raw)
        return form.model_validate(raw)
    except ValidationError as error:
        raise BadPayload(f"no webhook of Meta: {fields(error)}") from None


def arrivals(parts: Iterable[Part], read: Callable[[Part], Iterable[Arrival]]) -> list[Arrival]:
    """Return what the parts of a batch say; a broken one must not hold up the others."""
    found: list[Arrival] = []
    broken: list[str] = []
    for part in parts:
        try:
            found += read(part)
        except ValidationError as error:
            broken.append(fields(error))
        except BadPayload as error:
            broken.append(str(error))
    if broken and not found:
        raise BadPayload(f"no event of Meta: {'; '.join(sorted(set(broken)))}")
    for said in broken:
        log.warning("meta.event_left_out %s", said)
    return found
