"""A shop for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.timers.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    one = Shop(tmp_path)
    yield one
    one.close()
