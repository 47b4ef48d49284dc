"""How the published OpenAPI describes the chat's routes."""

from typing import Any

from integrations.channels.web import inbound

_SAID = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
_REFUSED = {
    400: "The message cannot be used.",
    401: "No conversation of one's own came along.",
    403: "Another site's page sent this.",
    413: "The message is too large.",
    415: "The body is not JSON.",
    429: "Too many messages; Retry-After says how long to wait.",
    503: "Too many pages are open, or nothing can be stored right now.",
}
_STORED = {"stored": {"type": "integer"}, "at": {"type": "string", "format": "date-time"}}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe refusals, each with its error in words."""
    return {one: _answer(_REFUSED[one], _SAID) for one in statuses}


def message() -> dict[str, Any]:
    """Describe how a visitor writes."""
    taken = _answer("It is stored; the answer comes as an event.", {"properties": _STORED})
    body = {"required": True, "content": {"application/json": {"schema": inbound.schema()}}}
    return {
        "responses": {202: taken} | refusals(*_REFUSED),
        "openapi_extra": {"requestBody": body},
    }


def events() -> dict[str, Any]:
    """Describe the stream of events."""
    stream = {"description": "Views of the conversation.", "content": {"text/event-stream": {}}}
    return {"responses": {200: stream} | refusals(401, 403, 503)}


def _answer(words: str, form: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": form}}}
