"""Workers, senders, listeners and the daily broom, in one process, until it is told to stop."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, runtime_checkable

from integrations.broken import broken

log = logging.getLogger(__name__)
IDLE = 1.0  # seconds between looks when nobody rings; another process may have work for us
LONG = 30.0  # the same for those whose neighbour looks
FALLBACK = 5.0  # seconds before a loop that broke begins again
HERE = socket.gethostname()


class Works(Protocol):
    """Does one piece of work, and says whether there was any."""

    async def once(self) -> bool: ...


@runtime_checkable
class Ends(Protocol):
    """Has something to finish before its process ends."""

    async def end(self) -> None: ...


@dataclass
class Bell:
    """Wakes those who wait for work; may be rung from any thread."""

    _event: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop | None = None

    def ring(self, after: float = 0.0) -> None:
        """Wake everybody, now or in so many seconds."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._loop.call_later, after, self._event.set)

    async def wait(self, seconds: float) -> None:
        """Sleep until somebody rings, or for so long."""
        self._loop = asyncio.get_running_loop()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
        self._event.clear()


class Service:
    """Runs everything that works by itself."""

    def __init__(
        self,
        works: Sequence[tuple[Works, Bell]],
        listeners: Sequence[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        self._works, self._listeners = works, listeners
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start all loops."""
        looking: set[int] = set()  # one of those who share a bell looks often enough for all
        for work, bell in self._works:
            pause = LONG if id(bell) in looking else IDLE
            looking.add(id(bell))
            self._tasks.append(asyncio.create_task(self._again(work, bell, pause)))
        for listen in self._listeners:
            self._tasks.append(asyncio.create_task(self._listening(listen)))

    async def stop(self, seconds: float = 10.0) -> None:
        """Take no new work, let what runs come to its end, then leave."""
        self._stopping.set()
        for _, bell in self._works:
            bell.ring()
        running = [task for task in self._tasks if not task.done()]
        if running:
            _, late = await asyncio.wait(running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _again(self, work: Works, bell: Bell, pause: float) -> None:
        rested = True
        while not self._stopping.is_set():
            try:
                busy = await work.once()
            except Exception as error:  # noqa: BLE001 - a loop goes on whatever one piece of work did
                _broke(work, error)
                await self._pause(FALLBACK)
                continue
            if busy and rested:
                bell.ring()  # there may be more than one can do
            rested = not busy
            if rested and not self._stopping.is_set():
                await bell.wait(pause)
        if isinstance(work, Ends):
            await work.end()

    async def _listening(self, listen: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping.is_set():
            try:
                await self._until_stopped(listen())
            except Exception as error:  # noqa: BLE001 - a platform that is away comes back
                _broke(listen, error)
                await self._pause(FALLBACK)

    async def _until_stopped(self, work: Awaitable[None]) -> None:
        task, stop = asyncio.ensure_future(work), asyncio.create_task(self._stopping.wait())
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not task.done():
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            return
        await task

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)


def worker_name(number: int) -> str:
    """Name a worker so that no other process has the same name."""
    return f"{HERE}:{os.getpid()}:{_born(os.getpid())}:{number}"


@cache
def _born(_: int) -> str:
    """Tell this process from an earlier one: a container may give us its pid again."""
    return secrets.token_hex(3)


def is_gone(worker: str) -> bool:
    """Say whether a worker belongs to a process of this machine that has ended."""
    host, _, rest = worker.rpartition(":")[0].partition(":")
    pid, _, born = rest.partition(":")
    if host != HERE or not pid.isdigit() or os.name != "posix":
        return False
    if int(pid) == os.getpid():
        return born != _born(os.getpid())
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _broke(work: object, error: Exception) -> None:
    log.error("%s: %s", type(work).__name__, broken(error), extra={"action": "loop_broke"})
