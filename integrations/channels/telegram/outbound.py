"""Calls of the Telegram Bot API, and what its refusals mean."""

import json
from dataclasses import dataclass
from typing import Any

import httpx

from integrations.channels.contract import SendError

NOT_REACHED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
NEVER_LEFT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)


@dataclass(frozen=True)
class Refusal:
    """What an answer of Telegram means, in words an operator may read."""

    status: int
    phrase: str  # in Telegram's description, in small letters; empty is any
    words: str
    permanent: bool = True
    unknown: bool = False


_TOKEN = "the bot's token is unknown or revoked: get a new one from @BotFather and set `token`"
# First match decides.
REFUSALS = (
    Refusal(400, "chat not found", "there is no such chat: the person has to write to the bot"),
    Refusal(400, "too long", "the text is longer than Telegram takes"),
    Refusal(400, "empty", "the text is empty"),
    Refusal(400, "", "Telegram does not take this message"),
    Refusal(401, "", _TOKEN),
    Refusal(403, "blocked", "the person blocked the bot: answer elsewhere, if at all"),
    Refusal(403, "deactivated", "the person's account is deleted"),
    Refusal(403, "", "the bot may not write to this person before they write to it"),
    Refusal(404, "", _TOKEN),
    Refusal(
        409, "webhook", "Telegram delivers to a webhook: set `receive` to webhook, or remove it"
    ),
    Refusal(409, "", "another program asks Telegram for the same bot", permanent=False),
    Refusal(413, "", "the message is larger than Telegram takes"),
    Refusal(429, "", "Telegram asks us to wait", permanent=False),
    # A gateway that lost its answer: the message may be out.
    Refusal(502, "", "Telegram's gateway lost the answer", permanent=False, unknown=True),
    Refusal(504, "", "Telegram's gateway lost the answer", permanent=False, unknown=True),
)


async def call(
    client: httpx.AsyncClient,
    url: str,
    token: str,
    method: str,
    body: dict[str, Any],
    timeout: httpx.Timeout,
) -> Any:
    """Call a method and return its result, or raise ``SendError``."""
    # The token is a part of the path. As the target it is sent, and no log of requests shows it.
    address = httpx.URL(url)
    target = f"{address.path.rstrip('/')}/bot{token}/{method}".encode("ascii")
    request = client.build_request(
        "POST", address.join(f"/{method}"), json=body, timeout=timeout,
        extensions={"target": target},
    )  # fmt: skip
    try:
        answer = await client.send(request, follow_redirects=False)
    except NOT_REACHED as error:
        raise SendError(f"Telegram cannot be reached ({type(error).__name__})") from None
    except NEVER_LEFT as error:
        raise SendError(f"cannot be sent ({type(error).__name__})", permanent=True) from None
    except httpx.RequestError as error:
        words = f"Telegram's answer was lost ({type(error).__name__})"
        raise SendError(words, unknown=True) from None
    return _result(answer)


def _result(answer: httpx.Response) -> Any:
    content = _content(answer)
    if answer.is_success:
        if content.get("ok") is not True:
            raise SendError("Telegram's answer cannot be read", unknown=True)
        return content.get("result")
    raise _refused(answer, content)


def _content(answer: httpx.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _refused(answer: httpx.Response, content: dict[str, Any]) -> SendError:
    said = str(content.get("description", "")).lower()
    for one in REFUSALS:
        if one.status == answer.status_code and one.phrase in said:
            return SendError(
                f"{one.words} ({answer.status_code})",
                permanent=one.permanent,
                unknown=one.unknown,
                retry_after=_wait(answer, content),
            )
    passing = answer.status_code >= 500 or answer.status_code in (408, 425)
    return SendError(f"Telegram answers {answer.status_code}", permanent=not passing)


def _wait(answer: httpx.Response, content: dict[str, Any]) -> float | None:
    parameters = content.get("parameters")
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(asked, int | float) and not isinstance(asked, bool) and asked >= 0:
        return float(asked)
    header = answer.headers.get("retry-after", "")
    return float(header) if header.isascii() and header.isdigit() else None
