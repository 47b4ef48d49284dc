"""A chat served on loopback, and sites that embed it."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from tests.browser.chat_house import ChatHouse


class Serving:
    """Serves an app in a thread, with work going on beside it."""

    def __init__(self, app: FastAPI, house: ChatHouse | None = None) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        config = uvicorn.Config(
            app, log_level="critical", timeout_graceful_shutdown=1, lifespan="off"
        )
        self.server, self._house = uvicorn.Server(config), house
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self) -> None:
        working = asyncio.create_task(self._house.keep_working()) if self._house else None
        await self.server.serve([self._listening])
        if working:
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._house:
            self._house.channel.listeners.hang_up()
        self.server.should_exit = True
        self._thread.join()
        self._listening.close()


def site(script: Callable[[], str]) -> FastAPI:
    """Build a site that embeds a chat with one line."""
    app = FastAPI()

    @app.get("/", response_class=HTMLResponse)
    def home() -> str:
        return (
            "<!doctype html><html lang=en><title>A site</title>"
            '<meta name=viewport content="width=device-width">'
            "<h1>A site</h1><p>It sells things.</p>"
            f'<script src="{script()}" async></script></html>'
        )

    return app
