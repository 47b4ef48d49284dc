"""A shop that asks its customers how well it helped them."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from agents.agent import Agent
from agents.graph import build
from integrations.channels.contract import Arrival
from integrations.service.intake import Intake
from integrations.store.days import Rates
from integrations.store.inbox import Inbox
from integrations.store.places import Place
from integrations.store.rates import rates
from integrations.store.records import SqlRecords
from integrations.store.review_schema import ratings
from integrations.store.sends import Sends
from integrations.store.standing import SqlContacts
from integrations.store.timing import Timing
from knowledge.brands.handing import Handoff, Sla
from knowledge.brands.satisfaction import Satisfaction
from tests.service.stand import arrival
from tests.timers.shop import Shop

ASKS = Satisfaction(ask=True, after_minutes=15)
QUESTION = "from 1 (not at all) to 5"


class Asking(Shop):
    """Its customers write through the channel, and hear what is sent there."""

    def __init__(self, folder: Path, wish: Satisfaction = ASKS, place: Place | None = None) -> None:
        super().__init__(folder, place=place)
        clock = self.desk.now
        self.timing = Timing(Handoff(), Sla(), clock, satisfaction=wish)
        records = SqlRecords(self.engine, clock, self.vault, self.timing)
        contacts = SqlContacts(self.engine, clock, self.vault.secret)
        deps = replace(self.desk.agent.deps, records=records, contacts=contacts)
        self.agent = Agent(build(), deps)
        self._numbers = iter(range(1, 100))
        if place:
            self.inbox = Inbox(self.engine, self.vault, clock)
            self.sends = Sends(self.engine, self.vault, clock)
            self.intake = Intake(self.channels, self.inbox, clock, lambda _: None)

    async def hears(self, text: str = "what does it cost?", **parts: object) -> list[str]:
        """Let a customer write; return what is sent to them."""
        before = len(self.channel.sent)
        await self.answer(self.event(text, **parts))
        return [one.text for one in self.channel.sent[before:]]

    def event(self, text: str, **parts: object) -> Arrival:
        return arrival(f"e{next(self._numbers)}", text, **{"at": self.desk.now(), **parts})

    async def later(self, **parts: float) -> list[str]:
        """Let time go by; return what is sent meanwhile."""
        before = len(self.channel.sent)
        self.wait(**parts)
        await self.tick()
        await self.work()
        return [one.text for one in self.channel.sent[before:]]

    async def asked(self) -> None:
        """Let a customer be answered and asked."""
        await self.hears()
        assert QUESTION in (await self.later(minutes=16))[-1]

    @property
    def talk(self) -> str:
        return self.inbox.name("post", "shop", "c1")

    def scores(self) -> list[int]:
        with self.engine.begin() as db:
            return list(db.scalars(select(ratings.c.score).order_by(ratings.c.id)))

    def rates(self, days: int = 7) -> Rates:
        with self.engine.begin() as db:
            return rates(db, self.desk.now(), days, "Europe/Berlin")
