"""Change the master key: every contact's data key is wrapped anew, their rows stay as they are."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from integrations.store.database import StoreError, place_behind
from integrations.store.keyring import DIGESTS, ROTATING, locked_by, opened
from integrations.store.places import Place, Server
from integrations.store.postgres import quoted
from integrations.store.reading import reading
from integrations.store.sealing import BrokenSeal, MasterKey
from integrations.store.vault_schema import contacts, keys

BATCH = 500
_VAULTS = text(
    "SELECT table_schema FROM information_schema.columns WHERE table_name = 'keys' "
    "AND column_name IN ('name', 'wrapped', 'key_id') GROUP BY 1 HAVING count(*) = 3 ORDER BY 1"
)
_LOCK = "SELECT key_id FROM {}.keys WHERE name = 'digests'"


def waiting(engine: Engine, new: MasterKey) -> int:
    """Count the contacts whose data keys another master key wrapped."""
    query = select(func.count()).select_from(contacts).where(contacts.c.key_id != new.id)
    with reading(engine) as db:
        return db.execute(query).scalar_one()


def rotate(engine: Engine, old: MasterKey, new: MasterKey, batch: int = BATCH) -> int:
    """Wrap everything with the new key; after a kill, the same call goes on where it stopped."""
    if _begun(engine, old, new):
        return 0
    count, done = 0, False
    while not done:
        with engine.begin() as db:
            _hold(db)
            some = contacts.c.key_id != new.id
            rows = db.execute(select(contacts).where(some).limit(batch)).all()
            for row in rows:
                _move_contact(db, row, old, new)
            count += len(rows)
            done = len(rows) < batch
            if done:  # with the last ones, so that nobody sees half of it
                _finish(db, old, new)
    return count


def sharing(engine: Engine, key: MasterKey) -> Sequence[Place]:
    """Return the other databases beside this one that the same master key locks."""
    mine = place_behind(engine)
    if isinstance(mine, Server):
        schemas = [one for one in _schemas(engine, key) if one != mine.schema]
        return [replace(mine, schema=one) for one in schemas]
    mine = mine.resolve()
    others = {file.resolve() for file in mine.parent.glob("*.sqlite")} - {mine}
    return sorted(file for file in others if _lock(file) == key.id)


def check(engine: Engine, old: MasterKey, new: MasterKey) -> None:
    """Refuse, before anything is changed, what ``rotate`` would refuse."""
    with reading(engine) as db:
        _state(db, old, new)


def _schemas(engine: Engine, key: MasterKey) -> list[str]:
    """Return the schemas of this server that have a vault which the key locks."""
    with reading(engine) as db:
        return [
            schema
            for schema in db.scalars(_VAULTS).all()
            if db.scalar(text(_LOCK.format(quoted(schema, colons=True)))) == key.id
        ]


def _lock(file: Path) -> str:
    """Return the id of a database's master key; it may be no database of ours, so none is made."""
    engine = create_engine(f"sqlite:///{file}")
    try:
        if not inspect(engine).has_table(keys.name):
            return ""
        return locked_by(engine)
    except DBAPIError as error:
        raise StoreError(
            f"{file} may be locked with the same key, and cannot be read ({error.orig}); "
            "mend it or move it away."
        ) from error
    finally:
        engine.dispose()


def _begun(engine: Engine, old: MasterKey, new: MasterKey) -> bool:
    """Note that a change has begun; say whether it was done before."""
    with engine.begin() as db:
        _hold(db)
        state = _state(db, old, new)
        if state == "fresh":
            row = {"name": ROTATING, "wrapped": new.wrap(b"", ROTATING), "key_id": new.id}
            db.execute(insert(keys).values(row))
    return state == "done"


def _hold(db: Connection) -> None:
    """Let nobody make a contact's key before this transaction ends."""
    db.execute(select(keys.c.name).where(keys.c.name == DIGESTS).with_for_update()).all()


def _state(db: Connection, old: MasterKey, new: MasterKey) -> Literal["fresh", "begun", "done"]:
    digests = db.execute(select(keys).where(keys.c.name == DIGESTS)).first()
    if digests is None:
        raise StoreError("There is no vault yet; set the new key and begin with it.")
    if digests.key_id == new.id:
        opened(digests, new)
        return "done"
    opened(digests, old)
    moving = db.execute(select(keys).where(keys.c.name == ROTATING)).first()
    if moving is None:
        return "fresh"
    if moving.key_id != new.id:
        raise StoreError(
            f"A change to another key (id {moving.key_id}) was stopped half-way; "
            "finish that one first."
        )
    return "begun"


def _move_contact(db: Connection, row: Row[Any], old: MasterKey, new: MasterKey) -> None:
    try:
        wrapped = new.wrap(old.unwrap(row.wrapped, row.id), row.id)
    except BrokenSeal as error:
        raise StoreError(
            f"The data key of contact {row.id} does not open with the old master key."
        ) from error
    values = {"wrapped": wrapped, "key_id": new.id}
    db.execute(update(contacts).where(contacts.c.id == row.id).values(values))


def _finish(db: Connection, old: MasterKey, new: MasterKey) -> None:
    for row in db.execute(select(keys).where(keys.c.name != ROTATING)).all():
        wrapped = new.wrap(opened(row, old), row.name)
        db.execute(
            update(keys).where(keys.c.name == row.name).values(wrapped=wrapped, key_id=new.id)
        )
    db.execute(delete(keys).where(keys.c.name == ROTATING))
