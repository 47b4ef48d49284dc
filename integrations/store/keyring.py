"""The keys that are kept in the database, each wrapped by the master key."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from integrations.store.alone import upsert
from integrations.store.database import StoreError, place_behind
from integrations.store.reading import reading
from integrations.store.sealing import BrokenSeal, MasterKey, new_key
from integrations.store.vault_schema import keys

DIGESTS = "digests"  # the key of the placeholders' digests; it also shows that the master fits
ROTATING = "rotating"  # there while contacts' keys move to another master
LEGACY = "placeholder.key"  # where the key of the digests was before there was a vault


def locked_by(engine: Engine) -> str:
    """Return the id of the master key that the vault wants, or nothing before it has one."""
    with reading(engine) as db:
        row = _row(db, DIGESTS)
    return row.key_id if row else ""


def digest_key(engine: Engine, master: MasterKey) -> bytes:
    """Return the key of the digests, made once; refuse a master key that does not fit."""
    with reading(engine) as db:
        row, moving = _row(db, DIGESTS), _row(db, ROTATING)
    if moving:
        raise StoreError(
            f"A change of the master key was stopped half-way; run `quiethand keys rotate NEWFILE` "
            f"again: the old key still set, NEWFILE the key with id {moving.key_id}."
        )
    key = opened(row, master) if row else _made(engine, master)
    _forget_file(engine, key)
    return key


def opened(row: Row[Any], master: MasterKey) -> bytes:
    """Unwrap a row of the keyring, or say that this is not its master key."""
    try:
        return master.unwrap(row.wrapped, row.name)
    except BrokenSeal as error:
        raise StoreError(
            f"The master key (id {master.id}) is not the one that locked the vault "
            f"(id {row.key_id}). Nothing was changed; set QUIETHAND_MASTER_KEY_FILE to that one, "
            "or run `quiethand keys rotate NEWFILE` again if a change to it was stopped."
        ) from error


def _made(engine: Engine, master: MasterKey) -> bytes:
    file = _file(engine)
    key = file.read_bytes() if file and file.is_file() else new_key()
    row = {"name": DIGESTS, "wrapped": master.wrap(key, DIGESTS), "key_id": master.id}
    with engine.begin() as db:
        db.execute(upsert(db, keys).values(row).on_conflict_do_nothing())
        made = _row(db, DIGESTS)  # another process may have been quicker
    assert made
    return opened(made, master)


def _forget_file(engine: Engine, key: bytes) -> None:
    """Delete the file once its key is in the database."""
    file = _file(engine)
    if file and file.is_file() and file.read_bytes() == key:
        file.unlink(missing_ok=True)


def _file(engine: Engine) -> Path | None:
    place = place_behind(engine)
    return place.parent / LEGACY if isinstance(place, Path) else None


def _row(db: Connection, name: str) -> Row[Any] | None:
    return db.execute(select(keys).where(keys.c.name == name)).first()
