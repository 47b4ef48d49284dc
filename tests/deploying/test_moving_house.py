"""A backup made on one kind of database comes back on the other."""

from pathlib import Path

import pytest
from sqlalchemy import insert, select

from integrations.backup.making import Source, backup
from integrations.backup.restoring import Target, restore
from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.places import place_of
from integrations.store.schema import ideas, metadata
from integrations.store.trouble import StoreError
from tests.deploying.moving import BRAND, Place, silent
from tests.postgres.server import Postgres
from tests.privacy.safe import person

pytestmark = pytest.mark.anyio
KIM = person(1)


def rows(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    engine = open_database(place_of(settings, BRAND.folder.name))
    with engine.connect() as db:
        found = {
            table.name: sorted((tuple(row) for row in db.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


async def people(folder: Path) -> Place:
    place = Place(folder)
    for number in range(3):
        said = {"conversation": f"c{number}", "contact": f"kim-{number}", "draft": True}
        await place.safe.say("I am <PERSON_1>", KIM, **said)
    return place


def on_server(folder: Path, like: Place, postgres: Postgres) -> Settings:
    return like.settings.model_copy(update={"data": folder, "database_url": postgres.empty().url})


async def test_from_a_file_to_a_server_and_back(tmp_path: Path, postgres: Postgres) -> None:
    here = await people(tmp_path / "here")
    server, now = on_server(tmp_path / "there", here, postgres), here.safe.now()
    before = rows(here.settings)
    here.back_up(tmp_path / "b.tar.gz")
    done = restore(tmp_path / "b.tar.gz", Target(server, BRAND, now, []), silent)
    assert (rows(server), done.said) == (before, [])
    engine = open_database(place_of(server, BRAND.folder.name))
    with engine.begin() as db:  # new rows are numbered after those that came
        db.execute(insert(ideas).values(key="new", text="", at=""))
    backup(Source(server, BRAND, engine, tmp_path / "none"), tmp_path / "c", now, False, silent)
    engine.dispose()
    after = rows(server)
    here.safe.engine.dispose()
    restore(tmp_path / "c", Target(here.settings, BRAND, now, [], force=True), silent)
    assert rows(here.settings) == after
    assert len(after["ideas"]) == len(before["ideas"]) + 1


async def test_a_server_with_rows_is_replaced_only_when_asked(
    tmp_path: Path, postgres: Postgres
) -> None:
    here = await people(tmp_path / "here")
    server, now = on_server(tmp_path / "there", here, postgres), here.safe.now()
    here.back_up(tmp_path / "b.tar.gz")
    restore(tmp_path / "b.tar.gz", Target(server, BRAND, now, []), silent)
    before = rows(server)
    with pytest.raises(StoreError, match="not empty"):
        restore(tmp_path / "b.tar.gz", Target(server, BRAND, now, []), silent)
    engine = open_database(place_of(server, BRAND.folder.name))  # the service still runs
    done = restore(tmp_path / "b.tar.gz", Target(server, BRAND, now, [], force=True), silent)
    assert "start all of Quiethand again" in done.said[0]
    engine.dispose()
    here.safe.engine.dispose()
    assert rows(server) == before
