"""Spans go to a collector on this machine when a setting says so, and carry ids only."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from integrations.app import make_app
from integrations.channels.contract import SendError
from integrations.service.numbers import Numbers
from integrations.service.service import Service
from integrations.settings import Settings
from integrations.tracing import Tracing, open_tracing
from tests.service.stand import Stand, arrival

pytestmark = pytest.mark.anyio


class Collector(ThreadingHTTPServer):
    """Keeps the bodies that it is sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: list[bytes] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def spans(self) -> list[Any]:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [span for one in requests for resource in one.resource_spans
                for scope in resource.scope_spans for span in scope.spans]  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        assert self.path == "/v1/traces"
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def tracing(collector: Collector) -> Tracing:
    opened = open_tracing(Settings(otlp_url=collector.url))
    assert opened
    return opened


@pytest.fixture
def stand(tmp_path: Path, tracing: Tracing) -> Iterator[Stand]:
    one = Stand(tmp_path)
    one.agent = tracing.agent(one.agent)
    one.channels = tracing.channels(one.channels)  # type: ignore[assignment]
    yield one
    one.close()


def about(span: Any) -> dict[str, str]:
    return {one.key: one.value.string_value for one in span.attributes}


async def test_a_turn_is_a_span_with_a_child_for_each_step(
    stand: Stand, tracing: Tracing, collector: Collector
) -> None:
    await stand.answer(arrival("e1", "what does it cost? kim.doe@example.org", name="Kim"))
    tracing.close()
    spans = {span.name: span for span in collector.spans()}
    steps = ["understanding", "routing", "answering", "policy", "reply"]
    assert set(spans) == {"turn", *steps, "send"}
    whole = spans["turn"]
    assert about(whole)["quiethand.outcome"] == "reply"
    ends = [whole.start_time_unix_nano]
    for name in steps:
        assert spans[name].parent_span_id == whole.span_id
        assert spans[name].start_time_unix_nano == ends[-1]
        ends.append(spans[name].end_time_unix_nano)
    assert ends[-1] <= whole.end_time_unix_nano
    written = b"".join(collector.bodies)
    assert not [word for word in (b"Kim", b"kim.doe", b"cost") if word in written]


async def test_a_send_belongs_to_the_turn_that_wanted_it(
    stand: Stand, tracing: Tracing, collector: Collector
) -> None:
    stand.channel.troubles = [SendError("kim.doe@example.org is away"), None]
    await stand.answer(arrival("e1"))
    stand.desk.wait(minutes=10)
    await stand.work()
    tracing.close()
    (turn,) = [span for span in collector.spans() if span.name == "turn"]
    sends = [span for span in collector.spans() if span.name == "send"]
    assert {(one.trace_id, one.parent_span_id) for one in sends} == {(turn.trace_id, turn.span_id)}
    assert [about(one)["quiethand.result"] for one in sends] == ["again", "sent"]
    assert about(sends[0])["error.type"] == "SendError"
    assert b"kim.doe" not in b"".join(collector.bodies)


async def test_a_delivery_is_a_span_that_names_its_channel(
    stand: Stand, tracing: Tracing, collector: Collector
) -> None:
    app = make_app(stand.intake, Service([]), Numbers(stand.engine, stand.desk.now), lambda: "")
    tracing.web(app)
    transport = httpx.ASGITransport(app)
    headers = {"x-signature": "good", "content-type": "application/json"}
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as web:
        for path in ("/channels/post/shop", "/channels/post/kim.doe@example.org"):
            await web.post(path, content=b'{"id": "e1", "text": "hi"}', headers=headers)
        assert (await web.get("/healthz")).status_code == 200
    tracing.close()
    found = [about(span) for span in collector.spans()]
    assert found == [
        {"quiethand.channel": "post", "quiethand.account": "shop", "quiethand.status": "200"},
        {"quiethand.status": "404"},
    ]


async def test_a_collector_that_is_away_costs_no_answer(tmp_path: Path) -> None:
    away = open_tracing(Settings(otlp_url="http://127.0.0.1:9"))
    assert away
    stand = Stand(tmp_path)
    stand.agent, stand.channels = away.agent(stand.agent), away.channels(stand.channels)  # type: ignore[assignment]
    await stand.answer(arrival("e1"))
    assert stand.states("outbox") == ["sent"]
    away.close()
    stand.close()


def test_nothing_of_it_is_loaded_unless_it_is_wanted() -> None:
    assert open_tracing(Settings()) is None
    source = (
        "import sys\nfrom integrations.settings import Settings\n"
        "from integrations.tracing import open_tracing\nopen_tracing(Settings())\n"
        "print([name for name in sys.modules if 'otlp' in name or name.endswith('.spans')])"
    )
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"
