"""Originals, exports, periods and keys in the terminal."""

import getpass
import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from integrations.cli.terminal import plain, progress
from integrations.keys import (
    VARIABLE,
    is_own,
    master_key,
    open_vault,
    own_file,
    read_key,
    replace_own,
)
from integrations.retention import sweep
from integrations.settings import Settings, SettingsError, read
from integrations.store.database import open_database
from integrations.store.export import exported
from integrations.store.keyring import locked_by
from integrations.store.missing import Missing
from integrations.store.places import place_of, title
from integrations.store.rotation import check, rotate, sharing, waiting
from integrations.store.sealing import MasterKey, new_key, written
from integrations.store.vault import Vault
from knowledge.brands.brand import Brand, load


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Cellar:
    """A brand's database without the agent: quick to open."""

    settings: Settings
    brand: Brand
    engine: Engine

    @cached_property  # opened once, so that a warning is said once
    def vault(self) -> Vault:
        """Open the vault."""
        return open_vault(self.engine, self.settings, self.brand, now, progress)

    def clean(self, text: str) -> str:
        """Take personal data out of words that are kept for the record."""
        from agents.redaction.redact import Redactor
        from integrations.finding import open_finder

        redactor = Redactor(open_finder(self.settings, self.brand), self.vault.secret)
        return redactor.clean_own(text, {}).text


def cellar(brand: str | None) -> Cellar:
    """Open the database that the environment and the command line name."""
    settings = read()
    found = load(brand or settings.brand)
    engine = open_database(place_of(settings, found.folder.name))
    return Cellar(settings, found, engine)


def show(row: dict[str, Any], as_json: bool, text: str) -> None:
    """Print a result one way or the other."""
    sys.stdout.write((json.dumps(row) if as_json else text) + "\n")


def export_contact(contact: str, out: Path | None, by: str, only: bool, brand: str | None) -> None:
    """Print or write what is kept of a contact."""
    vault = cellar(brand).vault
    handle = None
    if out is not None:  # first, so that nothing is read for a file that cannot be written
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        found = exported(vault, contact, by or getpass.getuser(), only)
        text = json.dumps(found, indent=2) + "\n"
    except BaseException:
        if out is not None and handle is not None:
            os.close(handle)
            out.unlink()
        raise
    if handle is None:
        sys.stdout.write(text)
        return
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    sys.stdout.write(f"{out}: what is kept of {contact}, for their eyes only.\n")


def reveal_one(
    conversation: str, token: str, by: str, why: str, brand: str | None, as_json: bool
) -> None:
    """Print one original."""
    if not by.strip() or not why.strip():  # first: else a stranger learns which tokens exist
        raise Missing("Say who looks and why: --by NAME --why REASON.")
    named, opened = f"<{token.strip('<> ').upper()}>", cellar(brand)
    allowed = opened.brand.settings.privacy.may_reveal
    if allowed and by not in allowed:
        raise Missing(f"{by} may not see originals; may_reveal in brand.toml says who may.")
    value = opened.vault.reveal(conversation, named, by, opened.clean(why))
    show({"conversation": conversation, "token": named, "value": value}, as_json, plain(value))


def sweep_now(brand: str | None, dry: bool, as_json: bool) -> None:
    """Delete what is too old, and say what went."""
    open_ = cellar(brand)
    counts = sweep(open_.engine, open_.brand.settings.retention, now, dry)
    gone = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    said = f"{'Would delete' if dry else 'Deleted'}: {gone}." if gone else "Nothing is too old."
    show({"deleted": counts, "dry_run": dry}, as_json, said)


def print_key(as_json: bool) -> None:
    """Print a fresh key."""
    key = written(new_key())
    show({"key": key}, as_json, key)


def rotate_to(file: Path, brand: str | None, dry: bool, as_json: bool) -> None:
    """Change the master key of a vault, and say what to set afterwards."""
    open_ = cellar(brand)
    locked = locked_by(open_.engine)
    old = master_key(open_.settings, open_.brand, locked, progress)
    new = _other_key(file, old, locked)
    others = sharing(open_.engine, old)
    engines = [open_.engine]
    if is_own(open_.settings):  # its file is replaced, so whatever it locks goes along
        engines += [open_database(other) for other in others]
    for engine in engines:
        check(engine, old, new)
    if dry:
        count = sum(waiting(engine, new) for engine in engines)
        show({"contacts": count, "dry_run": True}, as_json, f"Would wrap {count} keys anew.")
        return
    count = sum(rotate(engine, old, new) for engine in engines)
    row: dict[str, Any] = {"contacts": count, "old": old.id, "new": new.id}
    if is_own(open_.settings):
        row["kept"] = str(replace_own(open_.settings, old, new))
    row["others"] = [title(other) for other in others]
    show(row, as_json, f"Wrapped {count} keys anew. {_afterwards(open_.settings, file, row)}")


def _other_key(file: Path, old: MasterKey, locked: str) -> MasterKey:
    new = read_key(file)
    if new.id == old.id and locked in ("", old.id):
        raise SettingsError(
            f"{file}: this is the key already in use (id {old.id}). Nothing was changed; "
            "make another with `quiethand keys new > NEWFILE`."
        )
    return new


def _afterwards(settings: Settings, file: Path, row: dict[str, Any]) -> str:
    others = ", ".join(row["others"])
    if "kept" in row:
        also = f" It locks {others} too." if others else ""
        return (
            f"{own_file(settings)} holds the new key now; delete {file}.{also}\n"
            f"{row['kept']} is the old key: backups made before now open only with it. "
            "Remove it when you keep none of them."
        )
    end = f"keep the old key: {others} is locked with it" if others else "destroy the old key"
    return f"Set {VARIABLE}_FILE={file}, start Quiethand again, and {end}."
