"""Calls of a Bluesky server, and what its refusals mean."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from integrations.channels.contract import Outgoing, SendError

NOT_REACHED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
NEVER_LEFT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)


class NoEntry(SendError):
    """The token is over: a refreshed one gets in, and nothing was taken."""


class Gone(SendError):
    """This one conversation is refused; others are not."""


@dataclass(frozen=True)
class Refusal:
    """What an answer of Bluesky means, in words an operator may read."""

    status: int  # 0 is any
    phrase: str  # in the answer's error and message, in small letters; empty is any
    words: str
    permanent: bool = True
    unknown: bool = False
    gone: bool = False  # of one conversation, not of the account


_PASSWORD = "the app password is wrong or revoked: make a new one and set `password`"
_SCOPE = (
    "the app password may not read messages: make a new one with "
    "'Allow access to your direct messages' switched on"
)
# First match decides.
REFUSALS = (
    Refusal(0, "bad token scope", _SCOPE),
    Refusal(0, "authfactortoken", "that is the account's own password: make an app password"),
    Refusal(0, "takendown", "the account is taken down or suspended"),
    Refusal(0, "takedown", "the account is taken down or suspended"),
    Refusal(0, "suspended", "the account is taken down or suspended"),
    Refusal(0, "deactivated", "the account is deactivated"),
    Refusal(0, "convolocked", "the conversation is closed", gone=True),
    Refusal(0, "invalidconvo", "there is no such conversation", gone=True),
    Refusal(0, "convo not found", "there is no such conversation", gone=True),
    Refusal(400, "block", "one of the two blocked the other: answer elsewhere, if at all"),
    Refusal(400, "disabled incoming", "the person takes no messages"),
    Refusal(400, "someone they follow", "the person takes messages only from whom they follow"),
    Refusal(400, "", "Bluesky does not take this", gone=True),
    Refusal(401, "", _PASSWORD),
    Refusal(403, "", "the account may not do this"),
    Refusal(404, "", "this is no Bluesky server, or it knows no chat"),
    Refusal(408, "", "Bluesky did not wait for us", permanent=False),
    Refusal(413, "", "the message is larger than Bluesky takes"),
    Refusal(429, "", "Bluesky asks us to wait", permanent=False),
    Refusal(503, "", "Bluesky is not available", permanent=False),
    # Something broke behind the door, or between the server and the chat: it may be out.
    Refusal(500, "", "Bluesky broke on the way", permanent=False, unknown=True),
    Refusal(502, "", "a gateway lost the chat's answer", permanent=False, unknown=True),
    Refusal(504, "", "a gateway lost the chat's answer", permanent=False, unknown=True),
)
OVER = ("expiredtoken", "invalidtoken")


def message(outgoing: Outgoing, feature: str) -> dict[str, Any]:
    """Return the message, with its mark in a facet of no length where a feature is named."""
    said: dict[str, Any] = {"text": outgoing.text}
    if feature:
        mark = {"$type": feature, "mark": outgoing.mark}
        said["facets"] = [{"index": {"byteStart": 0, "byteEnd": 0}, "features": [mark]}]
    return {"convoId": outgoing.conversation, "message": said}


async def call(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    headers: Mapping[str, str],
    patience: httpx.Timeout,
    **more: Any,
) -> dict[str, Any]:
    """Return what the server says, or raise ``SendError``."""
    try:
        answer = await client.request(
            method, url, headers=headers, timeout=patience, follow_redirects=False, **more
        )
    except NOT_REACHED as error:
        raise SendError(f"Bluesky cannot be reached ({type(error).__name__})") from None
    except NEVER_LEFT as error:
        raise SendError(f"cannot be sent ({type(error).__name__})", permanent=True) from None
    except httpx.RequestError as error:
        words = f"Bluesky's answer was lost ({type(error).__name__})"
        raise SendError(words, unknown=True) from None
    content = _content(answer)
    if not answer.is_success:
        raise _refused(answer, content)
    if not content:
        raise SendError("Bluesky's answer cannot be read", unknown=True)
    return content


def _content(answer: httpx.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _refused(answer: httpx.Response, content: dict[str, Any]) -> SendError:
    name, status = str(content.get("error", "")).lower(), answer.status_code
    said = f"{name} {str(content.get('message', '')).lower()}"
    if name in OVER and "bad token scope" not in said:
        return NoEntry(f"the session is over ({status})")
    for one in REFUSALS:
        if one.status in (0, status) and one.phrase in said:
            return (Gone if one.gone else SendError)(
                f"{one.words} ({status})",
                permanent=one.permanent,
                unknown=one.unknown,
                retry_after=_wait(answer),
            )
    return SendError(f"Bluesky answers {status}", permanent=status < 500)


def _wait(answer: httpx.Response) -> float | None:
    """Return the seconds until the server takes more, by its own clock."""
    asked = answer.headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        return float(asked)
    reset = answer.headers.get("ratelimit-reset", "")
    if answer.status_code != 429 or not (reset.isascii() and reset.isdigit()) or len(reset) > 12:
        return None
    return max(1.0, int(reset) - _now(answer).timestamp())


def _now(answer: httpx.Response) -> datetime:
    try:
        return parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError):
        return datetime.now(UTC)
