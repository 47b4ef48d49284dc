"""Where a brand's database is: a file in the data folder, or a schema on a Postgres server."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pydantic import SecretStr

from integrations.settings import Settings

LONGEST = 63  # bytes of a name on Postgres; it would cut longer ones, so that two become one


@dataclass(frozen=True)
class Server:
    """A schema on a server; its address holds a password and is never shown."""

    url: SecretStr
    schema: str


Place = Path | Server


def place_of(settings: Settings, brand: str) -> Place:
    """Return where the settings want the database of a brand, by the name of its folder."""
    if settings.database_url.get_secret_value():
        return Server(settings.database_url, _short(brand))
    return settings.data / f"{brand}.sqlite"


def title(place: Place) -> str:
    """Name a place by its brand's folder, as people know it."""
    return place.schema if isinstance(place, Server) else place.stem


def _short(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    digest = blake2b(name.encode(), digest_size=6).hexdigest()
    return f"{name.encode()[: LONGEST - 13].decode(errors='ignore')}-{digest}"
