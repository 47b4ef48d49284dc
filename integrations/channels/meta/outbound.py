"""Messages to people, as the Graph API takes them, and what its refusals mean."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from integrations.channels.contract import Outgoing, SendError
from integrations.channels.meta.refusals import meaning

USAGE = "x-business-use-case-usage"
WINDOW = timedelta(hours=24)
PERSONS_WINDOW = timedelta(days=7)
NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
NEVER_LEFT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)
LOST = (500, 502, 504)  # without a word of Meta: the message may be out


@dataclass(frozen=True)
class Graph:
    """Where the Graph API is, and who we are there."""

    url: str
    token: str
    proof: str = ""  # the app's secret, where the app demands a proof
    seconds: float = 15.0

    def query(self) -> dict[str, str]:
        """Return the proof that the token is used by its app."""
        if not self.proof:
            return {}
        secret, token = self.proof.encode(), self.token.encode()
        return {"appsecret_proof": hmac.new(secret, token, hashlib.sha256).hexdigest()}


def page_body(outgoing: Outgoing, now: datetime, marked: bool) -> dict[str, Any]:
    """Return a message for Messenger or Instagram, or refuse it outside its window."""
    message = {"text": outgoing.text}
    if marked:
        message["metadata"] = outgoing.mark
    body = {"recipient": {"id": outgoing.conversation}, "message": message}
    if not _late(outgoing, now, WINDOW):
        return body | {"messaging_type": "RESPONSE"}
    if not outgoing.by_person:
        raise SendError(
            "the person wrote more than 24 hours ago: a person has to approve the answer",
            permanent=True,
        )
    if _late(outgoing, now, PERSONS_WINDOW):
        raise SendError(
            "the person wrote more than 7 days ago: they have to write first", permanent=True
        )
    return body | {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}


def number_body(outgoing: Outgoing, now: datetime) -> dict[str, Any]:
    """Return a message for WhatsApp, or refuse it outside its window."""
    if _late(outgoing, now, WINDOW):
        raise SendError(meaning(131047).words, permanent=True)
    # A user's id holds a dot, as in US.1349; a phone number never does.
    whom = "recipient" if "." in outgoing.conversation else "to"
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        whom: outgoing.conversation,
        "type": "text",
        "text": {"body": outgoing.text, "preview_url": False},
        "biz_opaque_callback_data": outgoing.mark,
    }


def _late(outgoing: Outgoing, now: datetime, window: timedelta) -> bool:
    """Say whether the window is over; where nobody knows, Meta decides."""
    return outgoing.last_heard is not None and now - outgoing.last_heard > window


async def post(
    client: httpx.AsyncClient, graph: Graph, path: str, body: dict[str, Any]
) -> dict[str, Any]:
    """Hand a message over and return the answer, or raise ``SendError``."""
    headers = {"Authorization": f"Bearer {graph.token}"}
    try:
        answer = await client.post(
            f"{graph.url}/{path}", params=graph.query(), json=body, headers=headers,
            timeout=httpx.Timeout(graph.seconds, connect=min(5.0, graph.seconds)),
            follow_redirects=False,
        )  # fmt: skip
    except NOT_REACHED as error:
        raise SendError(f"Meta cannot be reached ({type(error).__name__})") from None
    except NEVER_LEFT as error:
        raise SendError(f"cannot be sent ({type(error).__name__})", permanent=True) from None
    except httpx.RequestError as error:
        words = f"Meta's answer was lost ({type(error).__name__})"
        raise SendError(words, unknown=True) from None
    content = _content(answer)
    if answer.is_success and content and "error" not in content:
        return content
    raise _refused(answer, content)


def _content(answer: httpx.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _refused(answer: httpx.Response, content: dict[str, Any]) -> SendError:
    fault = content.get("error")
    if not isinstance(fault, dict) or not isinstance(fault.get("code"), int):
        return _speechless(answer)
    code, subcode = fault["code"], fault.get("error_subcode")
    refusal = meaning(code, subcode)
    named = f"{code}/{subcode}" if isinstance(subcode, int) else str(code)
    return SendError(
        f"{refusal.words} ({named})",
        permanent=refusal.permanent and fault.get("is_transient") is not True,
        unknown=refusal.unknown,
        retry_after=_wait(answer) or refusal.wait,
    )


def _speechless(answer: httpx.Response) -> SendError:
    """Judge an answer that does not say what is wrong."""
    status = answer.status_code
    if answer.is_success or status in LOST:
        return SendError(f"Meta's answer cannot be read ({status})", unknown=True)
    passing = status >= 500 or status in (408, 425, 429)
    words = f"Meta answers {status}"
    return SendError(words, permanent=not passing, retry_after=_wait(answer))


def _wait(answer: httpx.Response) -> float | None:
    header = answer.headers.get("retry-after", "")
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        usage = json.loads(answer.headers.get(USAGE, "{}"))
    except ValueError:
        return None
    lists = usage.values() if isinstance(usage, dict) else ()
    rows = [row for rows in lists if isinstance(rows, list) for row in rows]
    said = [row.get("estimated_time_to_regain_access") for row in rows if isinstance(row, dict)]
    minutes = [one for one in said if isinstance(one, int) and one > 0]
    return max(minutes) * 60.0 if minutes else None
