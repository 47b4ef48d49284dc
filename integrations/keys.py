"""The master key: from the environment, from a file, or made here for a bundled brand."""

import logging
import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from integrations.settings import Settings, SettingsError
from integrations.store.keyring import locked_by
from integrations.store.sealing import MasterKey, new_key, parsed, written
from integrations.store.vault import Vault
from knowledge.brands.brand import BUNDLED, Brand

log = logging.getLogger(__name__)
Progress = Callable[[str], None]
VARIABLE = "QUIETHAND_MASTER_KEY"
HOW = (
    "make one with `quiethand keys new > FILE`, then `chmod 600 FILE`, "
    f"and set {VARIABLE}_FILE=FILE"
)


def nobody_hears(_: str) -> None:
    """Take a line and say nothing."""


def open_vault(
    engine: Engine,
    settings: Settings,
    brand: Brand,
    clock: Callable[[], datetime],
    progress: Progress = nobody_hears,
) -> Vault:
    """Open the vault of a database with the master key that the settings name."""
    return Vault(engine, master_key(settings, brand, locked_by(engine), progress), clock)


def master_key(
    settings: Settings, brand: Brand, locked: str = "", progress: Progress = nobody_hears
) -> MasterKey:
    """Return the master key; only a bundled brand gets one made, and only for a fresh vault."""
    variable = VARIABLE if settings.master_key_file is None else f"{VARIABLE}_FILE"
    if text := settings.master_key.get_secret_value():
        return _read(text, variable)
    if settings.master_key_file is not None:
        raise SettingsError(f"{variable}: {settings.master_key_file} is empty; {HOW}.")
    file = own_file(settings)
    if file.is_file():
        return _read(file.read_text(encoding="utf-8"), str(file))
    if brand.folder.resolve().parent != BUNDLED.resolve():
        raise SettingsError(f"{VARIABLE}_FILE is not set: {HOW}.")
    if locked:
        raise SettingsError(
            f"{file} is gone, and the vault is locked with it (id {locked}): "
            f"put it back, or set {VARIABLE}_FILE to a copy of it."
        )
    return _made(file, progress)


def own_file(settings: Settings) -> Path:
    """Return the place of the key that the demo makes."""
    return settings.data / "master.key"


def read_key(file: Path) -> MasterKey:
    """Read a master key from a file that a person names."""
    return _read(file.read_text(encoding="utf-8", errors="replace"), str(file))


def write_key(file: Path, key: bytes) -> None:
    """Replace a key file in one step; only its owner may read it."""
    fresh = _beside(file, key)
    fresh.replace(file)


def _made(file: Path, progress: Progress) -> MasterKey:
    """Make the key once, whichever process comes first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = _beside(file, new_key())
    try:
        os.link(fresh, file)  # complete from its first moment, and never over another one
    except FileExistsError:
        return _read(file.read_text(encoding="utf-8"), str(file))
    finally:
        fresh.unlink()
    progress(f"made a master key at {file}; for real use set {VARIABLE}_FILE")
    log.info("made a master key", extra={"action": "master_key_made"})
    return _read(file.read_text(encoding="utf-8"), str(file))


def _beside(file: Path, key: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(handle, "w") as fresh:
        fresh.write(written(key) + "\n")
        fresh.flush()
        os.fsync(fresh.fileno())
    return Path(name)


def _read(text: str, place: str) -> MasterKey:
    try:
        return MasterKey(parsed(text))
    except ValueError as error:
        raise SettingsError(f"{place}: {error}; {HOW}.") from error
