"""Worker processes: each takes turns, one core's worth."""

import asyncio
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

from integrations.cli.terminal import progress
from integrations.cli.up import begin, crewed, of_brand
from integrations.service.crew import READY
from integrations.service.service import Bell
from integrations.settings import Settings

POLITE = 19  # once we are ready: a web face beside us comes first


def run(brand: str | None, count: int, *, child: bool) -> None:
    """Take turns until told to stop; several processes when asked to."""
    settings = of_brand(brand)
    if not settings.threads:  # one core a process: more threads only wait for each other
        settings = settings.model_copy(update={"threads": 1})
    begin(settings, _work(settings, child=child) if child or count == 1 else _lead(settings, count))


async def _lead(settings: Settings, count: int) -> None:
    stop = _told_to_stop()
    async with crewed(settings, count, lambda: None) as crew:
        if crew:
            await asyncio.wait(
                [asyncio.create_task(one) for one in (stop.wait(), crew.begun())],
                return_when=asyncio.FIRST_COMPLETED,
            )
            if crew.ready:
                sys.stderr.write(f"{count} workers take turns.\n")
                await stop.wait()
            else:
                await crew.begun()


async def _work(settings: Settings, *, child: bool) -> None:
    from integrations.service.hands import taking_turns

    stop, arrived = _told_to_stop(), Bell()
    if child:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # our parent tells us when to stop
        _hear_parent(arrived, stop)
    async with taking_turns(settings, progress, arrived, _say if child else lambda: None):
        if child:
            _give_way()
            _say(READY)
        else:
            sys.stderr.write("A worker takes turns.\n")
        await stop.wait()


def _give_way() -> None:
    """Let whatever else runs here come first; Linux asks each thread for itself."""
    threads = Path("/proc/self/task")
    for thread in threads.iterdir() if threads.is_dir() else ():
        with suppress(ProcessLookupError):  # it ended meanwhile
            os.setpriority(os.PRIO_PROCESS, int(thread.name), POLITE)


def _told_to_stop() -> asyncio.Event:
    """Return what is set when somebody wants us to end."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    return stop


def _hear_parent(arrived: Bell, stop: asyncio.Event) -> None:
    """Wake up when our parent says so, and stop when it is gone."""
    loop = asyncio.get_running_loop()

    def hear() -> None:
        # Not through sys.stdin: a thread that waits in it breaks the end of the interpreter.
        with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as told:
            for line in told:
                arrived.ring(float(line))
        loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=hear, daemon=True).start()


def _say(line: bytes = b"\n") -> None:
    with suppress(BrokenPipeError):  # our parent is gone, and the end of our input tells us so
        os.write(sys.stdout.fileno(), line)
