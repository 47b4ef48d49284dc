"""What contacts say about themselves: read for a turn, and kept in its transaction."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Engine

from agents.state import Standing
from integrations.store import codes, ratings
from integrations.store.codes import Codes
from integrations.store.opt_outs import OptOuts
from integrations.store.reading import read


class SqlContacts:
    """The contacts of one database."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], secret: bytes) -> None:
        self._engine, self._clock, self._codes = engine, clock, Codes(secret)

    async def opted_out(self, contact: str) -> bool:
        """Say whether this person wants to hear nothing unasked."""
        return await read(self._engine, lambda db: OptOuts.has(db, contact))

    async def typed(self, contact: str, code: str) -> Standing | None:
        """Say what it means that a contact typed a code; nothing, where none is awaited."""
        return await read(
            self._engine, lambda db: self._codes.look(db, contact, code, self._clock())
        )

    async def asked_about(self, conversation: str) -> int:
        """Return the episode whose rating is awaited in a conversation, or 0."""
        return await read(self._engine, lambda db: ratings.asked_about(db, conversation))


def settle(db: Connection, contact: str, standing: Standing, now: datetime) -> None:
    """Keep what a message said about its writer."""
    if standing["says"] == "opted_out":
        OptOuts.add(db, contact, standing["word"], now)
    elif standing["says"] == "opted_in":
        OptOuts.remove(db, contact)
    elif standing["says"] != "rated":  # which belongs to a conversation
        codes.settle(db, contact, standing, now)
