"""A browser of somebody who is signed in, as far as times need one."""

import http.client
import json
import re
import threading
import time
from typing import Self
from urllib.parse import urlencode

PATIENCE = 600.0  # seconds; the first page that needs the agent may read the help centre in
LATE = 10.0  # seconds until news that did not come does not come


class Browser:
    """One open connection, with the cookie of a session."""

    def __init__(self, port: int, secret: str) -> None:
        self.port = port
        self.headers = {"Cookie": f"quiethand_desk={secret}", "Accept": "text/html"}
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._token = ""

    def get(self, path: str) -> str:
        """Return a page."""
        return self._ask("GET", path, "")

    def post(self, path: str, **fields: str) -> None:
        """Send a form."""
        if not self._token:
            found = re.search(r'name="token" value="([^"]+)"', self.get("/desk"))
            self._token = found[1] if found else ""
        self._ask("POST", path, urlencode({"token": self._token, **fields}))

    def _ask(self, method: str, path: str, body: str) -> str:
        headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"}
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        if answer.status >= 400 and "sign-in" not in path:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return text


class Watching:
    """Another browser that shows the queue: notes when it is told of which draft."""

    def __init__(self, browser: Browser) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=PATIENCE)
        self._line.request("GET", "/desk/live", headers=browser.headers)
        self._stream = self._line.getresponse()
        self._told: dict[int, float] = {}
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        """Listen from here on."""
        self._stream.readline()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let the thread end with the service."""

    def all_of(self, numbers: set[int]) -> dict[int, float]:
        """Return when it was told of each, once all came."""
        end = time.monotonic() + LATE
        while not numbers <= self._told.keys():
            if time.monotonic() > end:
                raise TimeoutError("not every decision was told")
            time.sleep(0.01)
        return dict(self._told)

    def _read(self) -> None:
        while line := self._stream.readline():
            if line.startswith(b"data: "):
                at, told = time.perf_counter(), json.loads(line[6:])
                if told["kind"] == "decision":
                    self._told.setdefault(int(told["id"]), at)
