"""Say what is configured, what is missing, and what to do."""

import asyncio
import json
import os
import platform
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from integrations.keys import HOW, VARIABLE, is_own, key_file, present_key
from integrations.settings import Settings, read
from integrations.store.database import open_database
from integrations.store.keyring import locked_by
from integrations.store.places import Server, place_of
from integrations.store.reading import reading
from integrations.wiring import wire
from knowledge.brands.brand import load
from knowledge.language.encoder import EncoderError

SPACE_MB = 500


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    ok: bool
    found: str
    todo: str = ""


def run(brand: str | None, as_json: bool) -> None:
    """Look at everything; exit 1 when something must be mended."""
    settings = read()
    if brand:
        settings = settings.model_copy(update={"brand": brand})
    findings = list(_findings(settings))
    for one in findings:
        if as_json:
            sys.stdout.write(json.dumps(asdict(one)) + "\n")
        else:
            sys.stdout.write(f"{'ok ' if one.ok else 'NO '} {one.name:12} {one.found}\n")
            if one.todo:
                sys.stdout.write(f"    {'':12} -> {one.todo}\n")
    if not all(one.ok for one in findings):
        sys.exit(1)


def _findings(settings: Settings) -> Iterator[Finding]:
    yield Finding("python", True, f"{platform.python_version()} on {platform.machine()}")
    yield _data(settings)
    yield _tried("database", lambda: look_at_database(settings))
    yield _model(settings)
    yield _tried("key", lambda: look_at_key(settings))
    yield _tried("house", lambda: Finding("house", True, _house(settings)))


def _data(settings: Settings) -> Finding:
    settings.data.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data).free // 2**20
    writable = os.access(settings.data, os.W_OK)
    todo = "" if writable and free > SPACE_MB else "set QUIETHAND_DATA to a folder with room"
    return Finding("data", not todo, f"{settings.data} ({free:,} MB free)", todo)


def look_at_database(settings: Settings) -> Finding:
    """Say where the rows are kept, and whether that place takes them."""
    place = place_of(settings, load(settings.brand).folder.name)
    engine = open_database(place)
    with reading(engine) as db:
        version = ".".join(str(part) for part in db.dialect.server_version_info or ())
    engine.dispose()
    if not isinstance(place, Server):
        return Finding("database", True, f"SQLite {version} at {place}")
    where = f"{engine.url.host or 'a socket'}:{engine.url.port or 5432}/{engine.url.database}"
    return Finding("database", True, f"Postgres {version} at {where}, schema {place.schema}")


def _model(settings: Settings) -> Finding:
    if not settings.model:
        todo = "optional: set QUIETHAND_MODEL=openai:NAME and QUIETHAND_MODEL_KEY"
        return Finding("model", True, "none; everything works on this machine alone", todo)
    key = bool(settings.model_key.get_secret_value())
    where = settings.model_url or "the openai API"
    todo = (
        "" if key or settings.model_url else "set QUIETHAND_MODEL_KEY or QUIETHAND_MODEL_KEY_FILE"
    )
    return Finding("model", not todo, f"{settings.model} at {where}", todo)


def look_at_key(settings: Settings) -> Finding:
    """Say which key locks the vault; none is made for that, the house does it."""
    brand = load(settings.brand)
    engine = open_database(place_of(settings, brand.folder.name))
    locked = locked_by(engine)
    engine.dispose()
    key = present_key(settings, brand, locked)
    if key is None:
        found = "none yet; the demo makes one beside the data when it starts"
        return Finding("key", True, found, f"for a brand of your own {HOW}")
    found = f"{_source(settings)} (id {key.id})"
    if locked not in ("", key.id):
        todo = f"set {VARIABLE}_FILE to the key with that id"
        return Finding("key", False, f"{found}, but the vault is locked with id {locked}", todo)
    return Finding("key", True, found, _exposed(key_file(settings)))


def _source(settings: Settings) -> str:
    file = key_file(settings)
    if file is None:
        return VARIABLE
    where = f"{file}, mode {stat.S_IMODE(file.stat().st_mode):03o}"
    if is_own(settings):
        return f"{where}, the demo's own: it lies beside the data, so a copy of both opens all"
    return f"{VARIABLE}_FILE={where}"


def _exposed(file: Path | None) -> str:
    """Warn of a key that others can read; containers mount secrets so, hence no failure."""
    if file is None or not stat.S_IMODE(file.stat().st_mode) & 0o077:
        return ""
    return f"warning: other users can read the key; chmod 600 {file}"


def _tried(name: str, look: Callable[[], Finding]) -> Finding:
    from integrations.cli.errors import FRIENDLY

    try:
        return look()
    except Exception as error:
        if type(error).__name__ not in FRIENDLY:
            raise
        return Finding(name, False, str(error), "mend what the line says, then run this again")


def _house(settings: Settings) -> str:
    house = wire(settings)
    found, _ = house.reader.read("hello", "hello", "customer")
    if not found:
        raise EncoderError("The intents could not be read.")
    counts = asyncio.run(house.desk.counts())
    kept = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing yet"
    intents = len(house.reader.known("customer"))
    return f"{house.brand.settings.name}: {intents} customer intents; kept: {kept}"
