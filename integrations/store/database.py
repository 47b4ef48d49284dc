"""Open the database at the newest schema: SQLite in WAL mode, or a schema on Postgres."""

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

import integrations.store.contacts_schema
import integrations.store.documents_schema
import integrations.store.people_schema
import integrations.store.review_schema
import integrations.store.running_schema
import integrations.store.traffic_schema
import integrations.store.vault_schema  # noqa: F401 - so do these
from integrations.store import postgres, sqlite
from integrations.store.alone import is_postgres
from integrations.store.places import Place, Server
from integrations.store.trouble import StoreError as StoreError

NEWEST = "0009"


def open_database(place: Place) -> Engine:
    """Return an engine for the place, making or migrating what is there when needed."""
    engine = postgres.engine_for(place) if isinstance(place, Server) else sqlite.engine_for(place)
    try:
        with engine.connect() as connection:
            current = _version(connection)
        if current != NEWEST:
            _migrate(engine, current)
    except StoreError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        if isinstance(place, Server):
            raise postgres.complaint(error, place) from error
        raise StoreError(f"{place}: {error.orig}; move the file away or restore it.") from error
    return engine


def place_behind(engine: Engine) -> Place:
    """Return the place that an engine was opened for."""
    place: Place = engine.get_execution_options()["place"]
    return place


def _version(connection: Connection) -> str:
    if is_postgres(connection):
        return postgres.version(connection)
    found = connection.execute(
        text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
    ).first()
    if not found:
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _migrate(engine: Engine, current: str) -> None:
    from alembic import command
    from alembic.config import Config

    if current > NEWEST:
        raise StoreError(
            f"The database is at schema {current}, and this release knows {NEWEST}: "
            "start the newer release, or restore a backup from before it."
        )
    config = Config()
    config.set_main_option("script_location", "integrations.store:migrations")
    with engine.begin() as connection:
        if isinstance(place := place_behind(engine), Server):
            postgres.make_schema(connection, place)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
