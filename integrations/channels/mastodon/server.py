"""What a Mastodon server says about itself and about our account's settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from integrations.channels.contract import SendError
from integrations.channels.mastodon.outbound import call

LONGEST = 500  # characters, where the server does not say


@dataclass(frozen=True)
class Server:
    """What we have to know of it."""

    streaming: str  # where it streams from
    longest: int  # characters of a post
    application: str  # the name of our program there; empty where it is not told
    complaints: tuple[str, ...]  # what keeps private messages from us


async def known(
    client: httpx.AsyncClient, url: str, auth: Mapping[str, str], patience: httpx.Timeout
) -> Server:
    """Ask the server."""

    async def told(path: str) -> dict[str, Any]:
        # Older servers and other programs lack some of these: then the defaults hold.
        try:
            found = await call(client, "GET", f"{url}{path}", auth, patience)
        except SendError as error:
            if error.permanent:
                return {}
            raise
        return found if isinstance(found, dict) else {}

    configuration = _inner(await told("/api/v2/instance"), "configuration")
    longest = _inner(configuration, "statuses").get("max_characters")
    application = (await told("/api/v1/apps/verify_credentials")).get("name")
    return Server(
        streaming=_streaming(_inner(configuration, "urls").get("streaming"), url),
        longest=longest if isinstance(longest, int) and longest > 0 else LONGEST,
        application=application if isinstance(application, str) else "",
        complaints=_complaints(await told("/api/v2/notifications/policy")),
    )


def _inner(content: dict[str, Any], key: str) -> dict[str, Any]:
    found = content.get(key)
    return found if isinstance(found, dict) else {}


def _streaming(said: object, url: str) -> str:
    """Return the address for server-sent events; the token goes nowhere less safe than to url."""
    if not isinstance(said, str):
        return url
    address = said.replace("wss://", "https://", 1).replace("ws://", "http://", 1).rstrip("/")
    safe = address.startswith("https://") or url.startswith("http://")
    return address if safe and address.startswith("http") else url


def _complaints(policy: dict[str, Any]) -> tuple[str, ...]:
    """Name the settings that hold back messages of people whom we do not follow."""
    held = ("for_private_mentions", "for_not_following", "for_not_followers", "for_new_accounts")
    return tuple(
        f"notification policy: set {name} to accept, or such messages do not arrive"
        for name in held
        if policy.get(name) in ("filter", "drop")
    )
