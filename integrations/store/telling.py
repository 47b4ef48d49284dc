"""Tell other machines that there is work; SQLite has one machine, and its processes look often."""

from hashlib import blake2b

from sqlalchemy import Connection, bindparam, func, select

from integrations.store.alone import is_postgres
from integrations.store.places import Server
from integrations.store.quick import Quick


def channel_of(server: Server) -> str:
    """Name what the processes of one brand listen to."""
    return f"quiethand_{blake2b(server.schema.encode(), digest_size=8).hexdigest()}"


def tell(db: Connection, what: str, seconds: float = 0.0) -> None:
    """Say, once this transaction commits, that a table has work in so many seconds."""
    if is_postgres(db):
        server: Server = db.get_execution_options()["place"]
        _TOLD(db, channel=channel_of(server), said=f"{what} {seconds:g}")


_TOLD = Quick(select(func.pg_notify(bindparam("channel"), bindparam("said"))))
