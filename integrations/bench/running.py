"""A service of its own processes, over a copy of the data folder."""

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from integrations.settings import Settings

PATIENCE = 180.0  # seconds for a start; the first one of a brand reads its help centre in
TICKS = os.sysconf("SC_CLK_TCK")
Steps = dict[str, tuple[float, float]]
STEP = [
    re.compile(rf'^quiethand_step_seconds_{end}{{step="(.+?)"}} (\S+)$', re.M)
    for end in ("sum", "count")
]


class Running:
    """`quiethand up` with its worker processes, and what they use."""

    def __init__(self, folder: Path, words: list[str], **more: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "integrations.cli", *words, "--port", str(self.port)]
        environment = {**os.environ, "QUIETHAND_DATA": str(folder), **more}
        self._log = (folder / "service.log").open("wb")
        self.began = time.perf_counter()
        self._process = subprocess.Popen(command, env=environment, stderr=self._log)

    async def ready(self) -> float:
        """Wait until it takes turns; return the seconds since its start."""
        while time.perf_counter() - self.began < PATIENCE:
            if self._process.poll() is not None:
                raise RuntimeError(f"the service ended with {self._process.returncode}")
            if await asyncio.to_thread(self._is_ready):
                return time.perf_counter() - self.began
            await asyncio.sleep(0.02)
        raise TimeoutError("the service did not become ready")

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz") as answer:
                return bool(json.load(answer)["status"] == "ready")
        except OSError:
            return False

    def cpu(self) -> tuple[float, float]:
        """Return the seconds of a core that its face has used, and its other processes."""
        face, *others = map(_seconds, _family(self._process.pid))
        return face, sum(others)

    def steps(self) -> Steps:
        """Return the seconds that the steps of turns took, and how many there were."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics") as answer:
            said = answer.read().decode()
        sums, counts = ({step: float(value) for step, value in one.findall(said)} for one in STEP)
        return {step: (sums[step], counts[step]) for step in sums}

    def stop(self) -> None:
        """End it as an operator would."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(40)
        self._log.close()


@contextmanager
def copied(settings: Settings) -> Iterator[Path]:
    """Lend a copy of what is kept, without its channels, so that nothing of it changes."""
    with TemporaryDirectory(prefix="quiethand-bench-") as folder:
        data = Path(folder) / "data"
        ignore = shutil.ignore_patterns("*.sqlite-wal", "*.sqlite-shm", "*.lock", "channels.toml")
        if settings.data.is_dir():
            shutil.copytree(settings.data, data, ignore=ignore)
        data.mkdir(exist_ok=True)
        yield data


@contextmanager
def running(data: Path, channels: str, words: list[str]) -> Iterator[Running]:
    """Run the service over a data folder."""
    (data / "channels.toml").write_text(channels)
    service = Running(data, words)
    try:
        yield service
    finally:
        service.stop()


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
