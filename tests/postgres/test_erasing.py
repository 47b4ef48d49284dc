"""On a server the proof of an erasure reads the tables, bytes too; keys move brand by brand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from integrations.store.database import open_database
from integrations.store.erasure import erase
from integrations.store.places import Server, title
from integrations.store.rotation import sharing
from integrations.store.sealing import MasterKey, new_key
from integrations.store.vault import Vault
from tests.postgres.server import Postgres
from tests.privacy.safe import Safe, person

EMAIL = person(1)["<EMAIL_1>"]
KIM = {"<EMAIL_1>": EMAIL}


@pytest.fixture
def safe(tmp_path: Path, postgres: Postgres) -> Iterator[Safe]:
    one = Safe(tmp_path, place=postgres.ready())
    yield one
    one.engine.dispose()


@pytest.mark.anyio
@pytest.mark.parametrize(
    "there", [EMAIL.encode(), EMAIL.upper().encode(), b"\0 \xff" + EMAIL.encode()]
)
async def test_a_value_among_bytes_is_found(safe: Safe, there: bytes) -> None:
    await safe.say("I am <EMAIL_1>", KIM, contact="kim-7")
    with safe.engine.begin() as db:
        odd = (
            "INSERT INTO contacts (id, wrapped, key_id, created_at) VALUES ('x', :wrapped, '', '')"
        )
        db.execute(text(odd), {"wrapped": there})
    done = erase(safe.vault, "kim-7", "ana", safe.folder)
    assert [(one.token, one.place) for one in done.found] == [("<EMAIL_1>", "contacts")]


@pytest.mark.anyio
async def test_a_value_in_a_table_that_is_not_ours_is_found(safe: Safe) -> None:
    await safe.say("I am <EMAIL_1>", KIM, contact="kim-7")
    with safe.engine.begin() as db:
        db.execute(text("CREATE TABLE \"a copy: 100%\" AS SELECT 'seen ' || :it AS \"What: %\""),
                   {"it": EMAIL.title()})  # fmt: skip
    done = erase(safe.vault, "kim-7", "ana", safe.folder)
    assert [one.place for one in done.found] == ["a copy: 100%"]


@pytest.mark.anyio
async def test_an_older_look_keeps_what_was_deleted_and_that_is_said(safe: Safe) -> None:
    await safe.say("I am <EMAIL_1>", KIM, contact="kim-7")
    await safe.say("I am <EMAIL_1>", KIM, conversation="c2", contact="lee-8")
    with safe.engine.connect().execution_options(isolation_level="REPEATABLE READ") as db:
        db.execute(text("SELECT 1 FROM documents")).all()  # such as a backup that runs
        assert not erase(safe.vault, "kim-7", "ana", safe.folder).compacted
    assert erase(safe.vault, "lee-8", "ana", safe.folder).compacted


def test_the_other_brands_of_a_key_are_known(postgres: Postgres) -> None:
    url, mine, other = postgres.empty().url, MasterKey(new_key()), MasterKey(new_key())
    engines = []
    for name, key in (("Shop: a", mine), ("shop b", mine), ("shop c", other)):
        engines.append(open_database(Server(url, name)))
        Vault(engines[-1], key, lambda: pytest.fail("nobody asks for the time"))
    postgres.run("CREATE TABLE keys (name text)", str(url.get_secret_value().rpartition("/")[2]))
    assert [title(place) for place in sharing(engines[0], mine)] == ["shop b"]
    for engine in engines:
        engine.dispose()
