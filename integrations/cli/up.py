"""The whole service in one process: web, workers, senders, listeners."""

import logging
import sys
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from integrations.app import make_app
from integrations.channels.contract import Channel
from integrations.channels.registry import open_channels
from integrations.channels.web.routes import add_web_chat, web_chat
from integrations.cli.terminal import progress
from integrations.service.assembly import Assembly, Plan, assemble
from integrations.settings import SettingsError, read
from integrations.wiring import House, wire

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SECONDS = 20.0  # that a platform may take to answer


def run(brand: str | None, host: str, port: int, workers: int, channels: Path | None) -> None:
    """Start everything and serve until told to stop."""
    settings = read()
    if brand:
        settings = settings.model_copy(update={"brand": brand})
    _log()
    client = httpx.AsyncClient(timeout=SECONDS, follow_redirects=False)
    found = open_channels(channels or settings.data / "channels.toml", client)
    house = wire(settings, progress)
    house.warm_up()
    assembly = assemble(house, found, Plan(workers=workers, senders=workers))
    app = _app(house, assembly, found)
    _say(house.brand.settings.name, host, port, workers, found)
    try:
        _server(app, host, port).run()
    except SystemExit as error:
        raise SettingsError(
            f"Port {port} of {host} is taken; choose another with --port."
        ) from error
    finally:
        house.close()


def _app(house: House, assembly: Assembly, found: dict[tuple[str, str], Channel]) -> FastAPI:
    app = make_app(assembly.intake, assembly.service, assembly.numbers, assembly.ready)
    if chat := web_chat(found):
        add_web_chat(app, chat, assembly.intake, house.vault, house.brand.settings.name)
    return app


def _server(app: FastAPI, host: str, port: int) -> uvicorn.Server:
    """Build the server; open pages may keep it for three seconds when it is told to stop."""
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False)
    config.timeout_graceful_shutdown = 3
    return uvicorn.Server(config)


def _log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("httpx", "presidio-analyzer", "alembic"):  # httpx would log addresses with tokens
        logging.getLogger(name).setLevel(logging.WARNING)


def _say(
    name: str, host: str, port: int, workers: int, channels: dict[tuple[str, str], Channel]
) -> None:
    """Say what runs and where."""
    lines = [f"{name} is up at http://{host}:{port} with {workers} workers and {workers} senders."]
    lines += [f"  {kind} {account}" for kind, account in channels] or [
        "  no channels yet: see integrations/channels/README.md"
    ]
    if host not in LOOPBACK:
        lines.append(f"  {host} is open to others: put a server with TLS before it.")
    sys.stderr.write("\n".join(lines) + "\n")
