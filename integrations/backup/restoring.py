"""Bring a backup back: checked, at the newest schema, and without whom was erased since."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import DBAPIError

from integrations.backup.archive import DATABASE, Manifest, unpack
from integrations.backup.beside import forget_found, put_beside
from integrations.backup.copying import Progress, alone, fill, is_empty, others
from integrations.keys import VARIABLE, present_key
from integrations.settings import Settings
from integrations.store.database import NEWEST, open_database
from integrations.store.documents_schema import generations
from integrations.store.erasure import Erased, again, erased
from integrations.store.places import Place, place_of
from integrations.store.trouble import StoreError
from integrations.store.vault import Vault
from integrations.store.vault_schema import erasures
from knowledge.brands.brand import Brand

Recorded = list[dict[str, str]]
BY = "restore"


@dataclass(frozen=True)
class Target:
    """Where a backup comes back to, and what is known of erasures beside it."""

    settings: Settings
    brand: Brand
    at: datetime
    recorded: Recorded
    force: bool = False
    dry: bool = False

    @property
    def place(self) -> Place:
        """Return where the database is."""
        return place_of(self.settings, self.brand.folder.name)


@dataclass(frozen=True)
class Restored:
    """What came back, and what was done to it."""

    manifest: Manifest
    erased: list[Erased]
    said: list[str]  # what the operator should know


def restore(file: Path, target: Target, progress: Progress) -> Restored:
    """Check a backup, mend it, and put it in the place of what is there."""
    target.settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=target.settings.data) as name:
        folder, said = Path(name), list[str]()
        progress("checking")
        manifest = unpack(file, folder)
        _fits(file, manifest, target)
        recorded = [*target.recorded, *_now_erased(target, said)]
        stage = open_database(folder / DATABASE)  # brings an older schema up
        try:
            gone = _erased_again(stage, manifest, target, recorded)
            if not target.dry:
                _number_on(stage, target.at)
        finally:
            stage.dispose()
        if not target.dry:
            said += _put(folder, target, progress)
            said += put_beside(folder, target.settings, target.brand)
        return Restored(manifest, gone, said)


def _fits(file: Path, manifest: Manifest, target: Target) -> None:
    """Refuse what is not for this brand, this release or this master key."""
    name = target.brand.folder.name
    if manifest.brand != name:
        raise StoreError(f"{file} is of the brand {manifest.brand!r}, not of {name!r}; --brand.")
    if manifest.schema > NEWEST:
        raise StoreError(f"{file} was made by a newer Quiethand ({manifest.version}).")
    if manifest.key:
        key = present_key(target.settings, target.brand, manifest.key)
        if key is None or key.id != manifest.key:
            has = f"the one that is set has the id {key.id}" if key else "none is set"
            raise StoreError(
                f"{file} opens only with the master key of id {manifest.key}, and {has}: "
                f"set {VARIABLE}_FILE to it. Nothing was changed."
            )


def _now_erased(target: Target, said: list[str]) -> Recorded:
    """Return the erasures of what is there now, or say why they are not known."""
    place = target.place
    if isinstance(place, Path) and not place.is_file():
        return []
    if isinstance(place, Path) and not target.force:
        raise StoreError(
            f"{place} is there already; --force replaces it. Make a backup of it first."
        )
    try:
        engine = open_database(place)
    except (StoreError, DBAPIError) as error:
        if not isinstance(place, Path):
            raise
        said.append(f"what is there now cannot be read ({error}); give its erasures: --erasures")
        return []
    try:
        if not target.force and not is_empty(engine):
            raise StoreError("The database is not empty; --force replaces it. Back it up first.")
        return erased(engine)
    finally:
        engine.dispose()


def _erased_again(
    stage: Engine, manifest: Manifest, target: Target, recorded: Recorded
) -> list[Erased]:
    """Erase whom the backup brings back, and keep the list for the next time."""
    key = present_key(target.settings, target.brand, manifest.key)
    if not manifest.key or key is None:
        return []
    vault = Vault(stage, key, lambda: target.at)
    gone = again(vault, recorded, BY, target.settings.data)
    with stage.begin() as db:
        known = {(row.contact, row.at) for row in db.execute(select(erasures))}
        for one in recorded:
            if (one["contact"], one["at"]) not in known:
                known.add((one["contact"], one["at"]))
                row = {"contact": one["contact"], "at": one["at"]}
                db.execute(insert(erasures).values(**row, by=BY, counts={}))
    return gone


def _number_on(stage: Engine, at: datetime) -> None:
    """Give the library a number that it never had, so that no machine trusts what it counted."""
    minutes = int(at.timestamp()) // 60
    with stage.begin() as db:
        db.execute(update(generations).values(number=generations.c.number + minutes))


def _put(folder: Path, target: Target, progress: Progress) -> list[str]:
    """Put the database in its place; what was found from the old one is built again."""
    place, stage = target.place, folder / DATABASE
    progress("putting it in its place")
    forget_found(target.settings, target.brand)
    if isinstance(place, Path):
        with _closed(place):
            alone(stage)
            stage.replace(place)
        return []
    source, engine = open_database(stage), open_database(place)
    try:
        count = others(engine)
        fill(source, engine, progress)
    finally:
        source.dispose()
        engine.dispose()
    return [f"{count} connections of others are open: start all of Quiethand again"] * (count > 0)


@contextmanager
def _closed(place: Path) -> Iterator[None]:
    """Make sure that nobody has the file open: they would go on writing to what is gone."""
    in_use = f"{place} is in use: stop Quiethand first. Nothing was changed."
    if place.is_file():
        try:
            with closing(sqlite3.connect(place, timeout=1)) as db:
                mode = db.execute("PRAGMA journal_mode=DELETE").fetchone()  # the last one may
            if mode[0] != "delete":
                raise StoreError(in_use)
        except sqlite3.OperationalError as error:
            raise StoreError(in_use) from error
        except sqlite3.DatabaseError:
            pass  # it is broken, which is why it is replaced
    for end in ("-wal", "-shm"):
        place.with_name(f"{place.name}{end}").unlink(missing_ok=True)
    yield


def read_list(file: Path) -> Recorded:
    """Read a list that ``quiethand erase --list`` wrote, or that of another backup."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return [{"contact": str(one["contact"]), "at": str(one["at"])} for one in found]
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{file} is no list that `quiethand erase --list` wrote.") from error
