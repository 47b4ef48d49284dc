"""The audit log: nothing is changed in it unseen, and it says who did what."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, delete, select, update

from integrations.console.roles import Role
from integrations.store.audit import Audit, append
from integrations.store.database import open_database
from integrations.store.places import Place
from integrations.store.review_schema import audit
from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC).isoformat()
ClientAs = Callable[[Role], Browser]


def write(engine: Engine, count: int = 5) -> Audit:
    for number in range(count):
        with engine.begin() as db:
            append(db, "kim", "approved", f"draft {number}", {"revision": number, "ä": "ß"}, NOW)
    return Audit(engine)


@pytest.fixture
def log(house: DeskHouse) -> Audit:
    return write(house.engine)


def test_an_untouched_log_fits_its_seals(log: Audit) -> None:
    assert log.verify() is None


@pytest.mark.parametrize("column", ["who", "action", "what", "at", "previous", "digest", "detail"])
def test_a_changed_entry_is_found(house: DeskHouse, log: Audit, column: str) -> None:
    third = log.rows(most=3)[-1].id
    value = {"revision": 9} if column == "detail" else "x"
    with house.engine.begin() as db:
        db.execute(update(audit).where(audit.c.id == third).values({column: value}))
    assert log.verify() == third


def test_an_entry_taken_out_is_found(house: DeskHouse, log: Audit) -> None:
    last, third = log.rows(most=2)[0].id, log.rows(most=3)[-1].id
    with house.engine.begin() as db:
        db.execute(delete(audit).where(audit.c.id == third))
    assert third < (log.verify() or 0) <= last


def test_a_noted_seal_shows_that_the_newest_entries_are_gone(house: DeskHouse, log: Audit) -> None:
    noted = log.rows(most=1)[0].digest
    assert log.holds(noted)
    with house.engine.begin() as db:
        db.execute(delete(audit).where(audit.c.digest == noted))
    assert log.verify() is None
    assert not log.holds(noted)


def test_what_is_undone_leaves_no_entry(house: DeskHouse, log: Audit) -> None:
    before = log.last()
    with house.engine.connect() as db:
        append(db, "kim", "approved", "draft 9", {}, NOW)
        db.rollback()
    assert (log.last(), log.verify()) == (before, None)


def test_many_who_write_at_once_make_one_chain(place: Place) -> None:
    engine = open_database(place)
    with ThreadPoolExecutor(8) as threads:
        done = [threads.submit(write, engine, 10) for _ in range(8)]
    assert all(one.result() for one in done)
    with engine.connect() as db:
        assert len(db.execute(select(audit.c.id)).all()) == 80
    assert Audit(engine).verify() is None
    engine.dispose()


async def test_the_page_shows_who_did_what(client_as: ClientAs, log: Audit) -> None:
    page = (await client_as("admin").get("/desk/audit", params={"what": "draft 3"})).text
    assert "draft 3" in page
    assert "draft 2" not in page


async def test_an_admin_checks_all_seals_from_the_page(
    house: DeskHouse, client_as: ClientAs, log: Audit
) -> None:
    admin = client_as("admin")
    assert "Every entry fits" in (await admin.after("/desk/audit/verify")).text
    third = log.rows(most=3)[-1].id
    with house.engine.begin() as db:
        db.execute(update(audit).where(audit.c.id == third).values(who="max"))
    assert f"Entry {third} does not fit" in (await admin.after("/desk/audit/verify")).text


async def test_the_export_holds_all_entries_and_is_itself_one(
    client_as: ClientAs, log: Audit
) -> None:
    file = await client_as("admin").get("/desk/audit/export")
    entries = [json.loads(line) for line in file.text.splitlines()]
    assert file.headers["content-disposition"].startswith("attachment")
    assert [one.plain() for one in log.export()] == entries
    assert entries[-1]["action"] == "audit_exported"


async def test_older_entries_are_on_the_next_page(house: DeskHouse, client_as: ClientAs) -> None:
    write(house.engine, 105)
    admin = client_as("admin")
    page = await admin.get("/desk/audit", params={"who": "kim"})
    assert "Older entries" in page.text
    before = Audit(house.engine).rows(who="kim", most=100)[-1].id
    older = await admin.get("/desk/audit", params={"who": "kim", "before": before})
    assert "draft 4<" in older.text
    assert "Older entries" not in older.text
