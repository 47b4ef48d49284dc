"""A language model that is slow, full, broken or talks nonsense: the answer comes without it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import langchain_openai  # noqa: F401 - the first import takes seconds, which are no fault's
import pytest

from integrations.models.openai import TRIES, OpenAIModel
from integrations.settings import Settings
from tests.desk import Desk

pytestmark = pytest.mark.anyio
SECRET = "words of the model's server"


def said(content: Any) -> bytes:
    """Return an answer in the form of such servers."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}}
    return json.dumps({"id": "1", "object": "chat.completion", "created": 0, "model": "m",
                       "choices": [{**choice, "finish_reason": "stop"}]}).encode()  # fmt: skip


FAULTS: dict[str, tuple[int, bytes]] = {
    "limited": (429, b'{"error": {"message": "words of the model\'s server"}}'),
    "down": (500, b"words of the model's server"),
    "no JSON": (200, b"<html>words of the model's server</html>"),
    "nothing": (200, b""),
    "empty": (200, said("")),
    "null": (200, said(None)),
    "no choices": (200, b'{"choices": null}'),
    "half": (200, said('{"text": "words of the mo')),
    "wrong form": (200, said('{"colour": "green", "text": NaN}')),
    "other kind": (200, said('[["words of the model\'s server"]]')),
    "huge": (200, said("words of the model's server " * 300_000)),
    "cut": (0, said('{"text": "words"}')),
    "silent": (-1, b""),
}


class Broken(ThreadingHTTPServer):
    """Fails in the same way each time, and counts how often it was asked."""

    daemon_threads = True

    def __init__(self, fault: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.fault, self.asked, self.over = FAULTS[fault], 0, threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: whoever asked hung up."""


class Handler(BaseHTTPRequestHandler):
    server: Broken

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        status, body = self.server.fault
        if status < 0:
            self.server.over.wait(20)
            return
        self.send_response(status or 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if status else body[:30])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(params=FAULTS)
def server(request: pytest.FixtureRequest) -> Iterator[Broken]:
    with Broken(request.param) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.over.set()
        running.shutdown()
        thread.join()


async def test_a_model_that_fails_costs_neither_the_answer_nor_the_customers_trust(
    server: Broken, tmp_path: Path
) -> None:
    url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    known: dict[str, Any] = {"model": "openai:m", "model_url": url, "model_key": "k"}
    seconds = 1 if server.fault == FAULTS["silent"] else 20
    desk = Desk(tmp_path, model=OpenAIModel(Settings(**known, model_seconds=seconds)))
    turn = await desk.say("what does it cost?")
    assert turn["outcome"] in ("reply", "handoff")
    assert "€149" in turn["text"] or turn["outcome"] == "handoff"
    assert "words of" not in turn["text"] + turn["reason"]
    assert 1 <= server.asked <= 2 * (TRIES + 1)
