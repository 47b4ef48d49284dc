"""A service of its own process that is killed again and again, and a platform that fails at it."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.fakes.local_platform import Answer, Platform, Request, Trouble
from tests.fakes.webhook import SECRET, FakeReceiver

SOON = timedelta(milliseconds=1)
ACCOUNTS = 8  # a platform takes so many messages a second for each


class Troubled(FakeReceiver):
    """Fails at some of what it is sent, and keeps what it took in its order."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.took: list[tuple[str, str]] = []  # mark and conversation
        self.cut: set[str] = set()
        self._dice, self._one = dice, threading.Lock()

    def answer(self, request: Request) -> Answer:
        time.sleep(0.2 if self._dice.random() < 0.03 else 0.0)
        if self._dice.random() < 0.03:
            self.troubles.append(Trouble(cut=True))  # befalls the next one
        if self._dice.random() < 0.05:
            return Answer(self._dice.choice((500, 429)), headers={"Retry-After": "1"})
        with self._one:
            answer = super().answer(request)
            if answer.status == 201:
                said = self.taken[request.headers["idempotency-key"]]
                self.took.append((said["id"], said["conversation"]))
        return answer

    def troubled(self, request: Request) -> bool:
        self.cut.add(request.headers["idempotency-key"])
        return super().troubled(request)


class Running:
    """`quiethand up` in processes, with a data folder, or a server, that outlives them."""

    def __init__(
        self, data: Path, platform: Platform, workers: int = 2, database: str = ""
    ) -> None:
        self._data, self._database = data, database
        self.kills, self.powercuts = 0, 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if known := os.environ.get("QUIETHAND_TEST_CACHE"):
            shutil.copytree(known, data / "cache")
        file = data / "channels.toml"
        file.write_text("".join(_entry(number, platform.url) for number in range(ACCOUNTS)))
        words = ["up", "--port", str(self.port), "--workers", str(workers)]
        self._command = [sys.executable, "-m", "integrations.cli", *words]
        self._log = (data / "log").open("ab")
        self.process = self._started()

    def url(self, account: int) -> str:
        return f"http://127.0.0.1:{self.port}/channels/webhook/a{account}"

    def kill(self) -> None:
        """End all of it as a power cut would, and start it again."""
        with suppress(ProcessLookupError):  # all of it has ended
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1
        self.powercuts += 1
        self.process = self._started()

    def kill_a_worker(self, dice: random.Random) -> None:
        """End one of its workers, or what forks them; it has to replace it by itself."""
        if below := _below(self.process.pid):
            os.kill(dice.choice(below), signal.SIGKILL)
            self.kills += 1

    def wait(self, seconds: float = 120) -> None:
        """Wait until it takes messages."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("it did not start: see the log in its data folder")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        self._log.close()

    def _started(self) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "QUIETHAND_DATA": str(self._data)}
        if self._database:
            environment["QUIETHAND_DATABASE_URL"] = self._database
        log = self._log
        return subprocess.Popen(
            self._command, env=environment, stdout=log, stderr=log, start_new_session=True
        )


def _below(pid: int) -> list[int]:
    """Return the processes that came of one."""
    with suppress(FileNotFoundError):  # it ended meanwhile
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [one for child in map(int, children) for one in (child, *_below(child))]
    return []


QUESTIONS = (
    "How much is the Team plan?",
    "How many attendees may come on Business?",
    "What is AI Assist?",
    "Do recordings have captions?",
    "How do I invite a speaker?",
)


class Speaker(threading.Thread):
    """Somebody whose platform delivers until it is told that the message is stored.

    In every second conversation two people take turns, so that nothing is read as one; in the
    others a platform delivers some messages after the next one.
    """

    def __init__(
        self, talks: list[str], messages: int, running: Running, platform: FakeReceiver
    ) -> None:
        super().__init__(daemon=True)
        self._talks, self._messages = talks, messages
        self._running, self._platform, self._dice = running, platform, random.Random(talks[0])
        self._began = datetime.now(UTC)

    def run(self) -> None:
        for talk in self._talks:
            self._began = datetime.now(UTC)
            for number in self._order(talk):
                self._until_stored(talk, number)
                if self._dice.random() < 0.2:
                    self._until_stored(talk, number)
                time.sleep(self._dice.uniform(0.0, 0.6))

    def _order(self, talk: str) -> list[int]:
        numbers = list(range(1, self._messages + 1))
        for place in range(0, self._messages - 1, 2):
            if not _by_two(talk) and self._dice.random() < 0.2:
                numbers[place : place + 2] = reversed(numbers[place : place + 2])
        return numbers

    def _until_stored(self, talk: str, number: int) -> None:
        url = self._running.url(int(talk[1:]) % ACCOUNTS)
        event = {
            "id": f"{talk}-{number}",
            "conversation": talk,
            "contact": f"p{number % 2 if _by_two(talk) else 0}-{talk}",
            "text": f"{QUESTIONS[number % len(QUESTIONS)]} #{number}",
            "at": (self._began + number * SOON).isoformat(),
        }
        while True:
            try:
                if self._platform.deliver_event(url, event) == 200:
                    return
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.2)


def _by_two(talk: str) -> bool:
    return int(talk[1:]) % 2 == 1


def _entry(number: int, url: str) -> str:
    return (
        f'[[channel]]\nkind = "webhook"\naccount = "a{number}"\nurl = "{url}/answers"\n'
        f'secret = "{SECRET}"\nallow_http = true\naccount_per_second = 100\n\n'
    )
