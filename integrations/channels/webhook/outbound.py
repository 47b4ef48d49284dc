"""Answers posted to the receiver's address, and what its refusals mean."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field

from integrations.channels.contract import Outgoing, SendError, Sent
from integrations.channels.webhook.inbound import DIALECT

NOT_REACHED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
NEVER_LEFT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)


@dataclass(frozen=True)
class Refusal:
    """What a status of the receiver means, in words an operator may read."""

    words: str
    permanent: bool = True
    unknown: bool = False


REFUSALS = {
    401: Refusal("the receiver does not accept our signature: compare the secrets and the clocks"),
    403: Refusal("the receiver does not let us in"),
    404: Refusal("the receiver does not know this address or conversation"),
    408: Refusal("the receiver did not wait for us", permanent=False),
    409: Refusal("the receiver is still busy with the same message", permanent=False),
    410: Refusal("the conversation is closed, or the person does not want to hear from us"),
    425: Refusal("the receiver asks for another try", permanent=False),
    429: Refusal("the receiver asks us to wait", permanent=False),
    # A gateway that lost its answer: the message may have been taken.
    502: Refusal("a gateway lost the receiver's answer", permanent=False, unknown=True),
    504: Refusal("a gateway lost the receiver's answer", permanent=False, unknown=True),
}


class _Answer(BaseModel):
    """One message for a person on your platform."""

    model_config = ConfigDict(title="Answer")

    id: str = Field(description="Ours; the same as the header Idempotency-Key.")
    conversation: str = Field(description="Yours, as you posted it.")
    text: str = Field(description="Plain text.")
    reply_to: str = Field(description="Your id of the message that is answered; may be empty.")
    by_person: bool = Field(description="Whether a person wrote or approved it.")


def schema() -> dict[str, Any]:
    """Return the JSON schema of what we post."""
    return {"$schema": DIALECT, **_Answer.model_json_schema()}


def body(outgoing: Outgoing) -> bytes:
    """Return the bytes that are signed and posted."""
    answer = _Answer(
        id=outgoing.mark,
        conversation=outgoing.conversation,
        text=outgoing.text,
        reply_to=outgoing.reply_to,
        by_person=outgoing.by_person,
    )
    return answer.model_dump_json().encode()


async def post(
    client: httpx.AsyncClient,
    url: str,
    raw: bytes,
    headers: Mapping[str, str],
    patience: httpx.Timeout,
    idempotent: bool,
) -> Sent:
    """Post the bytes, or raise ``SendError``; a receiver that keeps keys is never in doubt."""
    try:
        answer = await client.post(
            url, content=raw, headers=headers, timeout=patience, follow_redirects=False
        )
    except NOT_REACHED as error:
        raise SendError(f"the receiver cannot be reached ({type(error).__name__})") from None
    except NEVER_LEFT as error:
        raise SendError(f"cannot be sent ({type(error).__name__})", permanent=True) from None
    except httpx.RequestError as error:
        words = f"the receiver's answer was lost ({type(error).__name__})"
        raise SendError(words, unknown=not idempotent) from None
    if answer.is_success:
        return Sent(_external(answer))
    raise _refused(answer, idempotent)


def _refused(answer: httpx.Response, idempotent: bool) -> SendError:
    status = answer.status_code
    other = Refusal("the receiver does not take it", permanent=status < 500)
    found = REFUSALS.get(status, other)
    return SendError(
        f"{found.words} ({status})",
        permanent=found.permanent,
        unknown=found.unknown and not idempotent,
        retry_after=_wait(answer),
    )


def _wait(answer: httpx.Response) -> float | None:
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() else None


def _external(answer: httpx.Response) -> str:
    try:
        content = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return ""
    found = content.get("id") if isinstance(content, dict) else None
    return str(found)[:200] if isinstance(found, str | int) else ""
