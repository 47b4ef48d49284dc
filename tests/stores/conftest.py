"""What the tests of the store share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from integrations.store.database import open_database


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "a.sqlite")
    yield engine
    engine.dispose()
