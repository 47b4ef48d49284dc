"""Calls of Chatwoot's API as an agent bot, and what its refusals mean."""

from dataclasses import dataclass
from typing import Any

import httpx

from integrations.channels.calling import (
    Refusal,
    ask,
    asked_to_wait,
    content,
    fields,
    meaning,
    patience,
    refused,
)
from integrations.channels.contract import SendError

WHO = "Chatwoot"
NO_RIGHT_TO_LOOK = (401, 403, 404)  # of bots, in older versions
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
    return _told(await _asked(client, api, method, path, body), doubt=method != "GET")


async def looked(client: httpx.AsyncClient, api: Api, path: str) -> dict[str, Any]:
    """Return what stands there; nothing where bots may not look."""
    answer = await _asked(client, api, "GET", path)
    return {} if answer.status_code in NO_RIGHT_TO_LOOK else _told(answer, doubt=False)


async def known(client: httpx.AsyncClient, api: Api) -> None:
    """Raise ``SendError`` unless Chatwoot knows our token."""
    answer = await _asked(client, api, "GET", "conversations")
    # Who is known and may not look is told so; only who is not known is told of the token.
    refused_by_right = "not authorized" in str(fields(answer).get("error", "")).lower()
    if not (answer.status_code == 401 and refused_by_right):
        _told(answer, doubt=False)


async def _asked(
    client: httpx.AsyncClient,
    api: Api,
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
) -> httpx.Response:
    return await ask(
        client, WHO, method, f"{api.url}/{path}", doubt=method != "GET", json=body,
        headers={"api_access_token": api.token}, timeout=patience(api.seconds),
    )  # fmt: skip


def _told(answer: httpx.Response, doubt: bool) -> dict[str, Any]:
    if not answer.is_success:
        one = meaning(REFUSALS, answer.status_code)
        raise refused(answer, WHO, one, doubt=doubt, wait=asked_to_wait(answer))
    found = content(answer)
    if not isinstance(found, dict):
        raise SendError("Chatwoot's answer cannot be read", unknown=doubt)
    return found
