"""Alembic's entry: runs the migrations on the connection it was given."""

from alembic import context

from integrations.store.migrations.texts import as_sqlite_has_them
from integrations.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
    as_sqlite_has_them(connection)
