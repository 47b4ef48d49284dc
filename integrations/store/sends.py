"""What goes out: written down before it is sent, and never sent again blindly."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    bindparam,
    case,
    func,
    select,
    tuple_,
    update,
)

from integrations.channels.contract import SendError
from integrations.store import leasing
from integrations.store.counting import count_send, count_sends
from integrations.store.database import StoreError
from integrations.store.leasing import States
from integrations.store.letters import PREFIX as PREFIX
from integrations.store.letters import Letter as Letter
from integrations.store.letters import letter_of
from integrations.store.quick import Quick
from integrations.store.retrying import LONGEST_WAIT, wait_before
from integrations.store.schema import conversations, outbox, turns
from integrations.store.scribe import scribe_of
from integrations.store.traffic_schema import addresses
from integrations.store.vault import Vault

STATES = States("ready", "leased", "sending", LONGEST_WAIT)
TRIES = 8
BETWEEN = timedelta(seconds=1)  # looks for senders that are gone
Accounts = frozenset[tuple[str, str]]  # of channels, by kind and account


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
        self._vault, self._clock = vault, clock
        self._write, self._soon = scribe_of(engine).write, scribe_of(engine).soon
        self._left = datetime.min.replace(tzinfo=UTC)
        self._idempotent = idempotent

    async def lease(self, worker: str) -> Letter | None:
        """Give a sender the oldest message of a conversation; it is not on its way yet."""
        found = await self.lease_many(worker, 1)
        return found[0] if found else None

    async def lease_many(self, worker: str, most: int) -> list[Letter]:
        """Give a sender messages of several conversations at once."""
        return await self._soon(lambda db: self._lease(db, worker, most), lasting=False)

    def _lease(self, db: Connection, worker: str, most: int) -> list[Letter]:
        now, found = self._clock(), list[Letter]()
        self._leave(db, now)
        while len(found) < most and (row := leasing.next_row(db, outbox, STATES, now, LIVES)):
            home = _HOME(db, conversation=row["conversation"]).mappings().one()
            about = ("address", row["conversation"])
            try:
                address = self._vault.unsealed(db, home["contact"], home["sealed"], *about)
            except StoreError as error:
                self._set(db, outbox.c.id == row["id"], "failed", str(error))
                continue
            leasing.take(db, outbox, STATES, [row["id"]], now, worker)
            found.append(letter_of(row, home, address.decode(), worker))
        return found

    async def begin(self, letter: Letter) -> bool:
        """Write down that it goes out now; say no when it is not ours to say any more."""
        return await self._soon(lambda db: self._begin(db, letter))

    def _begin(self, db: Connection, letter: Letter) -> bool:
        if self._taken_over(db, letter):
            self._set(db, _mine(letter), "dropped", "a person took over")
            return False
        until = (self._clock() + leasing.LEASE).isoformat()
        return bool(_GOES(db, id=letter.id, by=letter.worker, until=until).rowcount)

    def hold(self, letter: Letter) -> bool:
        """Keep the lease alive; say whether it is still ours."""
        ids, now = [letter.id], self._clock()
        held = self._write(lambda db: leasing.hold(db, outbox, STATES, ids, now, letter.worker))
        return bool(held)

    async def sent(self, letter: Letter, external: str) -> None:
        """Write down that the platform took it, whatever was thought of it meanwhile."""
        await self._soon(lambda db: _sent(db, letter, external))

    def blocked(self, letter: Letter, why: str) -> None:
        """Keep what must not be sent, for a person."""
        self._write(lambda db: self._set(db, _mine(letter), "blocked", why))

    def later(self, letter: Letter, seconds: float) -> None:
        """Put back what was not tried, until its platform takes more."""
        wait = min(timedelta(seconds=seconds), LONGEST_WAIT)
        fresh = {"run_at": (self._clock() + wait).isoformat(), "attempts": letter.attempts - 1}
        self._write(lambda db: self._put_back(db, letter, fresh, STATES.waiting, ""))

    def failed(self, letter: Letter, error: SendError) -> str:
        """Try again later, give up, or say that nobody knows; return the new state."""
        if error.unknown:
            state = "unknown"
        elif error.permanent or (letter.attempts >= TRIES and not error.untried):
            state = "failed"
        else:
            state = "ready"
        wait = wait_before(letter.attempts, error.retry_after, random.random())
        later, why = {"run_at": (self._clock() + wait).isoformat()}, str(error)[:500]
        self._write(lambda db: self._put_back(db, letter, later, state, why))
        return state

    def confirmed(self, mark: str, external: str) -> bool:
        """Settle a message that the platform tells us about; say whether it was open."""
        open_ = outbox.c.state.in_(("unknown", STATES.busy))
        mine = (outbox.c.turn == mark.removeprefix(PREFIX)) & open_
        return bool(self._write(lambda db: self._set(db, mine, "sent", "", external)))

    def _put_back(
        self, db: Connection, letter: Letter, values: dict[str, Any], state: str, error: str
    ) -> None:
        db.execute(update(outbox).where(_mine(letter)).values(values))
        self._set(db, _mine(letter), state, error)

    def _leave(self, db: Connection, now: datetime) -> None:
        """Nobody knows what became of a message whose sender is gone: a person must look."""
        if timedelta(0) <= now - self._left < BETWEEN:
            return
        self._left = now
        times = leasing.times(now)
        if _STUCK(db, **times).first() is None:  # nearly always
            return
        gone = (outbox.c.state == STATES.busy) & leasing.over(outbox, **times)
        account = tuple_(addresses.c.channel, addresses.c.account)
        safe = select(addresses.c.conversation).where(account.in_(sorted(self._idempotent)))
        again = gone & outbox.c.conversation.in_(safe)
        self._set(db, again, STATES.waiting, "its sender stopped")
        self._set(db, gone, "unknown", "the sender stopped while it was on its way")

    def _taken_over(self, db: Connection, letter: Letter) -> bool:
        """Say whether a person took the conversation after the agent decided to say this."""
        # Nobody takes it over before this commits.
        owner = _OWNER(db, conversation=letter.conversation)
        outcome = _OUTCOME(db, turn=letter.turn)
        agents = owner.scalar() == "person" and not letter.by_person
        return outcome.scalar() != "handoff" and agents

    def _set(
        self, db: Connection, where: ColumnElement[bool], state: str, error: str, external: str = ""
    ) -> int:
        values = {"state": state, "error": error, "worker": "", "lease_until": ""}
        if external:
            values["external"] = external
        moves = update(outbox).where(where).values(values).returning(outbox.c.conversation)
        moved = list(db.scalars(moves))
        count_sends(db, moved, state, error)
        return len(moved)


LIVES = (
    select(addresses.c.conversation)
    .where(addresses.c.conversation == outbox.c.conversation)
    .exists()
)
_STUCK = Quick(
    select(outbox.c.id).where(outbox.c.state == STATES.busy, leasing.over(outbox)).limit(1)
)
_HOME = Quick(select(addresses).where(addresses.c.conversation == bindparam("conversation")))
_OWNER = Quick(
    select(conversations.c.owner)
    .where(conversations.c.id == bindparam("conversation"))
    .with_for_update(read=True)
)
# A reminder is said by the agent although a person has the conversation.
_SAID = case((turns.c.kind == "reminder", "handoff"), else_=turns.c.outcome)
_OUTCOME = Quick(select(_SAID).where(turns.c.id == bindparam("turn")))


_GOES = Quick(
    update(outbox)
    .where(outbox.c.id == bindparam("id"), outbox.c.worker == bindparam("by"))
    .where(outbox.c.state == STATES.taken)
    .values(state=STATES.busy, lease_until=bindparam("until"))
)


# What a platform told before it answered stays.
_THEIRS = func.coalesce(func.nullif(bindparam("external"), ""), outbox.c.external)
_GONE = Quick(
    update(outbox)
    .where(outbox.c.id == bindparam("id"))
    .values(state="sent", error="", worker="", lease_until="", external=_THEIRS)
)


def _sent(db: Connection, letter: Letter, external: str) -> None:
    _GONE(db, id=letter.id, external=external)
    count_send(db, letter.channel, "sent")


def _mine(letter: Letter) -> ColumnElement[bool]:
    return leasing.held(outbox, STATES, [letter.id], letter.worker)
