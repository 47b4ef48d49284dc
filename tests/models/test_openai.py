"""The model port over the real client, against a server on this machine that misbehaves."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import BaseModel

from integrations.models.openai import OpenAIModel
from integrations.settings import Settings, SettingsError, read
from tools.model import ModelError, noting_uses

pytestmark = pytest.mark.anyio


class Choice(BaseModel):
    intent: str


class Server(ThreadingHTTPServer):
    """Answers every request as the test says, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.content = 200, '{"intent": "question"}'
        self.usage = {"prompt_tokens": 1200, "completion_tokens": 30, "total_tokens": 1230}
        self.asked: list[dict[str, Any]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked.append(json.loads(self.rfile.read(length)))
        message = {"role": "assistant", "content": self.server.content}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        body = json.dumps({"id": "1", "object": "chat.completion", "created": 0, "model": "m",
                           "choices": [choice], "usage": self.server.usage}).encode()  # fmt: skip
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def model(server: Server, prices: str = "") -> OpenAIModel:
    url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    known = {"model": "openai:m", "model_url": url, "model_key": "k", "model_seconds": 5}
    return OpenAIModel(Settings(**known, model_prices=prices))  # type: ignore[arg-type]


async def test_a_form_is_filled_in(server: Server) -> None:
    assert await model(server).complete("which intent?", Choice) == Choice(intent="question")
    assert server.asked[0]["messages"][-1]["content"] == "which intent?"
    assert "intent" in json.dumps(server.asked[0]["response_format"])


@pytest.mark.parametrize(
    ("status", "content"),
    [(200, "half a {"), (200, '{"colour": "green"}'), (200, ""), (401, "no"), (400, "no")],
)
async def test_whatever_goes_wrong_is_a_model_error(
    server: Server, status: int, content: str
) -> None:
    server.status, server.content = status, content
    with pytest.raises(ModelError):
        await model(server).complete("which intent?", Choice)


async def test_a_server_that_is_not_there_is_a_model_error(server: Server) -> None:
    asked = model(server)
    server.server_close()
    with pytest.raises(ModelError):
        await asked.complete("which intent?", Choice)


@pytest.mark.parametrize(
    ("prices", "spend"),
    [("", 0.0), ("other=9/9", 0.0), ("other=9/9,m=0.5/2", 0.00066), ("m=0/0", 0.0)],
)
async def test_a_call_is_noted_with_its_tokens_and_price(
    server: Server, prices: str, spend: float
) -> None:
    with noting_uses() as uses:
        await model(server, prices).complete("which intent?", Choice)
    (use,) = uses
    assert (use["model"], use["result"], use["tokens_in"], use["tokens_out"]) == (
        "m", "filled", 1200, 30,
    )  # fmt: skip
    assert use["spend"] == pytest.approx(spend)
    assert use["seconds"] > 0


@pytest.mark.parametrize(("status", "content"), [(200, "half a {"), (401, "no")])
async def test_a_call_that_failed_is_noted_too(server: Server, status: int, content: str) -> None:
    server.status, server.content = status, content
    with noting_uses() as uses, pytest.raises(ModelError):
        await model(server).complete("which intent?", Choice)
    assert [(use["model"], use["result"]) for use in uses] == [("m", "failed")]


async def test_a_server_that_tells_no_usage_is_taken_as_it_is(server: Server) -> None:
    server.usage = {}
    with noting_uses() as uses:
        await model(server, "m=1/1").complete("which intent?", Choice)
    assert [(use["tokens_in"], use["spend"]) for use in uses] == [(0, 0.0)]


@pytest.mark.parametrize("prices", ["m", "m=1", "m=1/x", "m=1/2,", "m=-1/2"])
def test_prices_that_cannot_be_read_are_refused(
    monkeypatch: pytest.MonkeyPatch, prices: str
) -> None:
    monkeypatch.setenv("QUIETHAND_MODEL_PRICES", prices)
    with pytest.raises(SettingsError, match="QUIETHAND_MODEL_PRICES"):
        read()
