"""An app served on loopback, with work going on beside it, and sites that embed a chat."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Protocol, Self, TypeVar

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from integrations.channels.web.channel import WebChat

Result = TypeVar("Result")


class Working(Protocol):
    """A house in which work goes on."""

    channel: WebChat

    async def keep_working(self) -> None:
        """Do what is due until cancelled."""


class Serving:
    """Serves an app in a thread, with work going on beside it."""

    def __init__(self, app: FastAPI, house: Working | None = None) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        config = uvicorn.Config(
            app, log_level="critical", timeout_graceful_shutdown=1, lifespan="off"
        )
        self.server, self._house = uvicorn.Server(config), house
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)

    def do(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do something where the app is served, and return what came of it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

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
