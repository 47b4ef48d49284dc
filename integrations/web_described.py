"""How the published OpenAPI describes what a platform may post, and what we answer."""

from typing import Any

from integrations.channels.webhook.inbound import schema

SAID = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
STORED = {"type": "object", "required": ["stored"], "properties": {"stored": {"type": "integer"}}}
REFUSED = {
    400: "This is not what the platform sends.",
    401: "The signature is missing, wrong, stale, or of another body.",
    404: "Nobody set up this channel.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    503: "Nothing can be stored right now; deliver it again.",
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe refusals, each with its error in words."""
    return {one: _answer(REFUSED[one], SAID) for one in statuses}


def delivered() -> dict[int | str, dict[str, Any]]:
    """Describe how a delivery is answered."""
    taken = _answer("It is stored; the number tells how much of it was new.", STORED)
    return {200: taken} | refusals(*REFUSED)


def delivery() -> dict[str, Any]:
    """Describe the body of a delivery: each platform's own, or an event of the kind webhook."""
    event = _inlined(schema())
    any_other = {"type": "object", "description": "As the platform sends it."}
    content = {"application/json": {"schema": {"anyOf": [event, any_other]}}}
    return {"requestBody": {"required": True, "content": content}}


def _answer(words: str, form: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": form}}}


def _inlined(whole: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without references: they would point elsewhere in another document."""
    forms = whole.get("$defs", {})

    def inside(part: Any) -> Any:
        if isinstance(part, list):
            return [inside(one) for one in part]
        if not isinstance(part, dict):
            return part
        if name := part.get("$ref"):
            return inside(forms[name.rpartition("/")[2]])
        return {key: inside(one) for key, one in part.items() if key not in ("$defs", "$schema")}

    found: dict[str, Any] = inside(whole)
    return found
