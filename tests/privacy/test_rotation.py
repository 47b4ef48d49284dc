"""The master key is changed, and nothing is lost on the way."""

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from integrations.cli.doctor import look_at_key as looked_at
from integrations.keys import master_key, read_key
from integrations.settings import Settings
from integrations.store.database import StoreError, open_database
from integrations.store.keyring import locked_by
from integrations.store.places import Place
from integrations.store.rotation import BATCH, rotate, waiting
from integrations.store.sealing import MasterKey, new_key, written
from integrations.store.vault import Vault
from integrations.store.vault_schema import contacts
from knowledge.brands.brand import Brand, load
from tests.privacy.safe import Safe, person, quiethand

KIM = person(1)
DEMO = load("connectsphere")


@pytest.fixture
def safe(tmp_path: Path, place: Place) -> Iterator[Safe]:
    one = Safe(tmp_path, place=place)
    yield one
    one.engine.dispose()


def change_key(safe: Safe, contact: str, wrapped: bytes) -> bytes:
    """Put other bytes in a key's place; return what was there."""
    mine = contacts.c.id == contact
    with safe.engine.begin() as db:
        before: bytes = db.execute(select(contacts.c.wrapped).where(mine)).scalar_one()
        db.execute(update(contacts).where(mine).values(wrapped=wrapped))
    return before


def own_brand(folder: Path) -> Brand:
    (folder / "brand.toml").write_text('name = "Somebody else"\n')
    return load(str(folder))


@pytest.mark.anyio
async def test_a_new_key_opens_everything_and_the_old_one_nothing(safe: Safe) -> None:
    for number in range(7):
        await safe.say("I am <PERSON_1>", KIM, conversation=f"c{number}")
    new = MasterKey(new_key())
    assert rotate(safe.engine, safe.master, new, batch=3) == 7
    after = Vault(safe.engine, new, safe.now)
    assert after.secret == safe.vault.secret
    assert [after.restore(f"c{n}", "<PERSON_1>") for n in range(7)] == [KIM["<PERSON_1>"]] * 7
    with pytest.raises(StoreError, match="is not the one"):
        Vault(safe.engine, safe.master, safe.now)
    assert rotate(safe.engine, safe.master, new) == 0


@pytest.mark.anyio
async def test_a_change_that_was_stopped_goes_on(safe: Safe) -> None:
    for number in range(7):
        await safe.say("I am <PERSON_1>", KIM, conversation=f"c{number}")
    new = MasterKey(new_key())
    whole = change_key(safe, "c6", b"broken")  # it cannot be moved, as if the power went
    with pytest.raises(StoreError, match="c6 does not open"):
        rotate(safe.engine, safe.master, new, batch=1)
    left = waiting(safe.engine, new)
    assert 1 <= left < 8
    for key in (safe.master, new):
        with pytest.raises(StoreError, match="rotate NEWFILE"):
            Vault(safe.engine, key, safe.now)
    change_key(safe, "c6", whole)
    with pytest.raises(StoreError, match="finish that one first"):
        rotate(safe.engine, safe.master, MasterKey(new_key()))
    assert rotate(safe.engine, safe.master, new) == left
    assert Vault(safe.engine, new, safe.now).restore("c0", "<PERSON_1>") == KIM["<PERSON_1>"]


@pytest.mark.anyio
async def test_a_house_that_is_open_meanwhile_makes_no_key_with_the_old_one(safe: Safe) -> None:
    rotate(safe.engine, safe.master, MasterKey(new_key()), BATCH)
    before = safe.rows()
    with pytest.raises(StoreError, match="start again with the new one"):
        await safe.records.commit(*safe.turn("I am <PERSON_1>", KIM))
    assert safe.rows() == before


def test_a_wrong_old_key_changes_nothing(safe: Safe) -> None:
    before = safe.rows()
    with pytest.raises(StoreError, match="is not the one"):
        rotate(safe.engine, MasterKey(new_key()), MasterKey(new_key()))
    assert safe.rows() == before


def test_the_demo_key_is_replaced_in_its_place(tmp_path: Path) -> None:
    data, fresh = tmp_path / "data", tmp_path / "fresh.key"
    first = quiethand(data, "retention", "--json")
    assert first.returncode == 0, first.stderr
    assert quiethand(data, "export", "nobody").returncode == 2  # opens the vault: a key is made
    fresh.write_text(quiethand(data, "keys", "new").stdout)
    old = (data / "master.key").read_text()
    tried = quiethand(data, "keys", "rotate", str(fresh), "--dry-run", "--json")
    assert json.loads(tried.stdout) == {"contacts": 0, "dry_run": True}
    assert (data / "master.key").read_text() == old
    done = quiethand(data, "keys", "rotate", str(fresh))
    assert (done.returncode, "holds the new key" in done.stdout) == (0, True), done.stderr
    assert (data / "master.key").read_text() == fresh.read_text()
    (kept,) = data.glob("master.key.*")
    assert (kept.read_text(), stat.S_IMODE(kept.stat().st_mode)) == (old, 0o600)
    assert f"{kept} is the old key" in done.stdout
    assert stat.S_IMODE((data / "master.key").stat().st_mode) == 0o600
    assert "There is no contact" in quiethand(data, "export", "nobody").stderr
    wrong = quiethand(data, "export", "nobody", QUIETHAND_MASTER_KEY=old.strip())
    assert (wrong.returncode, "is not the one" in wrong.stderr) == (2, True)


