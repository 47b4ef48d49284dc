"""Calls of a Mastodon server, and what its refusals mean."""

import re
from collections.abc import Mapping
from typing import Any

import httpx

from integrations.channels.calling import Refusal, ask, asked_to_wait, content, meaning
from integrations.channels.calling import refused as refused_by
from integrations.channels.contract import Outgoing, SendError

WHO = "the server"
CALM = 30.0  # seconds before the same post again: its key counts once the server is done with it
ADDRESS = re.compile(r"[\w.-]+(@[\w.:-]+)?", re.ASCII)


REFUSALS = (
    Refusal(401, "the access token is unknown or revoked: make a new one and set `token`"),
    Refusal(403, "the token lacks a scope, or the account may not do this"),
    Refusal(404, "the post that is answered is gone, or this is no Mastodon server"),
    Refusal(410, "the account is gone"),
    Refusal(422, "the server does not take this post: too long, empty, or to somebody unknown"),
    Refusal(408, "the server did not wait for us", permanent=False),
    Refusal(425, "the server asks for another try", permanent=False),
    Refusal(429, "the server asks us to wait", permanent=False),
)


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
    answer = await ask(
        client, WHO, method, url, doubt=False, again=calm, headers=headers, timeout=patience, **more
    )
    if not answer.is_success:
        raise refused(answer)
    found = content(answer)
    if found is None:
        raise SendError("the server's answer cannot be read", retry_after=calm)
    return found


def refused(answer: httpx.Response) -> SendError:
    """Return what a refusal means; the same key posts once, so nothing is unknown."""
    wait = asked_to_wait(answer, "x-ratelimit-reset")
    return refused_by(answer, WHO, meaning(REFUSALS, answer.status_code), wait=wait)


def _unaddressed(text: str) -> str:
    """Keep names in a text from being addressed: who is named could read the conversation."""
    return re.sub(r"@(?=\w)", "@\u200b", text)
