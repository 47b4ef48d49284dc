"""Worker processes of this machine: started, woken, watched, and stopped with their parent.

A process takes turns on one core; the web face stays quick because they have others. One speaks
with each over a line of its own: the worker says its number, then that it is ready, then that
something is to be sent; it hears in how many seconds there is work. Whoever is gone has closed it.
"""

import asyncio
import logging
import os
import signal
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from contextlib import suppress
from socket import socket

log = logging.getLogger(__name__)
READY, REFUSED = b"ready\n", b"refused\n"
DRAIN = 12.0  # seconds that a worker has to finish what it does
BREATH = 1.0  # seconds before the next one starts; it may end at once too
LOOKS = 200  # for a process that has closed its line
GATHERING = 0.02  # seconds in which one line tells of all the work that comes


class CrewError(Exception):
    """Workers cannot run, in words an operator may read."""


class Crew:
    """So many worker processes; each is started again when it ends."""

    def __init__(
        self,
        count: int,
        born: Callable[[], socket],
        rung: Callable[[], None],
        gone: Callable[[], None],
    ) -> None:
        """``rung`` hears that something is to be sent, ``gone`` that a process ended."""
        self._born, self._rung, self._gone = born, rung, gone
        self._running: set[StreamWriter] = set()
        self._at_work: set[StreamWriter] = set()
        self._gathered: set[float] = set()  # what is told in a moment
        self._loop: asyncio.AbstractEventLoop | None = None
        self._first = asyncio.Event()
        self._refused = asyncio.Event()
        # The first has the machine to itself until it is ready.
        self.lives = [self._life, *[self._later] * (count - 1)]

    @property
    def ready(self) -> bool:
        """Say whether somebody takes turns."""
        return bool(self._at_work)

    async def begun(self) -> None:
        """Wait until the first is ready; raise when they cannot run at all."""
        waits = [asyncio.create_task(one.wait()) for one in (self._first, self._refused)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()
        if self._refused.is_set():
            raise CrewError("The workers could not start; their complaint is above.")

    def ring(self, after: float = 0.0) -> None:
        """Tell all that there is work, now or in so many seconds; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._gather, after)

    def _gather(self, after: float) -> None:
        if after not in self._gathered and self._loop is not None:
            self._gathered.add(after)
            self._loop.call_later(GATHERING, self._tell, after)

    def _tell(self, after: float) -> None:
        self._gathered.discard(after)
        for line in self._running:
            if not line.is_closing():
                line.write(f"{after}\n".encode())

    async def _later(self) -> None:
        await self._first.wait()
        await self._life()

    async def _life(self) -> None:
        """Run one worker from its start to its end."""
        self._loop = asyncio.get_running_loop()
        ours = await asyncio.to_thread(self._born)
        said, told = await asyncio.open_connection(sock=ours)
        pid = 0
        self._running.add(told)
        try:
            with suppress(ConnectionError):  # it was killed
                pid = int(await said.readline() or 0)
                await self._hear(said, told)
            if not self._refused.is_set():
                log.error("%s", pid, extra={"action": "worker_ended"})
        finally:
            self._running.discard(told)
            self._at_work.discard(told)
            await _end(pid, said, told)
            if self._first.is_set():
                await asyncio.to_thread(self._gone)
        await asyncio.sleep(BREATH)

    async def _hear(self, said: StreamReader, told: StreamWriter) -> None:
        while line := await said.readline():
            if line == READY:
                self._at_work.add(told)
                self._first.set()
            if line == REFUSED and not self._first.is_set():
                self._refused.set()
            self._rung()


async def _end(pid: int, said: StreamReader, told: StreamWriter) -> None:
    """Let it finish what it does, but not for ever."""
    try:
        if not told.is_closing():
            told.write_eof()
        async with asyncio.timeout(DRAIN):
            while await said.read(1024):
                pass
    except (ConnectionError, RuntimeError):
        pass  # it was killed; uvloop has closed the line then, and says no more than that
    except TimeoutError:
        if pid:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    finally:
        told.close()
    if pid:
        await _left(pid)


async def _left(pid: int) -> None:
    """Wait until the process is gone: its line ends a moment before it does."""
    with suppress(ProcessLookupError, PermissionError):
        for _ in range(LOOKS):
            os.kill(pid, 0)
            await asyncio.sleep(0.01)
