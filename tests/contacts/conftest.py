"""A street for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contacts.street import Street


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    one = Street(tmp_path)
    yield one
    one.close()
