"""Worker processes: each takes turns, one core's worth."""

import asyncio
import os
import select
import signal
import sys
import threading
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from socket import socket

from integrations.cli.errors import friendly
from integrations.cli.terminal import progress
from integrations.cli.up import begin, crewed, of_brand
from integrations.service.crew import READY, REFUSED
from integrations.service.nursery import Born
from integrations.service.service import Bell
from integrations.settings import Settings

LOOK_MS = 200  # between two looks whether we are ready
POLITE = 19  # once we are ready: a web face beside us comes first


def run(brand: str | None, count: int, born: Born | None) -> None:
    """Take turns until told to stop; in several processes when asked to."""
    settings = of_brand(brand) if born else _of_one(brand)
    begin(settings, _lead(settings, count, born) if born else _work(settings))


def live(brand: str, line: socket) -> None:
    """Take turns as one of several processes, until the line to our parent ends."""
    line.send(f"{os.getpid()}\n".encode())
    threading.Thread(target=_end_with_parent, args=(line.fileno(),), daemon=True).start()
    try:
        with friendly():
            settings = _of_one(brand)
            begin(settings, _work(settings, line))
    except SystemExit:  # somebody has to mend something; it was told what
        line.send(REFUSED)
        raise


def _end_with_parent(line: int) -> None:
    """Leave at once when our parent goes away before we are ready: nothing is begun yet."""
    looks = select.poll()
    looks.register(line, select.POLLHUP | getattr(select, "POLLRDHUP", 0))
    while not _READY.is_set():
        if looks.poll(LOOK_MS):
            os._exit(0)


def _of_one(brand: str | None) -> Settings:
    settings = of_brand(brand)
    # One core a process: more threads only wait for each other.
    return settings if settings.threads else settings.model_copy(update={"threads": 1})


_READY = threading.Event()


async def _lead(settings: Settings, count: int, born: Born) -> None:
    stop = _told_to_stop()
    async with crewed(settings, count, born, lambda: None) as crew:
        if crew:
            told, begun = asyncio.create_task(stop.wait()), asyncio.create_task(crew.begun())
            await asyncio.wait({told, begun}, return_when=asyncio.FIRST_COMPLETED)
            if begun.done():
                begun.result()
                sys.stderr.write(f"{count} workers take turns.\n")
                await told
            begun.cancel()


async def _work(settings: Settings, line: socket | None = None) -> None:
    from integrations.service.hands import taking_turns

    stop, arrived = _told_to_stop(), Bell()
    rung = partial(_say, line, b"\n") if line else lambda: None
    if line:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # our parent tells us when to stop
        hearing = asyncio.create_task(_hear_parent(line, arrived, stop))
    async with taking_turns(settings, progress, arrived, rung):
        if line:
            _READY.set()
            _give_way()
            _say(line, READY)
        else:
            sys.stderr.write("A worker takes turns.\n")
        await stop.wait()
    if line:
        hearing.cancel()


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


async def _hear_parent(line: socket, arrived: Bell, stop: asyncio.Event) -> None:
    """Wake up when our parent says so, and stop when it is gone."""
    told, ours = await asyncio.open_connection(sock=line.dup())  # it closes what it was given
    with suppress(ConnectionError), closing(ours):
        while heard := await told.readline():
            arrived.ring(float(heard))
    stop.set()


def _say(line: socket, word: bytes) -> None:
    with suppress(OSError):  # our parent is gone, and the end of the line tells us so
        line.send(word)
