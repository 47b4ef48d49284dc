"""A service whose people take over, put away and forget; the clock and the watch are a test's."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from agents.agent import Agent
from agents.graph import build
from agents.state import Conversation, Turn
from integrations.service.scheduler import Scheduler
from integrations.store.database import open_database
from integrations.store.desk import SqlDesk
from integrations.store.jobs import Job
from integrations.store.places import Place
from integrations.store.records import SqlRecords
from integrations.store.runners import Runners
from integrations.store.running_schema import timers
from integrations.store.schema import conversations, turns
from integrations.store.sealing import MasterKey, new_key
from integrations.store.timing import Timing
from integrations.store.vault import Vault
from knowledge.brands.handing import Handoff, Sla
from tests.service.stand import Stand

PLEASE = "a person please"
TWELVE = Handoff(return_after_hours=12)
HOUR = Sla(first_answer_minutes={"default": 60})


class Interrupted(SqlRecords):
    """Lets something happen after a conversation was read and before it is written."""

    meanwhile: Callable[[], Awaitable[object]] | None = None

    async def held(self, conversation: str) -> Conversation:
        found = await super().held(conversation)
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            await happens()
        return found


class Shop(Stand):
    """Conversations of the door itself are called c1; those of the channel have a place."""

    def __init__(
        self,
        folder: Path,
        handoff: Handoff = TWELVE,
        sla: Sla = HOUR,
        jobs: Sequence[Job] = (),
        place: Place | None = None,
    ) -> None:
        super().__init__(folder)
        if place:  # elsewhere than in the folder
            self.engine.dispose()
            self.engine = open_database(place)
            self.vault = Vault(self.engine, MasterKey(new_key()), self.desk.now)
        self.timing, self.jobs, self.watch = Timing(handoff, sla, self.desk.now), jobs, 0.0
        self.records = Interrupted(self.engine, self.desk.now, self.vault, self.timing)
        self.agent = Agent(build(), replace(self.desk.agent.deps, records=self.records))
        self.view = SqlDesk(self.engine, self.desk.now)
        for times in range(1, 20):  # what is asked again and again is read as one text
            asked = "\n".join([PLEASE] * times)
            self.desk.language.expect(asked, ("person_request", 0.99))
        self.rung = 0

    def wait(self, **parts: float) -> None:
        """Let time go by."""
        self.desk.wait(**parts)
        self.watch += timedelta(**parts).total_seconds()

    def jump(self, **parts: float) -> None:
        """Set the clock to another time, while none goes by."""
        self.desk.wait(**parts)

    def runners(self) -> Runners:
        """Return what another process would have."""
        return Runners(self.engine, self.desk.now, watch=lambda: self.watch)

    def scheduler(self, name: str) -> Scheduler:
        return Scheduler(
            name, self.runners(), self.engine, self.agent, self.timing, self.jobs, self._ring
        )

    def _ring(self) -> None:
        self.rung += 1

    async def tick(self) -> None:
        """Let the scheduler do all that is due."""
        one = self.scheduler("one:1:x:1")
        while await one.once():
            pass

    async def customer(self, text: str = PLEASE, conversation: str = "c1") -> Turn:
        return await self.agent.receive(self.desk.message(text, conversation=conversation))

    async def person(self, text: str = "I look into it", conversation: str = "c1") -> Turn:
        return await self.agent.speak(conversation, text, "kim")

    async def native(self, text: str, conversation: str = "c1") -> Turn:
        message = self.desk.message(text, conversation=conversation)
        return await self.agent.step_back(message, "a person")

    def snooze(self, conversation: str = "c1", why: str = "asked the bank", **parts: float) -> None:
        until = self.desk.now() + timedelta(**parts)
        self.timing.snooze(self.engine, conversation, until, "kim", why)

    def owner(self, conversation: str = "c1") -> str:
        mine = select(conversations.c.owner).where(conversations.c.id == conversation)
        with self.engine.begin() as db:
            return str(db.scalar(mine))

    def timers(self, kind: str) -> list[str]:
        """Return the states of a kind's timers, oldest first."""
        query = select(timers.c.state).where(timers.c.kind == kind).order_by(timers.c.id)
        with self.engine.begin() as db:
            return list(db.scalars(query))

    def errors(self) -> list[str]:
        with self.engine.begin() as db:
            return list(db.scalars(select(timers.c.error).order_by(timers.c.id)))

    async def last_turn(self) -> Turn:
        with self.engine.begin() as db:
            id = db.scalar(select(turns.c.id).order_by(turns.c.at.desc()).limit(1))
        found = await self.view.turn(str(id))
        assert found is not None
        return found

    async def listed(self) -> list[str]:
        return [one["conversation"] for one in await self.view.held()]
