"""Running for long leaves no files, threads or tasks behind, and the log of writes stays small."""

import asyncio
import threading
from functools import partial
from pathlib import Path

import pytest

from integrations.service.hands import tidying_log
from integrations.service.service import Bell, Service, Works
from integrations.store.sqlite import LONG_LOG
from tests.service.stand import Stand, arrival

pytestmark = pytest.mark.anyio
PAGE = 4096  # bytes of SQLite's
SPARE = 4  # a pool may open another connection, which is three files


def held(stand: Stand) -> dict[str, int]:
    """Return what a process could run out of."""
    log = stand.desk.file.with_name(stand.desk.file.name + "-wal")
    return {
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "threads": threading.active_count(),
        "tasks": len(asyncio.all_tasks()),
        "log": log.stat().st_size // 1_000_000 if log.exists() else 0,
    }


async def serve(stand: Stand, messages: int, start: int) -> None:
    """Take and answer so many messages, with everything running beside each other."""
    works: list[tuple[Works, Bell]] = [
        (stand.worker(), Bell()),
        (stand.worker(), Bell()),
        (stand.sender(), Bell()),
    ]
    service = Service(works, [partial(tidying_log, stand.engine)])
    service.start()
    for number in range(start, start + messages):
        talk = f"c{number % 10}"
        told = arrival(f"e{number}", f"what does it cost? #{number}", conversation=talk)
        await stand.take(told)
        stand.desk.wait(seconds=4)
    while {"ready", "leased"} & set(stand.states("inbox") + stand.states("outbox")):
        stand.desk.wait(seconds=4)
        await asyncio.sleep(0.02)
    await service.stop()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux")
@pytest.mark.parametrize(
    ("rounds", "messages"), [(3, 15), pytest.param(40, 100, marks=pytest.mark.slow)]
)
async def test_a_run_leaves_nothing_open(stand: Stand, rounds: int, messages: int) -> None:
    await serve(stand, messages, 0)
    before = held(stand)
    for number in range(1, rounds):
        await serve(stand, messages, number * messages)
    after = held(stand)
    assert set(stand.states("inbox")) == {"done"}
    assert after["tasks"] == before["tasks"]
    assert after["threads"] <= before["threads"] + SPARE
    assert after["files"] <= before["files"] + 3 * SPARE
    assert after["log"] <= 1.2 * LONG_LOG * PAGE // 1_000_000  # it begins anew then
