"""A session with a Bluesky server: signed in once, refreshed from then on."""

import asyncio
from typing import Any

import httpx

from integrations.channels.account import one_word
from integrations.channels.bluesky import outbound
from integrations.channels.contract import SendError

CHAT = {"atproto-proxy": "did:web:api.bsky.chat#bsky_chat"}


class Session:
    """Calls the chat as one account; signing in is rationed, so it refreshes whenever it can."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        url: str,
        account: str,
        password: str,
        patience: httpx.Timeout,
    ) -> None:
        self.did = ""  # ours, once it is signed in
        self._client, self._url, self._patience = client, f"{url.rstrip('/')}/xrpc", patience
        self._login = {"identifier": account, "password": password}
        self._access, self._refresh = "", ""
        self._alone = asyncio.Lock()  # a refresh token works once

    async def begin(self) -> None:
        """Sign in, unless that was done."""
        await self._renew("")

    async def chat(self, method: str, name: str, **more: Any) -> dict[str, Any]:
        """Call the chat and return its answer, or raise ``SendError``."""
        await self.begin()
        access = self._access
        try:
            return await self._call(method, name, access, CHAT, **more)
        except outbound.NoEntry:
            await self._renew(access)
        try:
            return await self._call(method, name, self._access, CHAT, **more)
        except outbound.NoEntry as error:
            raise SendError(f"Bluesky takes no token of ours: {error}") from None

    async def _renew(self, over: str) -> None:
        """Get another token than the one that is over, unless somebody just did."""
        async with self._alone:
            if self._access != over:
                return
            self._keep(await self._refreshed() or await self._signed_in())

    async def _refreshed(self) -> dict[str, Any]:
        """Return a refreshed session; nothing where there is none to refresh any more."""
        if not self._refresh:
            return {}
        try:
            return await self._call("POST", "com.atproto.server.refreshSession", self._refresh)
        except SendError as error:
            if error.permanent or isinstance(error, outbound.NoEntry):
                return {}
            raise _harmless(error) from None

    async def _signed_in(self) -> dict[str, Any]:
        try:
            name = "com.atproto.server.createSession"
            return await self._call("POST", name, json=self._login)
        except SendError as error:
            raise _harmless(error) from None

    def _keep(self, session: dict[str, Any]) -> None:
        found = [session.get(name) for name in ("did", "accessJwt", "refreshJwt")]
        did, access, refresh = (one if isinstance(one, str) else "" for one in found)
        if not (did and one_word(access) and one_word(refresh)):
            raise SendError("Bluesky's session cannot be read")
        self.did, self._access, self._refresh = did, access, refresh

    async def _call(
        self,
        method: str,
        name: str,
        token: str = "",
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        sent = (headers or {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        return await outbound.call(
            self._client, method, f"{self._url}/{name}", sent, self._patience, **more
        )


def _harmless(error: SendError) -> SendError:
    """Return what it means for a message that was not even on its way: it may be tried again."""
    return SendError(
        str(error), permanent=error.permanent, retry_after=error.retry_after, untried=error.untried
    )
