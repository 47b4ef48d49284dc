"""Calls of the X API, and what its refusals mean."""

import httpx

from integrations.channels.calling import Refusal, ask, asked_to_wait, fields, meaning, refused
from integrations.channels.contract import SendError, Sent

WHO = "X"


class NoEntry(SendError):
    """X does not know our token, or not any more; the message was not taken."""


_SCOPES = "make one with the scopes dm.write, dm.read, tweet.read and users.read"
# First match decides.
REFUSALS = (
    Refusal(400, "X does not take this message"),
    Refusal(402, "the app has no credits left: buy some in X's developer console"),
    Refusal(403, "the person takes no messages from you: answer elsewhere", "permission to dm"),
    Refusal(403, "the person blocked the account: answer elsewhere, if at all", "blocked"),
    Refusal(403, f"the token may not send messages: {_SCOPES}", "scope"),
    Refusal(403, "the app is in no project with access: see X's developer console", "enroll"),
    Refusal(403, "the person takes no messages from you, or the token lacks a scope"),
    Refusal(404, "there is no such conversation, or it is an encrypted one"),
    Refusal(408, "X did not wait for us", permanent=False),
    Refusal(413, "the message is larger than X takes"),
    Refusal(425, "X asks for another try", permanent=False),
    Refusal(429, "X asks us to wait", permanent=False),
    Refusal(503, "X is over its capacity", permanent=False),
    # Something broke behind the door: the message may be out.
    Refusal(500, "X broke on the way", permanent=False, unknown=True),
    Refusal(502, "X's gateway lost the answer", permanent=False, unknown=True),
    Refusal(504, "X's gateway lost the answer", permanent=False, unknown=True),
)
NO_ENTRY = f"the token is unknown, expired or revoked: {_SCOPES}, and set `token`"


async def send(
    client: httpx.AsyncClient, address: str, token: str, text: str, patience: httpx.Timeout
) -> Sent:
    """Send plain text into a conversation, or raise ``SendError``; X knows no keys."""
    answer = await ask(
        client, WHO, "POST", address, json={"text": text},
        headers={"Authorization": f"Bearer {token}"}, timeout=patience,
    )  # fmt: skip
    if not answer.is_success:
        raise _refused(answer)
    data = fields(answer).get("data")
    external = data.get("dm_event_id") if isinstance(data, dict) else None
    if not isinstance(external, str):
        raise SendError("X's answer cannot be read", unknown=True)
    return Sent(external)


async def me(client: httpx.AsyncClient, address: str, token: str, patience: httpx.Timeout) -> str:
    """Return the id of the user whose token it is; an empty one where X tells none."""
    answer = await ask(
        client, WHO, "GET", address, doubt=False,
        headers={"Authorization": f"Bearer {token}"}, timeout=patience,
    )  # fmt: skip
    if not answer.is_success:
        raise _refused(answer)
    data = fields(answer).get("data")
    return str(data.get("id") or "") if isinstance(data, dict) else ""


def _refused(answer: httpx.Response) -> SendError:
    if answer.status_code == 401:
        return NoEntry(f"{NO_ENTRY} (401)", permanent=True)
    one = meaning(REFUSALS, answer.status_code, answer.text.lower())
    return refused(answer, WHO, one, wait=asked_to_wait(answer, "x-rate-limit-reset"))
