"""One call of a platform, and what it means for a message when the call goes wrong."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx

from integrations.channels.contract import SendError

NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
NEVER_LEFT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)
PASSING = (408, 425, 429)  # below 500, and worth another try all the same
LONGEST = 24 * 3600.0  # seconds; who asks for more is asked again after a day


@dataclass(frozen=True)
class Refusal:
    """What an answer means, in words an operator may read; a table's first match decides."""

    status: int  # 0 is any
    words: str
    phrase: str = ""  # in the answer, in small letters; empty is any
    permanent: bool = True
    unknown: bool = False  # it may have been taken


Table = TypeVar("Table", bound=Refusal)


def patience(seconds: float) -> httpx.Timeout:
    """Return how long we wait for an answer, and for a connection."""
    return httpx.Timeout(seconds, connect=min(5.0, seconds))


async def ask(
    client: httpx.AsyncClient,
    who: str,
    method: str,
    url: str | httpx.URL,
    *,
    doubt: bool = True,
    again: float | None = None,
    **more: Any,
) -> httpx.Response:
    """Return a platform's answer, or raise ``SendError`` where there is none.

    ``doubt``: a lost answer leaves it unknown. ``again``: seconds before it may be asked again.
    """
    try:
        return await client.request(method, url, follow_redirects=False, **more)
    except (httpx.RequestError, httpx.InvalidURL) as error:
        raise lost(error, who, doubt, again) from None


def lost(error: Exception, who: str, doubt: bool = True, again: float | None = None) -> SendError:
    """Return what a broken connection means."""
    kind = type(error).__name__
    if isinstance(error, NOT_REACHED):
        return SendError(f"{who} cannot be reached ({kind})", untried=True)
    if isinstance(error, NEVER_LEFT):
        return SendError(f"cannot be sent ({kind})", permanent=True)
    return SendError(f"{who}'s answer was lost ({kind})", unknown=doubt, retry_after=again)


def content(answer: httpx.Response) -> Any:
    """Return what an answer says as JSON; None where it is none."""
    try:
        return answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return None


def fields(answer: httpx.Response) -> dict[str, Any]:
    """Return the JSON object that an answer is; an empty one where it is none."""
    found = content(answer)
    return found if isinstance(found, dict) else {}


def meaning(table: Sequence[Table], status: int, said: str = "") -> Table | None:
    """Return the first row that fits."""
    fits = (one for one in table if one.status in (0, status) and one.phrase in said)
    return next(fits, None)


def refused(
    answer: httpx.Response,
    who: str,
    one: Refusal | None,
    *,
    doubt: bool = True,
    wait: float | None = None,
    kind: type[SendError] = SendError,
) -> SendError:
    """Return the error that a refusal is; one that no table knows is judged by its status."""
    status = answer.status_code
    if one is None:
        passing = status >= 500 or status in PASSING
        return kind(f"{who} answers {status}", permanent=not passing, retry_after=wait)
    return kind(
        f"{one.words} ({status})",
        permanent=one.permanent,
        unknown=one.unknown and doubt,
        retry_after=wait,
    )


def asked_to_wait(answer: httpx.Response, reset: str = "") -> float | None:
    """Return the seconds that we are asked to wait; ``reset`` is a header with the end of it."""
    asked = answer.headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        return min(float(asked), LONGEST)
    until = _date(asked)
    if until is None and reset and answer.status_code == 429:
        until = _moment(answer.headers.get(reset, ""))
    if until is None:
        return None
    now = _date(answer.headers.get("date", "")) or datetime.now(UTC)  # by the platform's clock
    return min(max(1.0, (until - now).total_seconds()), LONGEST)


def _date(text: str) -> datetime | None:
    """Read a date as HTTP writes it."""
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _moment(text: str) -> datetime | None:
    """Read a Unix time, or a time in ISO 8601 with its zone."""
    try:
        if text.isascii() and text.isdigit() and len(text) <= 12:
            return datetime.fromtimestamp(int(text), UTC)
        read = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    return read if read.tzinfo else None
