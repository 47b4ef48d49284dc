"""Where worker processes are born: each has a line of its own, and outlives who forked it."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.service.nursery import Nursery


@pytest.fixture
def nursery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nursery]:
    monkeypatch.setenv("QUIETHAND_DATA", str(tmp_path))
    one = Nursery()
    yield one
    one.close()


def said(line: socket.socket) -> list[str]:
    """Return all that a worker says, until it is gone."""
    with line, line.makefile() as told:
        return told.read().split()


def test_a_nursery_that_was_killed_is_started_again_and_forks_for_each(nursery: Nursery) -> None:
    os.kill(nursery.pid, signal.SIGKILL)
    os.waitid(os.P_PID, nursery.pid, os.WEXITED | os.WNOWAIT)
    first, second = nursery.born("no-such-brand"), nursery.born("no-such-brand")
    pids, words = zip(said(first), said(second), strict=True)
    assert words == ("refused", "refused")  # said by each to its parent, for want of a brand
    assert len({int(pid) for pid in pids} | {os.getpid(), nursery.pid}) == 4


def test_what_waits_for_a_nursery_that_ends_hears_that_it_ended(nursery: Nursery) -> None:
    line = nursery.born("no-such-brand")
    os.kill(nursery.pid, signal.SIGKILL)
    assert said(line) == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc, as Linux has it")
def test_what_forks_has_no_threads_that_a_worker_would_miss(nursery: Nursery) -> None:
    said(nursery.born("no-such-brand"))  # everything is imported by then
    assert len(list(Path(f"/proc/{nursery.pid}/task").iterdir())) == 1