def locked_with(data: Path, *names: str) -> MasterKey:
    """Make the demo's key, and databases that it locks."""
    key = master_key(Settings(data=data), DEMO)
    for name in names:
        engine = open_database(data / f"{name}.sqlite")
        Vault(engine, key, lambda: datetime.now(UTC))
        engine.dispose()
    return key


def lock_of(file: Path) -> str:
    engine = open_database(file)
    try:
        return locked_by(engine)
    finally:
        engine.dispose()


def another_key(folder: Path) -> tuple[Path, MasterKey]:
    key, file = MasterKey(new_key()), folder / "fresh.key"
    file.write_text(written(key.secret))
    return file, key


def test_the_key_in_use_is_not_changed_for_itself(tmp_path: Path) -> None:
    locked_with(tmp_path, "connectsphere")
    file = tmp_path / "master.key"
    before = file.read_text()
    for more in ({}, {"QUIETHAND_MASTER_KEY_FILE": str(file)}):
        tried = quiethand(tmp_path, "keys", "rotate", str(file), **more)
        assert (tried.returncode, tried.stdout) == (2, "")
        assert "this is the key already in use" in tried.stderr
    assert file.read_text() == before
    assert list(tmp_path.glob("master.key.*")) == []


def test_the_demo_key_is_replaced_for_every_vault_it_locks(tmp_path: Path) -> None:
    locked_with(tmp_path, "connectsphere", "other")
    file, new = another_key(tmp_path)
    done = quiethand(tmp_path, "keys", "rotate", str(file))
    assert (done.returncode, "It locks other too" in done.stdout) == (0, True), done.stderr
    assert {lock_of(tmp_path / f"{name}.sqlite") for name in ("connectsphere", "other")} == {new.id}


def test_a_key_that_still_locks_another_vault_is_not_to_be_destroyed(tmp_path: Path) -> None:
    old = locked_with(tmp_path, "connectsphere", "other")
    file, _ = another_key(tmp_path)
    own = str(tmp_path / "master.key")
    done = quiethand(tmp_path, "keys", "rotate", str(file), QUIETHAND_MASTER_KEY_FILE=own)
    assert "keep the old key: other is locked with it" in done.stdout, done.stderr
    assert lock_of(tmp_path / "other.sqlite") == old.id
    assert read_key(tmp_path / "master.key") == old


def test_a_database_that_cannot_be_read_stops_the_change(tmp_path: Path) -> None:
    old = locked_with(tmp_path, "connectsphere")
    (tmp_path / "other.sqlite").write_text("no database " * 100)
    tried = quiethand(tmp_path, "keys", "rotate", str(another_key(tmp_path)[0]))
    assert (tried.returncode, "other.sqlite may be locked" in tried.stderr) == (2, True)
    assert lock_of(tmp_path / "connectsphere.sqlite") == old.id


def test_a_change_that_stopped_before_its_last_file_is_done_again(tmp_path: Path) -> None:
    old = locked_with(tmp_path, "connectsphere")
    file, new = another_key(tmp_path)
    engine = open_database(tmp_path / "connectsphere.sqlite")
    rotate(engine, old, new)
    engine.dispose()
    refused = quiethand(tmp_path, "export", "nobody")
    assert (refused.returncode, "keys rotate NEWFILE" in refused.stderr) == (2, True)
    assert quiethand(tmp_path, "keys", "rotate", str(file)).returncode == 0
    assert read_key(tmp_path / "master.key") == new


def test_nobody_learns_of_a_token_without_a_name_and_a_reason(tmp_path: Path) -> None:
    locked_with(tmp_path, "connectsphere")
    asked = quiethand(tmp_path, "reveal", "c1", "EMAIL_1", "--by", " ", "--why", "")
    assert (asked.returncode, asked.stderr) == (
        2,
        "Say who looks and why: --by NAME --why REASON.\n",
    )


def test_the_doctor_tells_about_the_key(tmp_path: Path) -> None:
    key = locked_with(tmp_path, "connectsphere")
    own = looked_at(Settings(data=tmp_path))
    assert all(part in own.found for part in (key.id, "600", "beside the data"))
    assert (own.ok, own.todo) == (True, "")
    (tmp_path / "master.key").chmod(0o644)
    assert "chmod 600" in looked_at(Settings(data=tmp_path)).todo
    other = looked_at(Settings(data=tmp_path, master_key_file=another_key(tmp_path)[0]))
    assert (other.ok, key.id in other.found) == (False, True)
