"""What the published OpenAPI allows, and what it forbids, never breaks the service."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from starlette.testclient import TestClient

from tests.security.exposed import PLATFORMS, Exposed

PATHS = {
    "/healthz", "/readyz", "/metrics", "/chat", "/chat/visitor", "/chat/messages", "/chat/events",
    "/channels/{kind}/{account}", "/channels/{kind}/{account}/{secret}",
}  # fmt: skip
DELIVERY = "/channels/{kind}/{account}"
calm = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None,
                derandomize=True)  # fmt: skip


@pytest.fixture
def reachable(tmp_path: Path, blank: Path) -> Iterator[Exposed]:
    shutil.copy(blank, tmp_path)
    house = Exposed(tmp_path)
    yield house
    asyncio.run(house.close())


@pytest.fixture
def published(reachable: Exposed) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", reachable.app)


def fuzz(published: Any, examples: int) -> None:
    for found in published.get_all_operations():
        for mode in GenerationMode:

            @settings(calm, max_examples=examples)
            @given(found.ok().as_strategy(generation_mode=mode))
            def call(case: "Case[Any]") -> None:
                case.call_and_validate(checks=[not_a_server_error])

            with suppress(Unsatisfiable):  # nothing of it could be wrong
                call()


def test_nothing_that_is_published_breaks(published: Any) -> None:
    fuzz(published, 6)


@pytest.mark.slow
def test_nothing_that_is_published_breaks_however_often(published: Any) -> None:
    fuzz(published, 1000)


def test_what_a_stranger_may_ask_for_is_published(reachable: Exposed) -> None:
    described = reachable.app.openapi()
    assert set(described["paths"]) == PATHS
    said = described["paths"][DELIVERY]["post"]
    assert {"200", "400", "401", "404", "413", "415", "503"} <= set(said["responses"])
    event, _ = said["requestBody"]["content"]["application/json"]["schema"]["anyOf"]
    assert {"id", "conversation", "contact", "text", "at"} == set(event["required"])
    written = described["paths"]["/chat/messages"]["post"]["requestBody"]
    assert set(written["content"]["application/json"]["schema"]["required"]) == {"id", "text"}


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_signed_event_breaks_us(
    reachable: Exposed, published: Any, mode: GenerationMode
) -> None:
    shop = PLATFORMS[0]
    cases = published[DELIVERY]["POST"].as_strategy(generation_mode=mode)
    statuses = set()

    with TestClient(reachable.app) as web:

        @settings(calm, max_examples=15)
        @given(cases)
        def deliver(case: "Case[Any]") -> None:
            raw = _raw(case.body)
            answer = web.post(shop.path, content=raw, headers=shop.sign(raw, reachable.desk.time))
            statuses.add(answer.status_code)

        deliver()
    assert statuses <= {200, 400}


def _raw(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    try:
        return json.dumps(body).encode()
    except TypeError:  # no body at all, which is another test's
        return b"{}"
