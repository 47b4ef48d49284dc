"""What goes out: written down before it is sent, and never sent again blindly."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, select, update

from integrations.channels.contract import SendError
from integrations.store import leasing
from integrations.store.leasing import States
from integrations.store.schema import conversations, outbox, turns
from integrations.store.traffic_schema import addresses
from integrations.store.vault import Vault

STATES = States("ready", "sending")
TRIES = 8


@dataclass(frozen=True)
class Letter:
    """One message on its way, with placeholders, and where it goes."""

    id: int
    conversation: str
    channel: str
    account: str
    address: str
    text: str
    by_person: bool
    attempts: int
    last_heard: str
    reply_to: str

    @property
    def mark(self) -> str:
        """Name it in the same way at every try."""
        return f"qh-{self.id}"


class Sends:
    """The outbox of conversations that live on a channel."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        clock: Callable[[], datetime],
        idempotent: frozenset[str] = frozenset(),
    ) -> None:
        """Take the kinds of channels on which the same mark twice is sent once."""
        self._engine, self._vault, self._clock = engine, vault, clock
        self._idempotent = idempotent

    def lease(self, worker: str) -> Letter | None:
        """Give a sender the oldest message of a conversation; what is not ours to say goes."""
        now = self._clock()
        lives = select(addresses.c.conversation).where(
            addresses.c.conversation == outbox.c.conversation
        )
        with self._engine.begin() as db:
            self._leave(db, now)
            row = leasing.next_row(db, outbox, STATES, now, lives.exists())
            if row is None:
                return None
            if self._taken_over(db, row["conversation"], row["turn"], row["by_person"]):
                self._set(db, outbox.c.id == row["id"], "dropped", "a person took over")
                return None
            leasing.take(db, outbox, STATES, [row["id"]], now, worker)
            place = addresses.c.conversation == row["conversation"]
            home = db.execute(select(addresses).where(place)).mappings().one()
            about = ("address", row["conversation"])
            address = self._vault.unsealed(db, home["contact"], home["sealed"], *about)
            return Letter(
                id=row["id"],
                conversation=row["conversation"],
                channel=home["channel"],
                account=home["account"],
                address=address.decode(),
                text=row["text"],
                by_person=bool(row["by_person"]),
                attempts=row["attempts"] + 1,
                last_heard=home["last_heard"],
                reply_to=home["last_external"],
            )

    def sent(self, letter: Letter, external: str) -> None:
        """Write down that the platform took it."""
        with self._engine.begin() as db:
            self._set(db, outbox.c.id == letter.id, "sent", "", external)

    def blocked(self, letter: Letter, why: str) -> None:
        """Keep what must not be sent, for a person."""
        with self._engine.begin() as db:
            self._set(db, outbox.c.id == letter.id, "blocked", why)

    def failed(self, letter: Letter, error: SendError) -> str:
        """Try again later, give up, or say that nobody knows; return the new state."""
        if error.unknown:
            state = "unknown"
        elif error.permanent or letter.attempts >= TRIES:
            state = "failed"
        else:
            state = "ready"
        wait = leasing.wait_before(letter.attempts, error.retry_after, random.random())
        with self._engine.begin() as db:
            self._set(db, outbox.c.id == letter.id, state, str(error)[:500])
            later = {"run_at": (self._clock() + wait).isoformat()}
            db.execute(update(outbox).where(outbox.c.id == letter.id).values(later))
        return state

    def confirmed(self, mark: str, external: str) -> bool:
        """Settle a message that the platform tells us about; say whether it was open."""
        number = mark.removeprefix("qh-")
        if not number.isdigit():
            return False
        open_ = outbox.c.state.in_(("unknown", "sending"))
        with self._engine.begin() as db:
            return bool(self._set(db, (outbox.c.id == int(number)) & open_, "sent", "", external))

    def _leave(self, db: Connection, now: datetime) -> None:
        """Nobody knows what became of a message whose sender is gone: a person must look."""
        gone = (outbox.c.state == STATES.taken) & (outbox.c.lease_until < now.isoformat())
        safe = select(addresses.c.conversation).where(addresses.c.channel.in_(self._idempotent))
        self._set(db, gone & outbox.c.conversation.in_(safe), "ready", "its sender stopped")
        self._set(db, gone, "unknown", "the sender stopped while it was on its way")

    def _taken_over(self, db: Connection, place: str, turn: str, by_person: bool) -> bool:
        """Say whether a person took the conversation after the agent decided to say this."""
        owner = db.scalar(select(conversations.c.owner).where(conversations.c.id == place))
        outcome = db.scalar(select(turns.c.outcome).where(turns.c.id == turn))
        return owner == "person" and not by_person and outcome != "handoff"

    def _set(
        self, db: Connection, where: ColumnElement[bool], state: str, error: str, external: str = ""
    ) -> int:
        values = {"state": state, "error": error, "worker": "", "lease_until": ""}
        if external:
            values["external"] = external
        return db.execute(update(outbox).where(where).values(values)).rowcount
