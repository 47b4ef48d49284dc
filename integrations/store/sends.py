"""What goes out: written down before it is sent, and never sent again blindly."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, select, tuple_, update

from integrations.channels.contract import SendError
from integrations.store import leasing
from integrations.store.database import StoreError
from integrations.store.leasing import States
from integrations.store.schema import conversations, outbox, turns
from integrations.store.traffic_schema import addresses
from integrations.store.vault import Vault

STATES = States("ready", "leased", "sending")
TRIES = 8
PREFIX = "qh-"  # of what we sent ourselves, wherever a platform tells us about it
Accounts = frozenset[tuple[str, str]]  # of channels, by kind and account


@dataclass(frozen=True)
class Letter:
    """One message on its way, with placeholders, and where it goes."""

    id: int
    turn: str
    worker: str
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
        """Name it in the same way at every try, and as nothing else is ever named."""
        return f"{PREFIX}{self.turn}"


class Sends:
    """The outbox of conversations that live on a channel."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        clock: Callable[[], datetime],
        idempotent: Accounts = frozenset(),
    ) -> None:
        """Take the channels on which the same mark twice is sent once."""
        self._engine, self._vault, self._clock = engine, vault, clock
        self._idempotent = idempotent

    def lease(self, worker: str) -> Letter | None:
        """Give a sender the oldest message of a conversation; it is not on its way yet."""
        now = self._clock()
        lives = select(addresses.c.conversation).where(
            addresses.c.conversation == outbox.c.conversation
        )
        with self._engine.begin() as db:
            self._leave(db, now)
            while row := leasing.next_row(db, outbox, STATES, now, lives.exists()):
                place = addresses.c.conversation == row["conversation"]
                home = db.execute(select(addresses).where(place)).mappings().one()
                about = ("address", row["conversation"])
                try:
                    address = self._vault.unsealed(db, home["contact"], home["sealed"], *about)
                except StoreError as error:
                    self._set(db, outbox.c.id == row["id"], "failed", str(error))
                    continue
                leasing.take(db, outbox, STATES, [row["id"]], now, worker)
                return _letter(row, home, address.decode(), worker)
        return None

    def begin(self, letter: Letter) -> bool:
        """Write down that it goes out now; say no when it is not ours to say any more."""
        with self._engine.begin() as db:
            if self._taken_over(db, letter):
                self._set(db, _mine(letter), "dropped", "a person took over")
                return False
            until = (self._clock() + leasing.LEASE).isoformat()
            goes = update(outbox).where(_mine(letter), outbox.c.state == STATES.taken)
            return bool(db.execute(goes.values(state=STATES.busy, lease_until=until)).rowcount)

    def hold(self, letter: Letter) -> bool:
        """Keep the lease alive; say whether it is still ours."""
        with self._engine.begin() as db:
            ids, now = [letter.id], self._clock()
            return bool(leasing.hold(db, outbox, STATES, ids, now, letter.worker))

    def sent(self, letter: Letter, external: str) -> None:
        """Write down that the platform took it, whatever was thought of it meanwhile."""
        with self._engine.begin() as db:
            self._set(db, outbox.c.id == letter.id, "sent", "", external)

    def blocked(self, letter: Letter, why: str) -> None:
        """Keep what must not be sent, for a person."""
        with self._engine.begin() as db:
            self._set(db, _mine(letter), "blocked", why)

    def later(self, letter: Letter, seconds: float) -> None:
        """Put back what was not tried, until its platform takes more."""
        due = (self._clock() + timedelta(seconds=seconds)).isoformat()
        fresh = {"run_at": due, "attempts": letter.attempts - 1}
        with self._engine.begin() as db:
            db.execute(update(outbox).where(_mine(letter)).values(fresh))
            self._set(db, _mine(letter), STATES.waiting, "")

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
            later = {"run_at": (self._clock() + wait).isoformat()}
            db.execute(update(outbox).where(_mine(letter)).values(later))
            self._set(db, _mine(letter), state, str(error)[:500])
        return state

    def confirmed(self, mark: str, external: str) -> bool:
        """Settle a message that the platform tells us about; say whether it was open."""
        open_ = outbox.c.state.in_(("unknown", STATES.busy))
        mine = (outbox.c.turn == mark.removeprefix(PREFIX)) & open_
        with self._engine.begin() as db:
            return bool(self._set(db, mine, "sent", "", external))

    def _leave(self, db: Connection, now: datetime) -> None:
        """Nobody knows what became of a message whose sender is gone: a person must look."""
        gone = (outbox.c.state == STATES.busy) & leasing.lapsed(outbox, now)
        account = tuple_(addresses.c.channel, addresses.c.account)
        safe = select(addresses.c.conversation).where(account.in_(sorted(self._idempotent)))
        again = gone & outbox.c.conversation.in_(safe)
        self._set(db, again, STATES.waiting, "its sender stopped")
        self._set(db, gone, "unknown", "the sender stopped while it was on its way")

    def _taken_over(self, db: Connection, letter: Letter) -> bool:
        """Say whether a person took the conversation after the agent decided to say this."""
        mine = conversations.c.id == letter.conversation
        owner = db.scalar(select(conversations.c.owner).where(mine))
        outcome = db.scalar(select(turns.c.outcome).where(turns.c.id == letter.turn))
        return owner == "person" and not letter.by_person and outcome != "handoff"

    def _set(
        self, db: Connection, where: ColumnElement[bool], state: str, error: str, external: str = ""
    ) -> int:
        values = {"state": state, "error": error, "worker": "", "lease_until": ""}
        if external:
            values["external"] = external
        return db.execute(update(outbox).where(where).values(values)).rowcount


def _mine(letter: Letter) -> ColumnElement[bool]:
    return leasing.held(outbox, STATES, [letter.id], letter.worker)


def _letter(row: Any, home: Any, address: str, worker: str) -> Letter:
    return Letter(
        id=row["id"],
        turn=row["turn"],
        worker=worker,
        conversation=row["conversation"],
        channel=home["channel"],
        account=home["account"],
        address=address,
        text=row["text"],
        by_person=bool(row["by_person"]),
        attempts=row["attempts"] + 1,
        last_heard=home["last_heard"],
        reply_to=home["last_external"],
    )
