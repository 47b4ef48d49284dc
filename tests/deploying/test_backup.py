"""A backup has everything that cannot be built again, and no secret."""

import json
import stat
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from integrations.backup.archive import unpack
from integrations.backup.channels import without_secrets
from integrations.store.database import NEWEST
from integrations.store.sealing import written
from integrations.store.trouble import StoreError
from tests.deploying.moving import Place, bring_to
from tests.privacy.safe import Safe, person, quiethand

pytestmark = pytest.mark.anyio
KIM = person(1)
CHANNELS = """
# token = "of-old-times"
[[channel]]
kind = "telegram"
account = "our_bot"
token = "123:a-bot-token"

[[channel]]
kind = "mastodon"
account = "shop"
token_file = "/run/secrets/mastodon"
url = "https://social.example"

[[channel]]
kind = "x"
account = "7"
token = "an-x-token"
consumer_secret = "an-x-secret"
budget = 10
nested = { api_key = "a-nested-key" }

[[channel]]
kind = "something new"
account = "1"
webhook = "https://me:a-password@example.org"
passphrase = "a-phrase"
"""
SECRETS = (
    "of-old-times", "a-bot-token", "an-x-token", "an-x-secret", "a-nested-key", "a-password",
    "a-phrase",
)  # fmt: skip


@pytest.fixture
async def here(tmp_path: Path) -> Place:
    place = Place(tmp_path / "here")
    await place.safe.say("I am <PERSON_1> at <EMAIL_1>", KIM, contact="kim-7", draft=True)
    (place.folder / "channels.toml").write_text(CHANNELS)
    article = place.folder / "articles" / "connectsphere" / "prices.md"
    article.parent.mkdir(parents=True)
    article.write_text("# Prices\n")
    return place


def contents(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as archive:
        found = {one.name: archive.extractfile(one) for one in archive}
        return {name: stream.read() for name, stream in found.items() if stream}


async def test_what_is_stored_comes_back_row_by_row(here: Place, tmp_path: Path) -> None:
    file, before = tmp_path / "b.tar.gz", here.rows()
    here.back_up(file)
    bring_to(file, tmp_path / "there", here)
    there = Place(tmp_path / "there", here.safe.master)
    assert there.rows() == before
    assert there.safe.vault.restore("c1", "<EMAIL_1>") == KIM["<EMAIL_1>"]
    there.safe.engine.dispose()
    assert (tmp_path / "there/articles/connectsphere/prices.md").read_text() == "# Prices\n"


async def test_it_is_made_while_others_write(here: Place, tmp_path: Path) -> None:
    with here.safe.engine.begin() as db:  # not committed yet
        db.execute(text("UPDATE conversations SET team = 'half-way'"))
        here.back_up(tmp_path / "b.tar.gz")
    bring_to(tmp_path / "b.tar.gz", tmp_path / "there", here)
    there = Place(tmp_path / "there", here.safe.master)
    assert "half-way" not in str(there.rows()["conversations"])
    assert "half-way" in str(here.rows()["conversations"])


async def test_no_secret_is_in_it(here: Place, tmp_path: Path) -> None:
    manifest = here.back_up(tmp_path / "b.tar.gz")
    key = here.safe.master.secret
    everything = b"".join(contents(tmp_path / "b.tar.gz").values())
    hidden = [one.encode() for one in (*SECRETS, *KIM.values(), written(key), key.hex())]
    assert [one for one in (*hidden, key) if one in everything] == []
    assert manifest.key == here.safe.master.id
    assert "the master key" in manifest.left_out
    assert "channels.toml: channel 1 (telegram our_bot): token" in manifest.left_out
    assert stat.S_IMODE((tmp_path / "b.tar.gz").stat().st_mode) == 0o600


def test_channels_stay_readable_without_their_secrets(tmp_path: Path) -> None:
    file = tmp_path / "channels.toml"
    file.write_text(CHANNELS)
    kept, left = without_secrets(file)
    assert tomllib.loads(kept)["channel"] == [
        {"kind": "telegram", "account": "our_bot"},
        {
            "kind": "mastodon", "account": "shop", "url": "https://social.example",
            "token_file": "/run/secrets/mastodon",
        },
        {"kind": "x", "account": "7", "budget": 10},
        {"kind": "something new", "account": "1"},
    ]  # fmt: skip
    assert "channel 2 (mastodon shop): the file of token_file" in left
    assert len(left) == 7


async def test_deleted_bytes_are_not_in_it(here: Place, tmp_path: Path) -> None:
    with here.safe.engine.begin() as db:
        db.execute(text("UPDATE ideas SET text = 'a-deleted-word'"))
    with here.safe.engine.begin() as db:
        db.execute(text("PRAGMA secure_delete=OFF"))
        db.execute(text("DELETE FROM ideas"))
    here.back_up(tmp_path / "b.tar.gz")
    assert b"a-deleted-word" not in contents(tmp_path / "b.tar.gz")["database.sqlite"]


async def test_a_backup_is_not_written_over(here: Place, tmp_path: Path) -> None:
    here.back_up(tmp_path / "b.tar.gz")
    with pytest.raises(StoreError, match="is there already"):
        here.back_up(tmp_path / "b.tar.gz")
    here.back_up(tmp_path / "b.tar.gz", force=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.tar.gz", "here"]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    place.safe.engine.dispose()


async def test_the_commands_do_it_and_say_what_they_left_out(run: Place, tmp_path: Path) -> None:
    await run.safe.say("I am <PERSON_1>", KIM, contact="kim-7")
    run.safe.engine.dispose()
    key = {"QUIETHAND_MASTER_KEY": written(run.safe.master.secret)}
    file = str(tmp_path / "b.tar.gz")
    dry = quiethand(tmp_path, "backup", file, "--dry-run", "--json", **key)
    assert (json.loads(dry.stdout)["dry_run"], Path(file).exists()) == (True, False)
    done = quiethand(tmp_path, "backup", file, **key)
    assert f"The master key (id {run.safe.master.id}) is not in it" in done.stdout
    refused = quiethand(tmp_path, "restore", file, **key)
    assert (refused.returncode, "--force replaces it" in refused.stderr) == (2, True)
    back = quiethand(tmp_path, "restore", file, "--force", "--json", **key)
    assert back.returncode == 0, back.stderr
    assert json.loads(back.stdout)["schema"] == NEWEST


def test_a_fresh_folder_can_be_backed_up_too(tmp_path: Path) -> None:
    Safe(tmp_path, name="connectsphere.sqlite").engine.dispose()
    done = quiethand(tmp_path, "backup", str(tmp_path / "b.tar.gz"), "--json")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "out"
    folder.mkdir()
    assert unpack(tmp_path / "b.tar.gz", folder).schema == NEWEST
