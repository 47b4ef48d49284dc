"""Open what is kept: the brand, the database, the vault. It is all that a web face needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from integrations.keys import nobody_hears, open_vault
from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.places import Place, place_of
from integrations.store.vault import Vault
from knowledge.brands.brand import Brand, load

Clock = Callable[[], datetime]
Progress = Callable[[str], None]


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Store:
    """What one brand keeps."""

    brand: Brand
    engine: Engine
    vault: Vault
    identity_key: bytes = b""  # with which the brand's own system signs ids; empty: it does not

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def open_store(
    settings: Settings,
    progress: Progress = nobody_hears,
    clock: Clock = now,
    database: Place | None = None,
) -> Store:
    """Open a brand's database at its newest schema, and the vault in it."""
    brand = load(settings.brand)
    engine = open_database(database or place_of(settings, brand.folder.name))
    vault = open_vault(engine, settings, brand, clock, progress)
    return Store(brand, engine, vault, settings.identity_key.get_secret_value().encode())
