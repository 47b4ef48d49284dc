"""`quiethand up` where it cannot start: one line that says why, and nothing stays behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest


def started(data: Path, *words: str) -> "subprocess.Popen[str]":
    """Start the service as the leader of a group, so that what it leaves behind is known."""
    return subprocess.Popen(
        [sys.executable, "-m", "integrations.cli", *words],
        env={**os.environ, "QUIETHAND_DATA": str(data)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def left(process: "subprocess.Popen[str]") -> bool:
    """Say whether any process of its group goes on, after a moment in which they may end."""
    for _ in range(600):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    return True


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = started(tmp_path, "up", "--port", str(port))
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said.startswith(f"Port {port} of 127.0.0.1 cannot be had")
    assert len(said.splitlines()) == 1
    assert not left(process)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["up", "--host", "300.1.1.1"], "300.1.1.1 cannot be had"),
        (["up", "--port", "0x"], "Invalid value"),
        (["up", "--channels", "nowhere.toml"], "nowhere.toml: there is no such file"),
        (["up", "--channels", "odd.toml"], "odd.toml: write each channel below a line [[channel]]"),
        (["worker", "-n", "2", "--brand", "nosuch"], "No brand 'nosuch'"),
    ],
)
def test_what_is_wrong_is_said_in_words(tmp_path: Path, words: list[str], wanted: str) -> None:
    (tmp_path / "odd.toml").write_text("channel = 3")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    words = [str(tmp_path / word) if word.endswith(".toml") else word for word in words]
    more = ["--port", port] if "--channels" in words else []
    process = started(tmp_path, *words, *more)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert wanted in said
    assert "Traceback" not in said
    assert '"level"' not in said  # nothing of ours that broke because of it
    assert not left(process)


@pytest.mark.parametrize("after", [0.8, 2.0])
def test_an_interrupt_while_it_starts_ends_it_without_a_word(tmp_path: Path, after: float) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    process = started(tmp_path, "up", "--port", port)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    assert not left(process)
