"""The web face: what platforms, people and monitors see of the service."""

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from socket import socket
from typing import TYPE_CHECKING

import httpx
import uvicorn
from fastapi import FastAPI

from integrations.app import make_app
from integrations.channels.contract import Channel
from integrations.channels.registry import open_channels
from integrations.channels.web.channel import Config, WebChat
from integrations.channels.web.routes import add_web_chat, web_chat
from integrations.cli.first import way_in
from integrations.cli.terminal import progress
from integrations.cli.up import LOOPBACK, OPEN, SECONDS, Options
from integrations.console.app import add_console
from integrations.console.house import LateHouse
from integrations.console.opening import open_console
from integrations.opening import Store, open_store
from integrations.service.assembly import Face, make_face
from integrations.service.crew import Crew
from integrations.service.intake import Ring
from integrations.service.memory import tidy_rarely
from integrations.service.service import Bell
from integrations.settings import Settings, SettingsError
from integrations.web_client import open_client

if TYPE_CHECKING:
    from integrations.tracing import Tracing

# Threads that write get their turn at once; Python's own 5 ms add up with every statement.
SWITCH = 0.0005  # seconds

Channels = dict[tuple[str, str], Channel]


async def speak(
    settings: Settings,
    options: Options,
    door: socket,
    wake: Ring,
    to_send: Bell,
    crew: Crew | None,
) -> None:
    """Serve until told to stop."""
    async with AsyncExitStack() as stack:
        client = open_client(SECONDS)
        await stack.enter_async_context(client)
        channels = _channels(settings, options, client)
        store = open_store(settings, progress)
        stack.callback(store.close)
        tracing = _tracing(settings)
        told = tracing.channels(channels) if tracing else channels
        face = make_face(store, told, wake, to_send)
        app = _app(store, face, channels, crew)
        _add_console(app, store, settings, client, stack)
        if tracing:
            tracing.web(app)
            stack.callback(tracing.close)
        _say(store, options, channels)
        tidy_rarely()
        sys.setswitchinterval(SWITCH)
        await _serve(app, door, crew)


def _channels(settings: Settings, options: Options, client: httpx.AsyncClient) -> Channels:
    """Open what is set up; while nothing is, a chat page for whoever tries us on this machine."""
    file = options.channels or settings.data / "channels.toml"
    if options.channels and not file.is_file():
        raise SettingsError(f"{file}: there is no such file; leave --channels out, or write it.")
    found = open_channels(file, client)
    if found or file.exists() or options.host not in LOOPBACK:
        return found
    chat = WebChat(Config(account="playground"))
    return {(chat.kind, chat.account): chat}


def _tracing(settings: Settings) -> "Tracing | None":
    """Imported only when wanted: it brings what the face does without."""
    if not settings.otlp_url:
        return None
    from integrations.tracing import open_tracing

    return open_tracing(settings)


def _app(store: Store, face: Face, channels: Channels, crew: Crew | None) -> FastAPI:
    def ready() -> str:
        return "the workers are starting" if crew and not crew.ready else face.ready()

    app = make_app(face.intake, face.service, face.numbers, ready)
    if chat := web_chat(channels):
        add_web_chat(app, chat, face.intake, store.vault, store.brand.settings.name)
    return app


def _add_console(
    app: FastAPI,
    store: Store,
    settings: Settings,
    client: httpx.AsyncClient,
    stack: AsyncExitStack,
) -> None:
    house = LateHouse(settings, progress)
    stack.push_async_callback(house.close)
    add_console(app, open_console(store, settings, house, client))


class Server(uvicorn.Server):
    """Uvicorn, which would end the process by the signal that told it to stop serving."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop serving when told to; what else runs has its own end after that."""
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, self.handle_exit, one, None)
        yield


async def _serve(app: FastAPI, door: socket, crew: Crew | None) -> None:
    config = uvicorn.Config(app, access_log=False, log_config=None, log_level="warning")
    config.timeout_graceful_shutdown = OPEN
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    if crew:
        begun = asyncio.create_task(crew.begun())
        await asyncio.wait({serving, begun}, return_when=asyncio.FIRST_COMPLETED)
        if begun.done() and begun.exception():
            server.should_exit = True
        elif begun.done():
            sys.stderr.write("Ready: messages are answered now.\n")
    await serving
    if crew and begun.done():
        begun.result()


def _say(store: Store, options: Options, channels: Channels) -> None:
    """Say what runs and where."""
    beside = f"{options.workers} worker processes" if options.workers else "turns in this process"
    if not options.workers and not options.here:
        beside = "no workers: start `quiethand worker` too"
    address = f"http://{options.host}:{options.port}"
    lines = [f"{store.brand.settings.name} is up at {address}, {beside}."]
    lines += [f"  {kind} {account}" for kind, account in channels] or [
        "  no channels yet: see integrations/channels/README.md"
    ]
    if web_chat(channels):
        lines.append(f"  chat with it at {address}/chat")
    lines.append(f"  {way_in(store, address)}")
    if options.host not in LOOPBACK:
        lines.append(f"  {options.host} is open to others: put a server with TLS before it.")
    sys.stderr.write("\n".join(lines) + "\n")
