"""Worker processes: they say when they are ready, hear when there is work, and are replaced."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvloop

from integrations.service.crew import Crew, CrewError
from integrations.service.service import Service

pytestmark = pytest.mark.anyio

WORKER = """
import os, sys
book = open(sys.argv[1], "a", buffering=1)
book.write(f"born {os.getpid()}\\n")
sys.stdout.write(f"{os.getpid()}\\nready\\n"); sys.stdout.flush()
for line in sys.stdin:
    book.write(f"rung {line}")
    if float(line) == 9.0:
        os._exit(1)
    sys.stdout.write("\\n"); sys.stdout.flush()
book.write("left\\n")
"""


@asynccontextmanager
async def crew(
    book: Path, count: int = 1, rung: Callable[[], None] = lambda: None, script: str = WORKER
) -> AsyncIterator[Crew]:
    processes: list[subprocess.Popen[bytes]] = []

    def born() -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-c", script, str(book)]
            processes.append(
                subprocess.Popen(command, stdin=theirs.fileno(), stdout=theirs.fileno())
            )
        return ours

    def buried() -> None:
        for process in processes:
            process.poll()

    one = Crew(count, born, rung, buried)
    service = Service([], one.lives)
    service.start()
    try:
        yield one
    finally:
        await service.stop()
        for process in processes:
            process.wait()


async def says(book: Path, *wanted: str, times: int = 1) -> None:
    """Wait until the workers wrote this down so often."""
    for _ in range(1000):
        lines = book.read_text().splitlines() if book.exists() else []
        if all(sum(line.startswith(one) for line in lines) >= times for one in wanted):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{wanted} is not in {lines}")


async def test_it_is_ready_when_the_first_worker_is(tmp_path: Path) -> None:
    async with crew(tmp_path / "book", count=2) as one:
        assert not one.ready
        await asyncio.wait_for(one.begun(), 10)
        assert one.ready
        await says(tmp_path / "book", "born", times=2)


async def test_a_ring_reaches_every_worker_and_their_answer_comes_back(tmp_path: Path) -> None:
    answers = asyncio.Semaphore(0)
    async with crew(tmp_path / "book", count=2, rung=answers.release) as one:
        await says(tmp_path / "book", "born", times=2)
        await asyncio.to_thread(one.ring, 1.5)
        await says(tmp_path / "book", "rung 1.5", times=2)
        for _ in range(4):  # two were ready, two had something to send
            await asyncio.wait_for(answers.acquire(), 10)


async def test_the_end_of_its_parent_ends_a_worker(tmp_path: Path) -> None:
    async with crew(tmp_path / "book") as one:
        await asyncio.wait_for(one.begun(), 10)
    assert (tmp_path / "book").read_text().splitlines()[-1] == "left"


async def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    async with crew(tmp_path / "book") as one:
        await asyncio.wait_for(one.begun(), 10)
        one.ring(9.0)
        await says(tmp_path / "book", "born", times=2)


async def test_ready_means_that_somebody_takes_turns_now(tmp_path: Path) -> None:
    async with crew(tmp_path / "book") as one:
        await asyncio.wait_for(one.begun(), 10)
        one.ring(9.0)
        for wanted in (False, True):
            async with asyncio.timeout(10):
                while one.ready != wanted:
                    await asyncio.sleep(0.005)


DEAF = """
import os, sys, time
book = open(sys.argv[1], "a", buffering=1)
book.write(f"born {os.getpid()}\\n")
sys.stdout.write(f"{os.getpid()}\\nready\\n"); sys.stdout.flush()
while not os.path.exists(sys.argv[1] + ".told"):
    time.sleep(0.01)
os._exit(1)
"""


def test_a_worker_that_died_without_having_heard_us_is_replaced(tmp_path: Path) -> None:
    book = tmp_path / "book"

    async def unheard() -> None:
        async with crew(book, script=DEAF) as one:
            await one.begun()
            one.ring(0.0)
            await asyncio.sleep(0.1)  # it lies in the line now
            (tmp_path / "book.told").touch()
            await says(book, "born", times=2)

    uvloop.run(asyncio.wait_for(unheard(), 20))  # which closes such a line by itself


async def test_wrong_settings_end_the_whole_service(tmp_path: Path) -> None:
    async with crew(tmp_path / "book", script="print(1); print('refused')") as one:
        with pytest.raises(CrewError, match="could not start"):
            await asyncio.wait_for(one.begun(), 10)
