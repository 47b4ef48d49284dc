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
    if key := present_key(settings, brand, locked):
        if is_own(settings) and not _bundled(brand):
            progress(_borrowed(own_file(settings)))
        return key
    file = own_file(settings)
    if not _bundled(brand):
        wanted = f", and the vault is locked already (id {locked})" if locked else ""
        raise SettingsError(f"{VARIABLE}_FILE is not set{wanted}: {HOW}.")
    if locked:
        raise SettingsError(
            f"{file} is gone, and the vault is locked with it (id {locked}): "
            f"put it back, or set {VARIABLE}_FILE to a copy of it."
        )
    return _made(file, progress)


def present_key(settings: Settings, brand: Brand, locked: str) -> MasterKey | None:
    """Return the key that is set or lies ready; the demo's is for others only if it is theirs."""
    variable = VARIABLE if settings.master_key_file is None else f"{VARIABLE}_FILE"
    if text := settings.master_key.get_secret_value():
        return _read(text, variable)
    if settings.master_key_file is not None:
        raise SettingsError(f"{variable}: {settings.master_key_file} is empty; {HOW}.")
    file, bundled = own_file(settings), _bundled(brand)
    if not file.is_file() or not (bundled or locked):
        return None
    key = read_key(file)
    return key if bundled or key.id == locked else None


def is_own(settings: Settings) -> bool:
    """Say whether no variable names a key, so that the demo's own one is used."""
    return settings.master_key_file is None and not settings.master_key.get_secret_value()


def own_file(settings: Settings) -> Path:
    """Return the place of the key that the demo makes."""
    return settings.data / "master.key"


def key_file(settings: Settings) -> Path | None:
    """Return the file the key is read from, if it is one."""
    return own_file(settings) if is_own(settings) else settings.master_key_file


def read_key(file: Path) -> MasterKey:
    """Read a master key from a file."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}; {HOW}.") from error
    return _read(text, str(file))


def replace_own(settings: Settings, old: MasterKey, new: MasterKey) -> Path:
    """Put a new key in the place of the demo's own; return where the old one is kept."""
    file = own_file(settings)
    kept = file.with_name(f"{file.name}.{old.id}")
    write_key(kept, old.secret)
    write_key(file, new.secret)
    return kept


def write_key(file: Path, key: bytes) -> None:
    """Replace a key file in one step; only its owner may read it."""
    fresh = _beside(file, key)
    fresh.replace(file)


def _bundled(brand: Brand) -> bool:
    return brand.folder.resolve().parent == BUNDLED.resolve()


def _borrowed(file: Path) -> str:
    return (
        f"this brand's vault is locked with the demo's key {file}; give it one of its own: "
        f"{VARIABLE}_FILE={file} quiethand keys rotate NEWFILE"
    )


def _made(file: Path, progress: Progress) -> MasterKey:
    """Make the key once, whichever process comes first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = _beside(file, new_key())
    try:
        os.link(fresh, file)  # complete from its first moment, and never over another one
    except FileExistsError:
        return read_key(file)
    finally:
        fresh.unlink()
    progress(f"made a master key at {file}; for real use set {VARIABLE}_FILE")
    log.info("made a master key", extra={"action": "master_key_made"})
    return read_key(file)


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
