"""Calls of Chatwoot's API as an agent bot, and what its refusals mean."""

import json
from dataclasses import dataclass
from typing import Any

import httpx

from integrations.channels.contract import SendError

NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
NEVER_LEFT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)


@dataclass(frozen=True)
class Refusal:
    """What a status means, in words an operator may read."""

    status: int
    words: str
    permanent: bool = True
    unknown: bool = False


REFUSALS = (
    Refusal(400, "Chatwoot does not take this message"),
    Refusal(401, "Chatwoot does not know the token: copy the bot's access token into `token`"),
    Refusal(403, "the bot may not do this: connect it to the inbox"),
    Refusal(404, "there is no such conversation: see `account` and `url`"),
    Refusal(408, "Chatwoot gave up waiting", permanent=False),
    Refusal(413, "the message is larger than Chatwoot takes"),
    Refusal(422, "Chatwoot does not take this message"),
    Refusal(425, "Chatwoot asks us to wait", permanent=False),
    Refusal(429, "Chatwoot asks us to wait", permanent=False),
    # It broke, or a gateway lost the answer, perhaps after the message was stored.
    Refusal(500, "Chatwoot failed", permanent=False, unknown=True),
    Refusal(502, "Chatwoot's gateway lost the answer", permanent=False, unknown=True),
    Refusal(504, "Chatwoot's gateway lost the answer", permanent=False, unknown=True),
)


class Refused(SendError):
    """Chatwoot answered, and the answer is no."""

    def __init__(self, refusal: Refusal, unknown: bool, retry_after: float | None) -> None:
        super().__init__(
            f"{refusal.words} ({refusal.status})",
            permanent=refusal.permanent,
            unknown=unknown,
            retry_after=retry_after,
        )
        self.status = refusal.status


@dataclass(frozen=True)
class Api:
    """Where one account of a Chatwoot is, and who we are there."""

    url: str  # of the account
    token: str
    seconds: float = 15.0


async def call(
    client: httpx.AsyncClient,
    api: Api,
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Ask Chatwoot and return its answer, or raise ``SendError``; asking again to read is safe."""
    writes = method != "GET"
    try:
        answer = await client.request(
            method, f"{api.url}/{path}", json=body, headers={"api_access_token": api.token},
            timeout=httpx.Timeout(api.seconds, connect=min(5.0, api.seconds)),
            follow_redirects=False,
        )  # fmt: skip
    except NOT_REACHED as error:
        raise SendError(f"Chatwoot cannot be reached ({type(error).__name__})") from None
    except NEVER_LEFT as error:
        raise SendError(f"cannot be sent ({type(error).__name__})", permanent=True) from None
    except httpx.RequestError as error:
        words = f"Chatwoot's answer was lost ({type(error).__name__})"
        raise SendError(words, unknown=writes) from None
    if not answer.is_success:
        raise _refused(answer, writes)
    return _content(answer, writes)


def _content(answer: httpx.Response, writes: bool) -> dict[str, Any]:
    try:
        content = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise SendError("Chatwoot's answer cannot be read", unknown=writes)
    return content


def _refused(answer: httpx.Response, writes: bool) -> SendError:
    status = answer.status_code
    other = Refusal(status, "Chatwoot refuses", permanent=status < 500)
    one = next((one for one in REFUSALS if one.status == status), other)
    return Refused(one, one.unknown and writes, _wait(answer))


def _wait(answer: httpx.Response) -> float | None:
    header = answer.headers.get("retry-after", "")
    return float(header) if header.isascii() and header.isdigit() else None
