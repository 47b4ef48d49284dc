"""An office for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reviewing.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    one = Office(tmp_path)
    yield one
    one.close()
