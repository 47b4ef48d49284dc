"""A server is reached by its address, a brand is a schema; trouble is one line with no secret."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import inspect, text

from integrations.cli.doctor import look_at_database
from integrations.settings import Settings
from integrations.store.database import NEWEST, StoreError, open_database
from integrations.store.places import LONGEST, Server, place_of
from tests.postgres.server import PASSWORD, Postgres

VARIABLE = "QUIETHAND_DATABASE_URL"


def refused(place: Server) -> str:
    with pytest.raises(StoreError) as caught:
        open_database(place)
    said = str(caught.value)
    assert said.startswith(VARIABLE)
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("secret", "no address"),
        ("postgresql://ana:secret@host:secret/shop", "no address"),
        ("mysql://ana:secret@host/shop", "for SQLite leave it empty"),
        ("postgresql://ana:secret@secret@host/shop", "%40"),
        ("postgresql://ana:secret@127.0.0.1:1/shop", "127.0.0.1"),
    ],
)
def test_a_wrong_address_is_named_and_not_quoted(url: str, said: str) -> None:
    complaint = refused(Server(SecretStr(url), "shop"))
    assert said in complaint
    assert "secret" not in complaint


def test_a_wrong_password_is_not_quoted(postgres: Postgres) -> None:
    said = refused(Server(postgres.url(password="not-this-one"), "shop"))
    assert "password authentication failed" in said
    assert "not-this-one" not in said


def test_a_database_that_is_not_there_is_named(postgres: Postgres) -> None:
    assert '"nowhere" does not exist' in refused(Server(postgres.url("nowhere"), "shop"))


def test_an_encoding_that_cannot_hold_every_text_is_refused(postgres: Postgres) -> None:
    postgres.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' "
                 "LOCALE_PROVIDER libc LOCALE 'C'")  # fmt: skip
    assert "encoding UTF8" in refused(Server(postgres.url("latin"), "shop"))


def test_a_user_without_rights_learns_what_is_missing(postgres: Postgres) -> None:
    database = str(postgres.empty().url.get_secret_value().rpartition("/")[2])
    postgres.run(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'")
    url = postgres.url(database).get_secret_value().replace("postgres:", "guest:", 2)
    guest = Server(SecretStr(url.replace("guest://", "postgresql://")), "shop")
    assert "let its user make the schema 'shop', or own it" in refused(guest)
    postgres.run("CREATE SCHEMA shop AUTHORIZATION guest", database)
    open_database(guest).dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_usual_spellings_are_taken(postgres: Postgres, scheme: str) -> None:
    url = postgres.empty().url.get_secret_value().replace("postgresql", scheme, 1)
    engine = open_database(Server(SecretStr(url), "shop"))
    with engine.connect() as db:
        assert db.scalar(text("SHOW application_name")) == "quiethand"
        assert db.scalar(text("SELECT version_num FROM alembic_version")) == NEWEST
    engine.dispose()


def test_brands_share_a_server_and_no_table(postgres: Postgres) -> None:
    url = postgres.empty().url
    names = ("shop", "My: Shop's 100%", "public")
    engines = [open_database(Server(url, name)) for name in names]
    for number, engine in enumerate(engines):
        with engine.begin() as db:
            for _ in range(number + 1):
                db.execute(text("INSERT INTO reveals (who, why, conversation, token, at) "
                                "VALUES ('', '', '', '', '')"))  # fmt: skip
    for number, engine in enumerate(engines):
        with engine.connect() as db:
            assert db.scalar(text("SELECT count(*) FROM reveals")) == number + 1
        engine.dispose()


def test_many_machines_that_start_at_once_make_the_schema_once(postgres: Postgres) -> None:
    place = postgres.empty()
    with ThreadPoolExecutor(6) as pool:
        engines = list(pool.map(lambda _: open_database(place), range(6)))
    with engines[0].connect() as db:
        assert db.scalar(text("SELECT count(*) FROM alembic_version")) == 1
        assert "conversations" in inspect(db).get_table_names()
    for engine in engines:
        engine.dispose()


def test_a_server_that_was_started_again_is_no_error(postgres: Postgres) -> None:
    engine = open_database(postgres.ready())
    with engine.connect() as db:
        mine = db.scalar(text("SELECT pg_backend_pid()"))
    postgres.run(f"SELECT pg_terminate_backend({mine}, 5000)")
    with engine.connect() as db:
        assert db.scalar(text("SELECT 1")) == 1
    engine.dispose()


@pytest.fixture
def address(tmp_path: Path, postgres: Postgres) -> Path:
    file = tmp_path / "address"
    file.write_text(postgres.empty().url.get_secret_value() + "\n")
    return file


def test_the_settings_lead_there_and_the_doctor_says_so(tmp_path: Path, address: Path) -> None:
    settings = Settings(data=tmp_path, database_url_file=address)
    found = look_at_database(settings)
    assert (found.ok, "schema connectsphere" in found.found) == (True, True)
    assert PASSWORD not in f"{found} {settings!r} {place_of(settings, 'shop')!r}"
    assert list(tmp_path.glob("*.sqlite")) == []
    assert "SQLite" in look_at_database(Settings(data=tmp_path)).found


def test_long_names_of_brands_stay_two(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=SecretStr("postgresql://host/shop"))
    places = [place_of(settings, "é" * 60 + end) for end in ("a", "b")]
    schemas = [place.schema for place in places if isinstance(place, Server)]
    assert len(set(schemas)) == 2
    assert all(len(schema.encode()) <= LONGEST for schema in schemas)
