"""The running service: a web face in this process, and workers in others beside it.

What workers need is imported beside what this process imports, so that both are ready together.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import AF_INET, AF_INET6, create_server, socket
from typing import Any

from integrations.cli.terminal import progress
from integrations.service.crew import Crew, CrewError
from integrations.service.nursery import Born
from integrations.service.service import Bell, Service
from integrations.settings import Settings, SettingsError, read

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SECONDS = 20.0  # that a platform may take to answer
WAITING = 2048  # connections that nobody took yet
OPEN = 3  # seconds that open pages may keep the server when it is told to stop


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    brand: str | None
    host: str
    port: int
    workers: int  # processes beside this one
    here: bool  # take turns in this process
    channels: Path | None
    born: Born | None = None  # by whom they are born


def run(options: Options) -> None:
    """Serve until told to stop."""
    settings = of_brand(options.brand)
    with _door(options) as door:
        begin(settings, _serve(settings, options, door))


def _door(options: Options) -> socket:
    """Return where we listen: who comes before we are ready waits."""
    family = AF_INET6 if ":" in options.host else AF_INET
    try:
        return create_server((options.host, options.port), family=family, backlog=WAITING)
    except OSError as error:
        where = f"Port {options.port} of {options.host} cannot be had ({error.strerror or error})"
        raise SettingsError(f"{where}; choose others with --port and --host.") from error


def of_brand(brand: str | None) -> Settings:
    """Return the settings, for the brand that the command line names."""
    settings = read()
    return settings.model_copy(update={"brand": brand}) if brand else settings


def begin(settings: Settings, work: Coroutine[Any, Any, None]) -> None:
    """Run until it ends, in the quickest loop that there is."""
    from integrations.logs import set_up

    set_up(settings)
    run_loop: Any = asyncio.run
    with suppress(ImportError):  # there is none for Windows
        from uvloop import run as run_loop
    try:
        run_loop(work)
    except CrewError as error:
        raise SettingsError(str(error)) from error
    except KeyboardInterrupt:
        pass


@asynccontextmanager
async def crewed(
    settings: Settings, count: int, born: Born | None, rung: Callable[[], None]
) -> AsyncIterator[Crew | None]:
    """Have so many worker processes beside this one."""
    if not born:
        yield None
        return
    crew = Crew(count, partial(born, settings.brand), rung, lambda: _forget(settings))
    service = Service([], crew.lives)
    service.start()
    try:
        yield crew
    finally:
        await service.stop(seconds=20.0)


def _forget(settings: Settings) -> None:
    from integrations.opening import open_store
    from integrations.service.assembly import forget_gone

    store = open_store(settings)
    forget_gone(store.engine)
    store.close()


async def _serve(settings: Settings, options: Options, door: socket) -> None:
    to_send = Bell()
    async with crewed(settings, options.workers, options.born, to_send.ring) as crew:
        from integrations.cli.face import speak

        if not options.here:
            wake = crew.ring if crew else lambda _: None
            await speak(settings, options, door, wake, to_send, crew)
            return
        from integrations.service.hands import taking_turns

        arrived = Bell()
        async with taking_turns(settings, progress, arrived, to_send.ring):
            await speak(settings, options, door, arrived.ring, to_send, None)
