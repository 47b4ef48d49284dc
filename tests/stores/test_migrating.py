"""A store of the first release is carried over with everything in it, on either database."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from integrations.store.database import NEWEST, StoreError, open_database
from integrations.store.numbering import next_number
from integrations.store.places import Place, Server
from integrations.store.postgres import engine_for, make_schema
from integrations.store.schema import drafts, metadata
from tests.postgres.server import Postgres


@pytest.fixture(params=["sqlite", "postgres"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place where nothing is yet."""
    if request.param == "sqlite":
        yield tmp_path / "a.sqlite"
        return
    server: Postgres = request.getfixturevalue("postgres")
    yield server.empty()


def write(db: Connection, table: str, **row: object) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    blanks = ", ".join(f":{name}" for name in row)
    db.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({blanks})'), row)


def older(place: Place, version: str) -> Engine:
    """Make the place as a release of that version left it."""
    engine = engine_for(place) if isinstance(place, Server) else create_engine(f"sqlite:///{place}")
    config = Config()
    config.set_main_option("script_location", "integrations.store:migrations")
    with engine.begin() as db:
        if isinstance(place, Server):
            make_schema(db, place)
        config.attributes["connection"] = db
        command.upgrade(config, version)
    return engine


def fill(db: Connection) -> None:
    """Write a row of each kind as the first release did."""
    of = {"conversation": "c1", "turn": "t1"}
    memory = json.dumps({"topic": "plans"})
    write(db, "conversations", id="c1", channel="test", audience="customer", version=3,
          episode=1, owner="agent", team="", memory=memory, updated_at="")  # fmt: skip
    write(db, "turns", id="t1", conversation="c1", kind="message", outcome="reply", ms=1.5,
          record="{}", at="2026-01-01T00:00:00+00:00")  # fmt: skip
    write(db, "lines", **of, episode=1, who="customer", route="", text="Zoë: ✓", at="")
    write(db, "drafts", id=1, **of, route="", message="{}", revision=1, status="open",
          decided_by="", decided_at="", created_at="")  # fmt: skip
    write(db, "revisions", draft=1, number=1, answer="{}", author="agent", at="")
    write(db, "outbox", **of, text="hello", state="ready", at="")
    write(db, "handoffs", **of, team="", reason="", note="", opened_at="", closed_at="")
    write(db, "ideas", key="t1", text="a dark mode", at="")
    write(db, "ideas", key="t9", text="an app", at="")


def test_rows_of_the_first_release_come_along(fresh: Place) -> None:
    old = older(fresh, "0001")
    with old.begin() as db:
        fill(db)
    old.dispose()
    engine = open_database(fresh)
    with engine.begin() as db:
        row = db.execute(text("SELECT contact, version, memory FROM conversations")).one()
        assert (row.contact, row.version) == ("c1", 3)
        ideas = db.execute(text("SELECT key, conversation FROM ideas ORDER BY id")).all()
        assert ideas == [("t1", "c1"), ("t9", None)]
        sends = db.execute(text("SELECT text, by_person, attempts, run_at FROM outbox")).all()
        assert sends == [("hello", False, 0, "")]
        assert db.scalar(text("SELECT text FROM lines")) == "Zoë: ✓"
        assert next_number(db, drafts.c.id) > 0
    engine.dispose()


def test_the_migrations_make_the_schema(fresh: Place) -> None:
    engine = open_database(fresh)
    with engine.connect() as db:
        types = not isinstance(fresh, Server)  # a server keeps texts of any length
        context = MigrationContext.configure(db, opts={"compare_type": types})
        assert compare_metadata(context, metadata) == []
        assert db.scalar(text("SELECT version_num FROM alembic_version")) == NEWEST
        assert {"inbox", "vault", "timers"} <= set(inspect(db).get_table_names())
    engine.dispose()


def test_what_a_newer_release_made_is_left_alone(fresh: Place) -> None:
    engine = open_database(fresh)
    with engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="start the newer release"):
        open_database(fresh)
