"""Conversations, turns, drafts, handoffs and what is to be sent. A turn commits as a whole."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, cast

from sqlalchemy import Connection, Engine, bindparam, select
from sqlalchemy.exc import DBAPIError

from agents.deps import Conflict, Event, StaleDecision
from agents.state import Conversation, Decision, Draft, Line, Message, Turn
from integrations.store.alone import upsert
from integrations.store.commit import write_turn
from integrations.store.missing import Missing as Missing
from integrations.store.open_drafts import draft_of, open_draft, open_replies, refuse_blocked
from integrations.store.quick import Quick
from integrations.store.reading import parsed, read
from integrations.store.schema import conversations, ideas, lines, turns
from integrations.store.scribe import scribe_of
from integrations.store.timing import Timing
from integrations.store.trouble import lost_race
from integrations.store.vault import Vault

KNOWN = ("id", "version", "episode", "owner", "team", "channel", "contact")
HISTORY = 12  # lines given to a turn
Result = TypeVar("Result")


class SqlRecords:
    """The records of one database."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        vault: Vault | None = None,
        timing: Timing | None = None,
    ) -> None:
        """Take what sets timers; without it nothing is due later."""
        self._engine, self._clock, self._vault = engine, clock, vault
        self._timing = timing

    async def seen(self, turn: str) -> Turn | None:
        """Return the turn of an event that was handled before."""
        return await self._read(lambda db: _turn(db, turn))

    async def conversation(self, message: Message) -> Conversation:
        """Return the conversation a message belongs to, or a new one."""
        found = await self._read(lambda db: _conversation(db, message["conversation"]))
        return found or _new(message["conversation"])

    async def known(self, conversation: str) -> Conversation:
        """Return a conversation that was begun, whoever has it."""
        found = await self._read(lambda db: _conversation(db, conversation))
        if found is None:
            raise Missing(f"There is no conversation {conversation!r}.")
        return found

    async def held(self, conversation: str) -> Conversation:
        """Return a conversation that a person has."""
        found = await self.known(conversation)
        if found["owner"] != "person":
            raise Missing(f"The agent already has conversation {conversation!r}.")
        return found

    async def draft(self, decision: Decision) -> tuple[Draft, Conversation]:
        """Return the draft a decision names, if that revision is still open."""
        return await self._read(lambda db: _decided_on(db, decision))

    async def waiting(self, conversation: str, contact: str) -> list[Draft]:
        """Return the open replies to somebody in a conversation, oldest first."""
        found = await self._read(lambda db: open_replies(db, conversation))
        return [one for one in found if one["message"].get("contact", "") == contact]

    async def commit(self, event: Event, turn: Turn) -> Turn:
        """Write everything the turn changed, or nothing; a lost race is a ``Conflict``."""
        now = self._clock().isoformat()
        undo = self._timing.approval.undo_seconds if self._timing else 0

        def write(db: Connection) -> Turn:
            written = write_turn(db, event, turn, now, self._vault, undo)
            if self._timing:
                self._timing.turned(db, event, written)
            return written

        return await self._write(write)

    async def idea(self, text: str, key: str) -> None:
        """Keep a customer's idea; the same key again changes nothing."""
        row = {"key": key, "text": text, "at": self._clock().isoformat()}
        await self._write(
            lambda db: db.execute(upsert(db, ideas).values(row).on_conflict_do_nothing())
        )

    async def _read(self, work: Callable[[Connection], Result]) -> Result:
        return await read(self._engine, work)

    async def _write(self, work: Callable[[Connection], Result]) -> Result:
        try:
            return await scribe_of(self._engine).soon(work)
        except DBAPIError as error:
            if not lost_race(error):
                raise
            raise Conflict("another process wrote this turn first") from error


def _new(id: str) -> Conversation:
    return Conversation(
        id=id,
        version=0,
        episode=1,
        owner="agent",
        team="",
        history=[],
        summary=[],
        question=None,
        topic="",
        asked_back=0,
        placeholders={},
    )


def _conversation(db: Connection, id: str) -> Conversation | None:
    found = _CONVERSATION(db, id=id).mappings()
    last = _LAST_LINES(db, id=id).mappings()
    if (row := found.first()) is None:
        return None
    known = {key: row[key] for key in KNOWN}
    history = [cast(Line, dict(line)) for line in last.all()][::-1]
    return cast(Conversation, {**_new(id), **known, **parsed(row["memory"]), "history": history})


_MINE = conversations.c.id == bindparam("id")
_CONVERSATION = Quick(select(conversations).where(_MINE))
_EPISODE = select(conversations.c.episode).where(_MINE).scalar_subquery()
# By index: as quick at message 500 as at message 5.
_LAST_LINES = Quick(
    select(lines.c.who, lines.c.text, lines.c.at, lines.c.route)
    .where(lines.c.conversation == bindparam("id"), lines.c.episode == _EPISODE)
    .order_by(lines.c.id.desc())
    .limit(HISTORY)
)
_KNOWN = Quick(select(turns.c.id).where(turns.c.id == bindparam("id")))


def _turn(db: Connection, id: str) -> Turn | None:
    if _KNOWN(db, id=id).first() is None:  # nearly always
        return None
    return cast(Turn, db.scalar(select(turns.c.record).where(turns.c.id == id)))


def _decided_on(db: Connection, decision: Decision) -> tuple[Draft, Conversation]:
    row = open_draft(db, decision["draft"], decision["revision"])
    conversation = _conversation(db, row.conversation)
    if conversation is None:
        raise StaleDecision("The conversation of this draft is gone.")
    draft = draft_of(db, row)
    if decision["action"] == "approve":
        refuse_blocked(draft)
    return draft, conversation
