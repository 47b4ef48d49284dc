"""Calls of a Mastodon server, and what its refusals mean."""

import json
import re
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
CALM = 30.0  # seconds before the same post again: its key counts once the server is done with it
ADDRESS = re.compile(r"[\w.-]+(@[\w.:-]+)?", re.ASCII)


@dataclass(frozen=True)
class Refusal:
    """What a status of the server means, in words an operator may read."""

    words: str
    permanent: bool = True


REFUSALS = {
    401: Refusal("the access token is unknown or revoked: make a new one and set `token`"),
    403: Refusal("the token lacks a scope, or the account may not do this"),
    404: Refusal("the post that is answered is gone, or this is no Mastodon server"),
    410: Refusal("the account is gone"),
    422: Refusal("the server does not take this post: too long, empty, or to somebody unknown"),
    408: Refusal("the server did not wait for us", permanent=False),
    425: Refusal("the server asks for another try", permanent=False),
    429: Refusal("the server asks us to wait", permanent=False),
}


def status(outgoing: Outgoing) -> dict[str, Any]:
    """Return the post that carries a message to one person and to nobody else."""
    if not ADDRESS.fullmatch(outgoing.conversation):
        raise SendError("the conversation is no Mastodon address", permanent=True)
    post = {
        "status": f"@{outgoing.conversation} {_unaddressed(outgoing.text)}",
        "visibility": "direct",
    }
    return post | ({"in_reply_to_id": outgoing.reply_to} if outgoing.reply_to else {})


async def call(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    headers: Mapping[str, str],
    patience: httpx.Timeout,
    calm: float | None = None,
    **more: Any,
) -> Any:
    """Return what the server says, or raise ``SendError``; a lost answer may be asked for again."""
    try:
        answer = await client.request(
            method, url, headers=headers, timeout=patience, follow_redirects=False, **more
        )
    except httpx.RequestError as error:
        raise lost(error, calm) from None
    if not answer.is_success:
        raise refused(answer)
    try:
        return answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise SendError("the server's answer cannot be read", retry_after=calm) from None


def lost(error: httpx.RequestError, calm: float | None = None) -> SendError:
    """Return what a broken connection means; the same key posts once, so nothing is unknown."""
    kind = type(error).__name__
    if isinstance(error, NEVER_LEFT):
        return SendError(f"cannot be sent ({kind})", permanent=True)
    if isinstance(error, NOT_REACHED):
        return SendError(f"the server cannot be reached ({kind})")
    return SendError(f"the server's answer was lost ({kind})", retry_after=calm)


def refused(answer: httpx.Response) -> SendError:
    """Return what a refusal means."""
    code = answer.status_code
    found = REFUSALS.get(code, Refusal("the server does not answer properly", code < 500))
    words = f"{found.words} ({code})"
    return SendError(words, permanent=found.permanent, retry_after=_wait(answer))


def _unaddressed(text: str) -> str:
    """Keep names in a text from being addressed: who is named could read the conversation."""
    return re.sub(r"@(?=\w)", "@\u200b", text)


def _wait(answer: httpx.Response) -> float | None:
    asked = answer.headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        until = datetime.fromisoformat(answer.headers["x-ratelimit-reset"])
        return max(1.0, (until - _now(answer)).total_seconds())
    except (KeyError, ValueError, TypeError):
        return None


def _now(answer: httpx.Response) -> datetime:
    """Return the time on the server's own clock."""
    said = answer.headers.get("date")
    return parsedate_to_datetime(said) if said else datetime.now(UTC)
