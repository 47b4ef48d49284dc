"""What the web face refuses, stores and tells."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from integrations.app import make_app
from integrations.service.intake import LARGEST
from integrations.service.numbers import Numbers
from integrations.service.service import Service
from tests.service.stand import Stand

pytestmark = pytest.mark.anyio
GOOD = {"x-signature": "good", "content-type": "application/json"}
HELLO = json.dumps({"id": "e1", "text": "what does it cost?"}).encode()


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    one = Stand(tmp_path)
    yield one
    one.close()


@pytest.fixture
async def web(stand: Stand) -> AsyncIterator[httpx.AsyncClient]:
    numbers = Numbers(stand.engine, stand.desk.now)
    app = make_app(stand.intake, Service([]), numbers, lambda: "")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        yield client


async def post(web: httpx.AsyncClient, raw: bytes = HELLO, **more: Any) -> httpx.Response:
    path = more.get("path", "/channels/post/shop")
    return await web.post(path, content=raw, headers=GOOD | more.get("headers", {}))


async def test_what_is_acknowledged_is_stored(web: httpx.AsyncClient, stand: Stand) -> None:
    answer = await post(web)
    assert (answer.status_code, answer.json()) == (200, {"stored": 1})
    assert stand.states("inbox") == ["ready"]


async def test_the_same_delivery_is_stored_once_and_acknowledged_twice(
    web: httpx.AsyncClient, stand: Stand
) -> None:
    assert [(await post(web)).json() for _ in range(2)] == [{"stored": 1}, {"stored": 0}]
    assert stand.states("inbox") == ["ready"]


@pytest.mark.parametrize(
    ("status", "given"),
    [
        (401, {"headers": {"x-signature": "forged"}}),
        (413, {"raw": b"x" * (LARGEST + 1)}),
        (415, {"headers": {"content-type": "text/plain"}}),
        (415, {"headers": {"content-type": "application/notjson"}}),
        (400, {"raw": b"{"}),
        (400, {"raw": b'{"id": 1}'}),
        (404, {"path": "/channels/post/nobody"}),
        (404, {"path": "/channels/nothing/shop"}),
    ],
)
async def test_what_is_refused_leaves_nothing(
    web: httpx.AsyncClient, stand: Stand, status: int, given: dict[str, Any]
) -> None:
    answer = await post(web, **given)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert stand.states("inbox") == []


async def test_an_operator_reads_why_a_delivery_was_refused(
    web: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await post(web, headers={"x-signature": "forged"})
    assert [record.getMessage() for record in caplog.records] == ["post shop: no"]


async def test_a_locked_database_asks_for_another_delivery_and_loses_nothing(
    web: httpx.AsyncClient, stand: Stand
) -> None:
    stand.engine.dispose()
    event.listen(stand.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=50"))
    with stand.desk.records._engine.begin():  # another process's write
        refused = await post(web)
    assert (refused.status_code, stand.states("inbox")) == (503, [])
    assert (await post(web)).json() == {"stored": 1}


async def test_a_full_disk_asks_for_another_delivery_and_loses_nothing(
    web: httpx.AsyncClient, stand: Stand
) -> None:
    await stand.take()
    with stand.engine.begin() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
    stand.engine.dispose()
    limits = [int(pages)]
    event.listen(
        stand.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={limits[0]}")
    )
    sent = [await post(web, json.dumps({"id": f"e{n}", "text": "x" * 4000}).encode())
            for n in range(30)]  # fmt: skip
    stored = sum(answer.status_code == 200 for answer in sent)
    assert {answer.status_code for answer in sent[stored:]} == {503}
    assert stand.states("inbox") == ["ready"] * stored
    stand.engine.dispose()
    limits[0] = 10_000_000
    assert (await post(web, json.dumps({"id": "e29", "text": "again"}).encode())).json() == {
        "stored": 1
    }


async def test_a_platform_that_asks_gets_its_challenge_back(web: httpx.AsyncClient) -> None:
    answer = await web.get("/channels/post/shop", params={"challenge": "1234"})
    assert (answer.status_code, answer.text) == (200, "1234")
    assert (await web.get("/channels/post/shop")).status_code == 403


async def test_metrics_tell_what_waits(web: httpx.AsyncClient, stand: Stand) -> None:
    await post(web)
    stand.desk.wait(seconds=60)
    text = (await web.get("/metrics")).text
    assert 'quiethand_inbox{state="ready"} 1' in text
    assert "quiethand_inbox_age_seconds 60\n" in text
    assert "cost" not in text


async def test_it_says_whether_it_is_ready(stand: Stand) -> None:
    problems = ["", "the database does not take writes"]
    numbers = Numbers(stand.engine, stand.desk.now)
    app = make_app(stand.intake, Service([]), numbers, lambda: problems[0])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as web:
        assert (await web.get("/healthz")).json() == {"status": "ok"}
        assert (await web.get("/readyz")).status_code == 200
        problems.pop(0)
        down = await web.get("/readyz")
    assert (down.status_code, down.json()["status"]) == (503, "the database does not take writes")
