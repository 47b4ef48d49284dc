"""Messages to people, as the Graph API takes them, and what its refusals mean."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from integrations.channels.calling import ask, asked_to_wait, fields, patience, refused
from integrations.channels.contract import Outgoing, SendError
from integrations.channels.meta.refusals import meaning

WHO = "Meta"
USAGE = "x-business-use-case-usage"
WINDOW = timedelta(hours=24)
PERSONS_WINDOW = timedelta(days=7)
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


@dataclass(frozen=True)
class Call:
    """One call of the Graph API."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None


async def call(client: httpx.AsyncClient, graph: Graph, one: Call) -> dict[str, Any]:
    """Make a call and return the answer, or raise ``SendError``."""
    headers = {"Authorization": f"Bearer {graph.token}"}
    answer = await ask(
        client, WHO, one.method, f"{graph.url}/{one.path}", doubt=one.method != "GET",
        params=graph.query() | dict(one.query), json=one.body, headers=headers,
        timeout=patience(graph.seconds),
    )  # fmt: skip
    found = fields(answer)
    if answer.is_success and found and "error" not in found:
        return found
    raise _refused(answer, found)


def _refused(answer: httpx.Response, found: dict[str, Any]) -> SendError:
    fault = found.get("error")
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
    return refused(answer, WHO, None, wait=_wait(answer))


def _wait(answer: httpx.Response) -> float | None:
    if (asked := asked_to_wait(answer)) is not None:
        return asked
    try:
        usage = json.loads(answer.headers.get(USAGE, "{}"))
    except ValueError:
        return None
    lists = usage.values() if isinstance(usage, dict) else ()
    rows = [row for rows in lists if isinstance(rows, list) for row in rows]
    said = [row.get("estimated_time_to_regain_access") for row in rows if isinstance(row, dict)]
    minutes = [one for one in said if isinstance(one, int) and one > 0]
    return max(minutes) * 60.0 if minutes else None
