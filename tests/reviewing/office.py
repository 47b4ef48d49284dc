"""Reviewers around a service: what they decide leaves by a channel that records."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Row, insert, select

from agents.agent import Agent
from agents.deps import Deps
from agents.state import Decision, Turn
from integrations.reviewing import Decided, Reviewing
from integrations.service.scheduler import Scheduler
from integrations.store.database import open_database
from integrations.store.places import Place
from integrations.store.records import SqlRecords
from integrations.store.reviews import Reviews
from integrations.store.runners import Runners
from integrations.store.schema import metadata
from integrations.store.sealing import MasterKey, new_key
from integrations.store.sends import Sends
from integrations.store.timing import Timing
from integrations.store.vault import Vault
from knowledge.brands.handing import Handoff, Sla
from knowledge.brands.reviewing import Approval
from tests.service.stand import Recording, Stand, arrival
from tools.model import Model

JOKE = "the cost is a joke"
ANSWER = "The Team plan costs €149 per month. [1]"
NO_SLA = Sla()


class Office(Stand):
    """A customer's complaint waits for a person, who may be kim, lee or ada."""

    def __init__(
        self,
        folder: Path,
        approval: Approval | None = None,
        sla: Sla = NO_SLA,
        place: Place | None = None,
        model: Model | None = None,
        kind: str = "post",
    ) -> None:
        channel = Recording()
        channel.kind = kind
        super().__init__(folder, channel)
        self.place: Place = place or folder / "office.sqlite"
        self.approval, self.sla, self.model = approval or Approval(), sla, model
        self.key, self._events = MasterKey(new_key()), itertools.count(1)
        for times in range(1, 40):  # what is asked again and again is read as one text
            self.desk.language.expect("\n".join([JOKE] * times), ("complaint", 0.9))
        self.desk.language.expect("thank you", ("closing", 0.95))
        self.open()

    def open(self) -> None:
        """Open everything anew, as after a restart."""
        self.engine.dispose()
        self.engine, now = open_database(self.place), self.desk.now
        self.vault = Vault(self.engine, self.key, now)
        self.timing = Timing(Handoff(), self.sla, now, self.approval)
        records = SqlRecords(self.engine, now, self.vault, self.timing)
        self.use(replace(self.desk.agent.deps, records=records, model=self.model))
        self.sends = Sends(self.engine, self.vault, now)
        self.inbox = type(self.inbox)(self.engine, self.vault, now)
        self.intake = type(self.intake)(self.channels, self.inbox, now, lambda _: None)

    def use(self, deps: Deps) -> None:
        """Let the agent, and the reviewers with it, have these parts."""
        self.agent = Agent(self.desk.agent.graph, deps)
        reviews = Reviews(self.engine, self.desk.now, self.approval, self.vault)
        self.reviewing = Reviewing(self.agent, reviews)

    async def customer(self, text: str = JOKE, talk: str = "c1") -> None:
        """Let a customer write, and the agent take its turn."""
        await self.take(
            arrival(f"m{next(self._events)}", text, conversation=talk, at=self.desk.now())
        )
        self.desk.wait(seconds=2)
        await self.worker().once()

    def name(self, talk: str = "c1") -> str:
        return self.inbox.name(self.channel.kind, self.channel.account, talk)

    def decision(
        self, action: str, draft: int = 1, revision: int = 1, by: str = "kim", **parts: Any
    ) -> Decision:
        given = {"text": "", "at": self.desk.now().isoformat(), **parts}
        whole = {"draft": draft, "revision": revision, "action": action, "by": by, **given}
        return cast(Decision, whole)

    async def decide(self, action: str, draft: int = 1, revision: int = 1, **parts: Any) -> Decided:
        return await self.reviewing.decide(self.decision(action, draft, revision, **parts))

    async def deliver(self, seconds: float = 11) -> list[str]:
        """Let time go by and send what is due; return all that was ever said."""
        self.desk.wait(seconds=seconds)
        while await self.sender().once():
            pass
        return [one.text for one in self.channel.sent]

    async def tick(self) -> None:
        """Let the scheduler do all that is due."""
        watch = self.desk.now().timestamp
        runners = Runners(self.engine, self.desk.now, watch=watch)
        name, timing = "one:1:x:1", self.timing
        one = Scheduler(name, runners, self.engine, self.agent, timing, [], lambda: None)
        while await one.once():
            pass

    def all(self, table: str, **where: object) -> Sequence[Row[Any]]:
        columns = metadata.tables[table]
        query = select(columns).filter_by(**where).order_by(*columns.primary_key)
        with self.engine.connect().execution_options(reads=True) as db, db.begin():
            return db.execute(query).all()

    def draft(self, number: int = 1) -> Any:
        return self.all("drafts", id=number)[0]

    def words(self, number: int = 1) -> list[str]:
        """Return what a draft's revisions say, oldest first."""
        return [row.answer["text"] for row in self.all("revisions", draft=number)]

    def history(self, number: int = 1) -> list[tuple[str, int, str]]:
        """Return what was done with a draft: what, at which revision, by whom."""
        found = self.all("decisions", draft=number)
        return [(row.action, row.revision, row.by) for row in found]

    def hires(self, name: str, role: str) -> None:
        """Let somebody sign in."""
        row = {"name": name, "email": "", "role": role, "password": "", "subject": ""}
        with self.engine.begin() as db:
            users = metadata.tables["users"]
            db.execute(insert(users).values(**row, created_at="", disabled_at=""))

    def turn(self, id: str) -> Turn:
        return cast(Turn, self.all("turns", id=id)[0].record)
