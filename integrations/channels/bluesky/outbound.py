"""Calls of a Bluesky server, and what its refusals mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from integrations.channels.calling import Refusal, ask, asked_to_wait, fields, meaning, refused
from integrations.channels.contract import Outgoing, SendError

WHO = "Bluesky"


class NoEntry(SendError):
    """The token is over: a refreshed one gets in, and nothing was taken."""


class Gone(SendError):
    """This one conversation is refused; others are not."""


@dataclass(frozen=True)
class ChatRefusal(Refusal):
    """What an answer means for a conversation, too."""

    gone: bool = False  # of one conversation, not of the account


_PASSWORD = "the app password is wrong or revoked: make a new one and set `password`"
_SCOPE = (
    "the app password may not read messages: make a new one with "
    "'Allow access to your direct messages' switched on"
)
# First match decides.
REFUSALS = (
    ChatRefusal(0, _SCOPE, "bad token scope"),
    ChatRefusal(0, "that is the account's own password: make an app password", "authfactortoken"),
    ChatRefusal(0, "the account is taken down or suspended", "takendown"),
    ChatRefusal(0, "the account is taken down or suspended", "takedown"),
    ChatRefusal(0, "the account is taken down or suspended", "suspended"),
    ChatRefusal(0, "the account is deactivated", "deactivated"),
    ChatRefusal(0, "the conversation is closed", "convolocked", gone=True),
    ChatRefusal(0, "there is no such conversation", "invalidconvo", gone=True),
    ChatRefusal(0, "there is no such conversation", "convo not found", gone=True),
    ChatRefusal(400, "one of the two blocked the other: answer elsewhere, if at all", "block"),
    ChatRefusal(400, "the person takes no messages", "disabled incoming"),
    ChatRefusal(400, "the person takes messages only from whom they follow", "someone they follow"),
    ChatRefusal(400, "Bluesky does not take this", gone=True),
    ChatRefusal(401, _PASSWORD),
    ChatRefusal(403, "the account may not do this"),
    ChatRefusal(404, "this is no Bluesky server, or it knows no chat"),
    ChatRefusal(408, "Bluesky did not wait for us", permanent=False),
    ChatRefusal(413, "the message is larger than Bluesky takes"),
    ChatRefusal(429, "Bluesky asks us to wait", permanent=False),
    ChatRefusal(503, "Bluesky is not available", permanent=False),
    # Something broke behind the door, or between the server and the chat: it may be out.
    ChatRefusal(500, "Bluesky broke on the way", permanent=False, unknown=True),
    ChatRefusal(502, "a gateway lost the chat's answer", permanent=False, unknown=True),
    ChatRefusal(504, "a gateway lost the chat's answer", permanent=False, unknown=True),
)
OVER = ("expiredtoken", "invalidtoken")


def message(outgoing: Outgoing, feature: str) -> dict[str, Any]:
    """Return the message, with its mark in a facet of no length where a feature is named."""
    said: dict[str, Any] = {"text": outgoing.text}
    if feature:
        mark = {"$type": feature, "mark": outgoing.mark}
        said["facets"] = [{"index": {"byteStart": 0, "byteEnd": 0}, "features": [mark]}]
    return {"convoId": outgoing.conversation, "message": said}


async def call(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    headers: Mapping[str, str],
    patience: httpx.Timeout,
    **more: Any,
) -> dict[str, Any]:
    """Return what the server says, or raise ``SendError``."""
    answer = await ask(client, WHO, method, url, headers=headers, timeout=patience, **more)
    found = fields(answer)
    if not answer.is_success:
        raise _refused(answer, found)
    if not found:
        raise SendError("Bluesky's answer cannot be read", unknown=True)
    return found


def _refused(answer: httpx.Response, found: dict[str, Any]) -> SendError:
    name, status = str(found.get("error", "")).lower(), answer.status_code
    said = f"{name} {str(found.get('message', '')).lower()}"
    if name in OVER and "bad token scope" not in said:
        return NoEntry(f"the session is over ({status})")
    one = meaning(REFUSALS, status, said)
    kind = Gone if one and one.gone else SendError
    return refused(answer, WHO, one, wait=asked_to_wait(answer, "ratelimit-reset"), kind=kind)
