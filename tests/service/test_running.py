"""Loops that run by themselves: woken, not broken by one mistake, and stopped in good order."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from integrations.channels.contract import Arrival
from integrations.service.listening import listener
from integrations.service.service import Bell, Service, is_gone, worker_name
from tests.service.stand import Recording, Stand, arrival
from tests.stores.locked import locked

pytestmark = pytest.mark.anyio


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    one = Stand(tmp_path)
    yield one
    one.close()


class Slow:
    """Work that takes as long as a test lets it."""

    def __init__(self) -> None:
        self.began, self.may_end, self.ended = asyncio.Event(), asyncio.Event(), 0

    async def once(self) -> bool:
        self.began.set()
        await self.may_end.wait()
        self.ended += 1
        return True


async def test_what_runs_comes_to_its_end_and_nothing_new_begins() -> None:
    work, service_bell = Slow(), Bell()
    service = Service([(work, service_bell)])
    service.start()
    await work.began.wait()
    stopping = asyncio.create_task(service.stop())
    await asyncio.sleep(0)
    work.may_end.set()
    await stopping
    assert work.ended == 1


async def test_what_does_not_end_in_time_is_given_back(stand: Stand) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    worker = stand.worker()
    worker._agent, reading = stuck()
    service = Service([(worker, Bell())])
    service.start()
    await reading.wait()
    await service.stop(seconds=0.01)
    assert await stand.inbox.lease("another") is not None


def test_a_worker_is_stopped_while_another_process_writes(tmp_path: Path) -> None:
    def told_to_stop() -> None:
        asyncio.run(_stop_while_others_write(Stand(tmp_path), ended))

    ended = threading.Event()
    threading.Thread(target=told_to_stop, daemon=True).start()  # its loop would stand still
    assert ended.wait(20)


async def _stop_while_others_write(stand: Stand, ended: threading.Event) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    worker = stand.worker()
    worker._agent, reading = stuck()
    work = asyncio.create_task(worker.once())
    await reading.wait()
    with locked(stand.desk.file):
        waits = asyncio.create_task(stand.take(arrival("e2")))
        await asyncio.sleep(0.05)
        work.cancel()
        await asyncio.sleep(0.05)
    await asyncio.gather(work, waits, return_exceptions=True)
    assert (waits.result(), stand.states("inbox")) == (1, ["ready", "ready"])
    ended.set()


def stuck() -> tuple[Any, asyncio.Event]:
    """Return an agent that reads and never answers, and when it began."""
    reading = asyncio.Event()

    class Stuck:
        async def receive(self, message: object) -> None:
            reading.set()
            await asyncio.Event().wait()

    return Stuck(), reading


async def test_a_bell_wakes_who_waits() -> None:
    bell = Bell()
    waiting = asyncio.create_task(bell.wait(60))
    await asyncio.sleep(0.01)
    await asyncio.to_thread(bell.ring)
    woken, _ = await asyncio.wait({waiting}, timeout=5)
    assert woken == {waiting}


def test_only_workers_of_ended_processes_of_this_machine_are_gone() -> None:
    mine = worker_name(0)
    host, pid, born, number = mine.rsplit(":", 3)
    assert not is_gone(mine)
    assert is_gone(f"{host}:{pid}:before:{number}")
    assert is_gone(f"{host}:4194999:{born}:{number}")
    assert not is_gone(f"{host}:1:{born}:{number}")
    assert not is_gone(f"another:4194999:{born}:{number}")


class Polled(Recording):
    """A platform that is asked; it breaks after the first batch."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    async def listen(self, cursor: str) -> AsyncIterator[tuple[list[Arrival], str]]:
        self.asked.append(cursor)
        yield [arrival("e1"), arrival("e2")], "two"
        raise ConnectionError


async def test_a_platform_is_asked_from_where_we_were(tmp_path: Path) -> None:
    polled = Polled()
    stand = Stand(tmp_path, polled)
    listen = listener(polled, stand.intake, stand.engine)
    assert listen is not None
    for _ in range(2):
        with pytest.raises(ConnectionError):
            await listen()
    assert polled.asked == ["", "two"]
    assert stand.states("inbox") == ["ready", "ready"]
    stand.close()
