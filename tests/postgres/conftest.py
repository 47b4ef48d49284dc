"""Two machines that share one server."""

from collections.abc import Iterator

import pytest

from tests.postgres.server import Postgres
from tests.stores.traffic import Traffic, later, opened


@pytest.fixture
def two(postgres: Postgres) -> Iterator[tuple[Traffic, Traffic]]:
    place = postgres.ready()
    machines = opened(place, later(seconds=9)), opened(place, later(seconds=9))
    yield machines
    for one in machines:
        one.engine.dispose()
