"""A console for tests of pages: ``client_as("admin")`` is a browser with an admin in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from integrations.console.roles import Role
from tests.console.desk_house import Browser, DeskHouse

OIDC = {"oidc_issuer": "https://id.example", "oidc_client": "quiethand", "oidc_secret": "s3cret"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[DeskHouse]:
    """A console in a folder of the test's own; ``house.desk`` drives the agent."""
    built = DeskHouse(tmp_path)
    yield built
    built.close()


@pytest.fixture
def house_of_way(tmp_path: Path, way: str) -> Iterator[DeskHouse]:
    """A console with another way to sign in."""
    built = DeskHouse(tmp_path, sign_in=way, **OIDC)
    yield built
    built.close()


@pytest.fixture
def client_as(house: DeskHouse) -> Callable[[Role], Browser]:
    """A browser of a role's person."""
    return house.client_as
