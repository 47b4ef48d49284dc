"""Calls of the X API, and what its refusals mean."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from integrations.channels.contract import SendError, Sent

NOT_REACHED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
NEVER_LEFT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)


class NoEntry(SendError):
    """X does not know our token, or not any more; the message was not taken."""


@dataclass(frozen=True)
class Refusal:
    """What an answer of X means, in words an operator may read."""

    status: int
    phrase: str  # in X's answer, in small letters; empty is any
    words: str
    permanent: bool = True
    unknown: bool = False


_SCOPES = "make one with the scopes dm.write, dm.read, tweet.read and users.read"
# First match decides.
REFUSALS = (
    Refusal(400, "", "X does not take this message"),
    Refusal(402, "", "the app has no credits left: buy some in X's developer console"),
    Refusal(403, "permission to dm", "the person takes no messages from you: answer elsewhere"),
    Refusal(403, "blocked", "the person blocked the account: answer elsewhere, if at all"),
    Refusal(403, "scope", f"the token may not send messages: {_SCOPES}"),
    Refusal(403, "enroll", "the app is in no project with access: see X's developer console"),
    Refusal(403, "", "the person takes no messages from you, or the token lacks a scope"),
    Refusal(404, "", "there is no such conversation, or it is an encrypted one"),
    Refusal(408, "", "X did not wait for us", permanent=False),
    Refusal(413, "", "the message is larger than X takes"),
    Refusal(425, "", "X asks for another try", permanent=False),
    Refusal(429, "", "X asks us to wait", permanent=False),
    Refusal(503, "", "X is over its capacity", permanent=False),
    # Something broke behind the door: the message may be out.
    Refusal(500, "", "X broke on the way", permanent=False, unknown=True),
    Refusal(502, "", "X's gateway lost the answer", permanent=False, unknown=True),
    Refusal(504, "", "X's gateway lost the answer", permanent=False, unknown=True),
)
NO_ENTRY = f"the token is unknown, expired or revoked: {_SCOPES}, and set `token`"


async def send(
    client: httpx.AsyncClient, address: str, token: str, text: str, patience: httpx.Timeout
) -> Sent:
    """Send plain text into a conversation, or raise ``SendError``; X knows no keys."""
    try:
        answer = await client.post(
            address, json={"text": text}, headers={"Authorization": f"Bearer {token}"},
            timeout=patience, follow_redirects=False,
        )  # fmt: skip
    except NOT_REACHED as error:
        raise SendError(f"X cannot be reached ({type(error).__name__})") from None
    except NEVER_LEFT as error:
        raise SendError(f"cannot be sent ({type(error).__name__})", permanent=True) from None
    except httpx.RequestError as error:
        raise SendError(f"X's answer was lost ({type(error).__name__})", unknown=True) from None
    if not answer.is_success:
        raise _refused(answer)
    data = _content(answer).get("data")
    external = data.get("dm_event_id") if isinstance(data, dict) else None
    if not isinstance(external, str):
        raise SendError("X's answer cannot be read", unknown=True)
    return Sent(external)


def _content(answer: httpx.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _refused(answer: httpx.Response) -> SendError:
    status, said = answer.status_code, answer.text.lower()
    if status == 401:
        return NoEntry(f"{NO_ENTRY} (401)", permanent=True)
    for one in REFUSALS:
        if one.status == status and one.phrase in said:
            return SendError(
                f"{one.words} ({status})",
                permanent=one.permanent,
                unknown=one.unknown,
                retry_after=_wait(answer),
            )
    return SendError(f"X answers {status}", permanent=status < 500)


def _wait(answer: httpx.Response) -> float | None:
    """Return the seconds until X takes more, by X's own clock."""
    asked = answer.headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        return float(asked)
    reset = answer.headers.get("x-rate-limit-reset", "")
    if answer.status_code != 429 or not (reset.isascii() and reset.isdigit()) or len(reset) > 12:
        return None
    return max(1.0, int(reset) - _now(answer).timestamp())


def _now(answer: httpx.Response) -> datetime:
    try:
        return parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError):
        return datetime.now(UTC)
