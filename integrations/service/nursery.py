"""Where worker processes are born: one process has imported all that they need, and forks.

So a worker is ready soon after it was asked for, and what was imported lies in memory once.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)
LONGEST = 4096  # bytes of a brand's name
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # who forks has no threads
Born = Callable[[str], socket.socket]  # has a worker of a brand born; returns the line to it


@contextmanager
def nursery() -> Iterator[Born]:
    """Start a nursery, and end it when nobody may be born any more."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # or it would complain while it starts
    one = Nursery()
    signal.signal(signal.SIGINT, heard)
    try:
        yield one.born
    finally:
        one.close()


class Nursery:
    """The process that forks, as its parent sees it; it is started again when it ended."""

    def __init__(self) -> None:
        """Start it at once: it imports while its parent does something else."""
        self._asking = threading.Lock()
        self._start()

    @property
    def pid(self) -> int:
        """Name the process."""
        return self._process.pid

    def born(self, brand: str) -> socket.socket:
        """Have a new worker; return the line to it, which ends with it."""
        ours, theirs = socket.socketpair()
        with theirs, self._asking:
            try:
                socket.send_fds(self._door, [brand.encode()], [theirs.fileno()])
            except OSError:  # it ended
                log.warning("%s", self.pid, extra={"action": "nursery_ended"})
                self.close()
                self._start()
                socket.send_fds(self._door, [brand.encode()], [theirs.fileno()])
        return ours

    def close(self) -> None:
        """End it; workers live on until their own line ends."""
        self._door.close()
        self._process.terminate()  # it may be importing still
        self._process.wait()

    def _start(self) -> None:
        self._door, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "integrations.cli.nursery", str(theirs.fileno())]
            more = {**os.environ, **ONE_THREAD}
            self._process = subprocess.Popen(command, env=more, pass_fds=[theirs.fileno()])


def nurse(door: socket.socket, live: Callable[[str, socket.socket], None]) -> None:
    """Fork a worker for each brand that comes, until our parent is gone.

    In a worker it returns too, when that has come to its end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # our parent says when to stop
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    while True:
        brand, lines, _, _ = socket.recv_fds(door, LONGEST, 1)
        if not lines:
            return
        if os.fork() == 0:
            door.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            with socket.socket(fileno=lines[0]) as line:
                live(brand.decode(), line)
            return
        os.close(lines[0])
