"""A backup comes back whole or not at all, and nobody who was erased comes back with it."""

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from integrations.backup.restoring import read_list
from integrations.store.database import NEWEST
from integrations.store.erasure import erase, erased
from integrations.store.trouble import StoreError
from tests.deploying.moving import Place, bring_to
from tests.privacy.safe import person

pytestmark = pytest.mark.anyio
KIM, LEE = person(1), person(2)


@pytest.fixture
async def here(tmp_path: Path) -> Place:
    place = Place(tmp_path / "here")
    await place.safe.say("I am <PERSON_1> at <EMAIL_1>", KIM, contact="kim-7")
    await place.safe.say("I am <PERSON_1>", LEE, conversation="c2", contact="lee-8")
    return place


def edited(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write the archive anew, with its contents changed."""
    with tarfile.open(file) as archive:
        found = {one.name: archive.extractfile(one) for one in archive}
        contents = {name: stream.read() for name, stream in found.items() if stream}
    change(contents)
    with tarfile.open(file, "w:gz") as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file


def of_manifest(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        kept = json.loads(contents["manifest.json"]) | changes
        contents["manifest.json"] = json.dumps(kept).encode()

    return change


def one_byte(contents: dict[str, bytes]) -> None:
    raw = contents["database.sqlite"]
    contents["database.sqlite"] = raw[:-1] + bytes([raw[-1] ^ 1])


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (one_byte, "database.sqlite is not what was stored"),
        (lambda one: one.pop("database.sqlite"), "database.sqlite is not what was stored"),
        (lambda one: one.update({"../evil": b"x"}), "'../evil' is not in its manifest"),
        (lambda one: one.pop("manifest.json"), "no backup of Quiethand"),
        (of_manifest(format=99), "made by a newer Quiethand"),
        (of_manifest(schema="9999"), "made by a newer Quiethand"),
        (of_manifest(brand="other"), "of the brand 'other'"),
        (of_manifest(surprise=1), "no backup of Quiethand"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(
    here: Place, tmp_path: Path, change: Callable[[dict[str, bytes]], None], complaint: str
) -> None:
    file, before = tmp_path / "b.tar.gz", here.rows()
    here.back_up(file)
    edited(file, change)
    with pytest.raises(StoreError, match=complaint):
        here.restore(file, force=True)
    assert here.rows() == before
    assert [one.name for one in here.folder.iterdir() if one.name.startswith(".")] == []


async def test_a_path_that_leads_out_is_refused_though_the_manifest_names_it(
    here: Place, tmp_path: Path
) -> None:
    file = tmp_path / "b.tar.gz"
    here.back_up(file)

    def leads_out(contents: dict[str, bytes]) -> None:
        contents["../evil"] = b"x"
        files = json.loads(contents["manifest.json"])["files"]
        of_manifest(files={**files, "../evil": {"sha256": "0", "bytes": 1}})(contents)

    with pytest.raises(StoreError, match="leads out"):
        here.restore(edited(file, leads_out), force=True)
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b\x08\x00broken"])
async def test_what_is_no_archive_is_refused(here: Place, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.tar.gz").write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        here.restore(tmp_path / "b.tar.gz", force=True)


async def test_another_master_key_is_refused_by_its_id(here: Place, tmp_path: Path) -> None:
    here.back_up(tmp_path / "b.tar.gz")
    stranger = Place(tmp_path / "stranger")
    with pytest.raises(StoreError, match=f"only with the master key of id {here.safe.master.id}"):
        stranger.restore(tmp_path / "b.tar.gz", force=True)


async def test_what_is_there_is_not_replaced_unasked(here: Place, tmp_path: Path) -> None:
    here.back_up(tmp_path / "b.tar.gz")
    await here.safe.say("more", {}, conversation="c3")
    before = here.rows()
    with pytest.raises(StoreError, match="--force replaces it"):
        here.restore(tmp_path / "b.tar.gz")
    here.restore(tmp_path / "b.tar.gz", force=True, dry=True)
    assert here.rows() == before
    here.restore(tmp_path / "b.tar.gz", force=True)
    assert "c3" not in str(here.rows()["conversations"])


async def test_a_database_in_use_is_not_replaced(here: Place, tmp_path: Path) -> None:
    here.back_up(tmp_path / "b.tar.gz")
    with closing(sqlite3.connect(here.safe.file)) as other:
        other.execute("SELECT * FROM turns").fetchall()
        with pytest.raises(StoreError, match="in use: stop Quiethand first"):
            here.restore(tmp_path / "b.tar.gz", force=True)


async def test_a_broken_database_can_be_replaced(here: Place, tmp_path: Path) -> None:
    before = here.rows()
    here.back_up(tmp_path / "b.tar.gz")
    here.safe.engine.dispose()
    for end in ("-wal", "-shm"):
        here.safe.file.with_name(here.safe.file.name + end).unlink(missing_ok=True)
    here.safe.file.write_bytes(b"broken " * 1000)
    done = here.restore(tmp_path / "b.tar.gz", force=True)
    assert "give its erasures: --erasures" in done.said[0]
    assert here.rows() == before


async def test_who_was_erased_since_is_erased_again(here: Place, tmp_path: Path) -> None:
    here.back_up(tmp_path / "b.tar.gz")
    here.safe.wait(days=1)
    erase(here.safe.vault, "kim-7", "ana", here.folder)
    done = here.restore(tmp_path / "b.tar.gz", force=True)
    assert [one.contact for one in done.erased] == ["kim-7"]
    rows = here.rows()
    assert "kim-7" not in str(rows["contacts"] + rows["conversations"])
    assert "lee-8" in str(rows["contacts"])
    assert not [one for one in KIM.values() if one.encode() in here.safe.bytes()]


async def test_a_list_kept_elsewhere_erases_them_on_another_machine(
    here: Place, tmp_path: Path
) -> None:
    here.back_up(tmp_path / "b.tar.gz")
    here.safe.wait(days=1)
    erase(here.safe.vault, "kim-7", "ana", here.folder)
    listed = tmp_path / "list.json"
    listed.write_text(json.dumps(erased(here.safe.engine)))
    there = Place(tmp_path / "there", here.safe.master)
    there.safe.wait(days=1)
    done = there.restore(tmp_path / "b.tar.gz", read_list(listed), force=True)
    assert [one.contact for one in done.erased] == ["kim-7"]
    assert erased(here.safe.engine)[0] in erased(there.safe.engine)
    there.safe.engine.dispose()


async def test_who_came_back_after_their_erasure_stays(here: Place, tmp_path: Path) -> None:
    here.safe.wait(days=1)
    erase(here.safe.vault, "kim-7", "ana", here.folder)
    here.safe.wait(days=1)
    await here.safe.say("It is <PERSON_1> again", KIM, contact="kim-7")
    here.back_up(tmp_path / "b.tar.gz")
    done = here.restore(tmp_path / "b.tar.gz", force=True)
    assert done.erased == []
    assert "kim-7" in str(here.rows()["contacts"])


async def test_a_backup_at_an_older_schema_is_brought_up(here: Place, tmp_path: Path) -> None:
    here.back_up(tmp_path / "b.tar.gz")
    old = tmp_path / "old.sqlite"
    engine, config = create_engine(f"sqlite:///{old}"), Config()
    config.set_main_option("script_location", "integrations.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
    engine.dispose()

    def older(contents: dict[str, bytes]) -> None:
        from hashlib import sha256

        contents["database.sqlite"] = raw = old.read_bytes()
        files = json.loads(contents["manifest.json"])["files"]
        files["database.sqlite"] = {"sha256": sha256(raw).hexdigest(), "bytes": len(raw)}
        of_manifest(schema="0006", key="", files=files)(contents)

    bring_to(edited(tmp_path / "b.tar.gz", older), tmp_path / "there", here)
    with closing(sqlite3.connect(tmp_path / "there" / "connectsphere.sqlite")) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (NEWEST,)
