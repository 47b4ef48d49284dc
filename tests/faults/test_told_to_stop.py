"""A real service that is told to stop, cut off or finds its library broken, with work waiting."""

import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.fakes.webhook import FakeReceiver
from tests.torture.storm import Running

pytestmark = pytest.mark.slow
SECONDS = 10  # that it may take to stop
MANY = 60


@pytest.fixture
def platform() -> Iterator[FakeReceiver]:
    with FakeReceiver() as fake:
        yield fake


@pytest.fixture
def running(tmp_path: Path, platform: FakeReceiver) -> Iterator[Running]:
    service = Running(tmp_path, platform)
    service.wait(600)
    assert tell(service, platform, 0)  # once it is answered, the help centre is read in
    wait_for(tmp_path, 1)
    yield service
    service.stop()


def tell(running: Running, platform: FakeReceiver, number: int) -> bool:
    event = {
        "id": f"e{number}",
        "conversation": f"c{number}",
        "contact": f"p{number}",
        "text": "How much is the Team plan?",
        "at": datetime.now(UTC).isoformat(),
    }
    try:
        return platform.deliver_event(running.url(number % 8), event) == 200
    except OSError:
        return False


def states(data: Path, table: str) -> Counter[str]:
    with closing(sqlite3.connect(data / "connectsphere.sqlite", timeout=30)) as db:
        return Counter(state for (state,) in db.execute(f"SELECT state FROM {table}"))


def settled(data: Path, messages: int) -> bool:
    return states(data, "inbox") == {"done": messages} and set(states(data, "outbox")) == {"sent"}


def wait_for(data: Path, messages: int, seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while not settled(data, messages):
        assert time.monotonic() < end, (states(data, "inbox"), states(data, "outbox"))
        time.sleep(0.5)


def test_told_to_stop_it_ends_what_it_does_and_goes_on_where_it_was(
    tmp_path: Path, running: Running, platform: FakeReceiver
) -> None:
    for number in range(1, MANY):
        assert tell(running, platform, number)
    time.sleep(2)  # the burst is over, and turns run
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(SECONDS)  # raises when it takes longer
    assert running.process.returncode in (0, -signal.SIGTERM)
    assert set(states(tmp_path, "inbox")) <= {"ready", "done"}
    assert set(states(tmp_path, "outbox")) <= {"ready", "sent"}
    running.kill()
    running.wait()
    wait_for(tmp_path, MANY)
    assert len(platform.taken) == MANY


def test_an_open_connection_does_not_keep_it_from_stopping(running: Running) -> None:
    with closing(HTTPConnection("127.0.0.1", running.port, timeout=10)) as idle:
        idle.request("GET", "/healthz")
        assert idle.getresponse().read()
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(SECONDS)


def test_a_broken_vector_store_is_built_again_and_loses_no_message(
    tmp_path: Path, running: Running, platform: FakeReceiver
) -> None:
    running.process.terminate()
    running.process.wait(SECONDS)
    for file in (tmp_path / "chroma").rglob("*"):
        if file.is_file():
            file.write_bytes(b"not a database" * 1000)
    running.kill()
    running.wait(300)
    assert tell(running, platform, 1)
    wait_for(tmp_path, 2)
    shutil.rmtree(tmp_path / "chroma")
    assert tell(running, platform, 2)
    wait_for(tmp_path, 3)
