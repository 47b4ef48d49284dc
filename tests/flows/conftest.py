"""What erases, and the desk where people decide about it."""

from pathlib import Path

import pytest

from integrations.requests import PrivacyDesk
from tests.desk import Desk
from tests.flows.privacy_asking import FakeErasing


@pytest.fixture
def erasing() -> FakeErasing:
    return FakeErasing()


@pytest.fixture
def people(desk: Desk, erasing: FakeErasing, tmp_path: Path) -> PrivacyDesk:
    return PrivacyDesk(desk.requests, erasing, desk.agent, tmp_path / "requests")
