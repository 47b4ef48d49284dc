"""The master key is made for the demo only, named when it is wrong, and changed without loss."""

import json
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from integrations.keys import master_key
from integrations.settings import Settings, SettingsError, read
from integrations.store.database import StoreError
from integrations.store.rotation import BATCH, rotate, waiting
from integrations.store.sealing import MasterKey, new_key, written
from integrations.store.vault import Vault
from knowledge.brands.brand import Brand, load
from tests.privacy.safe import Safe, person, quiethand

KIM = person(1)
DEMO = load("connectsphere")


@pytest.fixture
def safe(tmp_path: Path) -> Iterator[Safe]:
    one = Safe(tmp_path)
    yield one
    one.engine.dispose()


def own_brand(folder: Path) -> Brand:
    (folder / "brand.toml").write_text('name = "Somebody else"\n')
    return load(str(folder))


def test_the_demo_makes_its_key_once_and_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    settings = Settings(data=tmp_path)
    first = master_key(settings, DEMO, "", said.append)
    assert master_key(settings, DEMO, first.id, said.append) == first
    assert len(said) == 1
    assert "QUIETHAND_MASTER_KEY_FILE" in said[0]
    assert stat.S_IMODE((tmp_path / "master.key").stat().st_mode) == 0o600


def test_many_houses_at_once_make_one_key(tmp_path: Path) -> None:
    said: list[str] = []
    with ThreadPoolExecutor(8) as houses:
        made = [
            houses.submit(master_key, Settings(data=tmp_path), DEMO, "", said.append)
            for _ in range(8)
        ]
        assert len({one.result().id for one in made}) == 1
    assert len(said) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["master.key"]


def test_another_brand_needs_a_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="quiethand keys new"):
        master_key(Settings(data=tmp_path / "data"), own_brand(tmp_path))
    assert not (tmp_path / "data").exists()


def test_a_demo_key_that_is_gone_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is gone"):
        master_key(Settings(data=tmp_path), DEMO, "0123")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["short", "aGVsbG8=", "zz" * 32, "ab" * 31, "€" * 40])
def test_a_bad_key_names_its_variable(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("QUIETHAND_MASTER_KEY", text)
    with pytest.raises(SettingsError, match="QUIETHAND_MASTER_KEY: ") as caught:
        master_key(read(), DEMO)
    assert text not in str(caught.value)


def test_a_bad_file_names_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    monkeypatch.setenv("QUIETHAND_MASTER_KEY_FILE", str(file))
    with pytest.raises(SettingsError, match="QUIETHAND_MASTER_KEY_FILE"):
        read()
    for content in (b"", b"\xff\xfe", b"nothing"):
        file.write_bytes(content)
        with pytest.raises(SettingsError, match="QUIETHAND_MASTER_KEY_FILE"):
            master_key(read(), DEMO)


@pytest.mark.parametrize("text", [written(bytes(range(32))), bytes(range(32)).hex().upper()])
def test_a_key_is_base64_or_hex(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("QUIETHAND_MASTER_KEY", f" {text}\n")
    assert master_key(read(), DEMO).secret == bytes(range(32))
    assert text not in repr(read())


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
    with safe.engine.begin() as db:  # the last contact cannot be moved, as if the power went
        db.exec_driver_sql("CREATE TRIGGER stop BEFORE UPDATE ON contacts WHEN OLD.id = 'c6' "
                           "BEGIN SELECT RAISE(ABORT, 'power'); END")  # fmt: skip
    with pytest.raises(Exception, match="power"):
        rotate(safe.engine, safe.master, new, batch=2)
    assert waiting(safe.engine, new) == 1
    for key in (safe.master, new):
        with pytest.raises(StoreError, match="rotate NEWFILE"):
            Vault(safe.engine, key, safe.now)
    with safe.engine.begin() as db:
        db.exec_driver_sql("DROP TRIGGER stop")
    with pytest.raises(StoreError, match="finish that one first"):
        rotate(safe.engine, safe.master, MasterKey(new_key()))
    assert rotate(safe.engine, safe.master, new) == 1
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
    assert stat.S_IMODE((data / "master.key").stat().st_mode) == 0o600
    assert "There is no contact" in quiethand(data, "export", "nobody").stderr
    wrong = quiethand(data, "export", "nobody", QUIETHAND_MASTER_KEY=old.strip())
    assert (wrong.returncode, "is not the one" in wrong.stderr) == (2, True)
