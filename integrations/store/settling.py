"""Tell our own words from others' where a platform's echo brings no mark back."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from integrations.channels.contract import Arrival
from integrations.store.database import StoreError
from integrations.store.reading import reading
from integrations.store.restoring import UnknownPlaceholder
from integrations.store.schema import outbox
from integrations.store.sends import PREFIX
from integrations.store.vault import Vault

OPEN = ("unknown", "sending")
BEFORE = timedelta(days=1)  # that a message was decided before its echo
AHEAD = timedelta(minutes=5)  # that the platform's clock may be behind ours


class Settling:
    """Looks an echo up in the outbox: by the platform's id, else by its words."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    def mark(self, conversation: str, arrival: Arrival) -> str:
        """Return the mark of what came back; an empty one for what others said."""
        if arrival.ours.startswith(PREFIX):
            return arrival.ours
        if arrival.happened != "echo" or not arrival.external:
            return ""
        known, doubtful = self._sent(conversation, arrival)
        if not known and arrival.state != "person":  # the platform says it was another program
            known = self._by_words(conversation, arrival, doubtful)
        return f"{PREFIX}{known}" if known else ""

    def _sent(self, conversation: str, arrival: Arrival) -> tuple[str, list[tuple[str, str]]]:
        """Return the turn that has this id, and the turns and texts of those in doubt."""
        mine, now = outbox.c.conversation == conversation, arrival.at.astimezone(UTC)
        known = select(outbox.c.turn).where(mine, outbox.c.external == arrival.external)
        when = outbox.c.at.between(_stored(now - BEFORE), _stored(now + AHEAD))
        open_ = select(outbox.c.turn, outbox.c.text).where(mine, outbox.c.state.in_(OPEN), when)
        with reading(self._engine) as db:
            doubtful = [
                (row.turn, row.text) for row in db.execute(open_.order_by(outbox.c.id.desc()))
            ]
            return db.scalar(known.limit(1)) or "", doubtful

    def _by_words(
        self, conversation: str, arrival: Arrival, doubtful: list[tuple[str, str]]
    ) -> str:
        """Return the newest turn that said this; of what went in parts the last part tells."""
        said = _plain(arrival.text)
        for turn, kept in doubtful:
            whole = self._restored(conversation, kept)
            last = arrival.state == "agent" and whole.endswith(said)
            if said and (said == whole or last):
                return turn
        return ""

    def _restored(self, conversation: str, kept: str) -> str:
        try:
            return _plain(self._vault.restore(conversation, kept))
        except (UnknownPlaceholder, StoreError):
            return ""


def _stored(at: datetime) -> str:
    return at.isoformat()


def _plain(text: str) -> str:
    return " ".join(text.split())
