"""A shop that asks, for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.satisfaction.asking import Asking


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Asking]:
    one = Asking(tmp_path)
    yield one
    one.close()
