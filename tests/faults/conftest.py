"""A service around a scripted agent, on a database that is there already."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.store.database import open_database
from tests.service.stand import Stand


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema."""
    file = tmp_path_factory.mktemp("blank") / "records.sqlite"
    open_database(file).dispose()
    return file


@pytest.fixture
def stand(tmp_path: Path, blank: Path) -> Iterator[Stand]:
    shutil.copy(blank, tmp_path)
    one = Stand(tmp_path)
    yield one
    one.close()
