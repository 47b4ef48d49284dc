"""Worker processes of this machine: started, woken, watched, and stopped with their parent.

A process takes turns on one core; the web face stays quick because they have others. A line on
its input says in how many seconds there is work, a line on its output that something is to be
sent; the end of its input means that its parent is gone.
"""

import asyncio
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress

log = logging.getLogger(__name__)
READY = b"ready\n"
DRAIN = 12.0  # seconds that a worker has to finish what it does
BREATH = 1.0  # seconds before the next one starts; it may end at once too
REFUSED = 2  # how a command ends whose settings are wrong
GATHERING = 0.02  # seconds in which one line tells of all the work that comes


class CrewError(Exception):
    """Workers cannot run, in words an operator may read."""


class Crew:
    """So many worker processes; each is started again when it ends."""

    def __init__(
        self, count: int, command: Sequence[str], rung: Callable[[], None], gone: Callable[[], None]
    ) -> None:
        """``rung`` hears that something is to be sent, ``gone`` that a process ended."""
        self._command, self._rung, self._gone = command, rung, gone
        self._running: set[Process] = set()
        self._gathered: set[float] = set()  # what is told in a moment
        self._loop: asyncio.AbstractEventLoop | None = None
        self._first = asyncio.Event()
        self._refused = asyncio.Event()
        # The first has the machine to itself until it is ready.
        self.lives = [self._life, *[self._later] * (count - 1)]

    @property
    def ready(self) -> bool:
        """Say whether somebody takes turns."""
        return self._first.is_set()

    async def begun(self) -> None:
        """Wait until the first is ready; raise when they cannot run at all."""
        waits = [asyncio.create_task(one.wait()) for one in (self._first, self._refused)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()
        if not self.ready:
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
        for process in self._running:
            if process.stdin and not process.stdin.is_closing():
                process.stdin.write(f"{after}\n".encode())

    async def _later(self) -> None:
        await self._first.wait()
        await self._life()

    async def _life(self) -> None:
        """Run one worker from its start to its end."""
        self._loop = asyncio.get_running_loop()
        process = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE)
        self._running.add(process)
        try:
            await self._hear(process)
            code = await process.wait()
            if code == REFUSED and not self.ready:
                self._refused.set()
            log.error("%s", code, extra={"action": "worker_ended"})
            await asyncio.sleep(BREATH)
        finally:
            self._running.discard(process)
            await _end(process)
            await asyncio.to_thread(self._gone)

    async def _hear(self, process: Process) -> None:
        while process.stdout and (line := await process.stdout.readline()):
            if line == READY:
                self._first.set()
            self._rung()


async def _end(process: Process) -> None:
    """Let it finish what it does, but not for ever."""
    if process.returncode is not None:
        return
    if process.stdin:
        process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), DRAIN)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
