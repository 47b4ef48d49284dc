"""Whatever people, customers and the clock do in whatever order, timers mean what they say."""

import asyncio
import itertools
from collections.abc import Coroutine, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from integrations.store.running_schema import timers
from integrations.store.timers import STATES, overdue
from tests.timers.shop import PLEASE, Shop

HOURS, SLA = timedelta(hours=12), timedelta(hours=1)


class Afternoon(RuleBasedStateMachine):
    """One conversation, and what ought to be true of it."""

    shop: Shop
    runner: asyncio.Runner
    places = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        self.place = f"c{next(self.places)}"
        self.person = False  # has it
        self.asked = False  # since somebody was last heard
        self.returns: datetime | None = None
        self.away: datetime | None = None
        self.promised: datetime | None = None
        self.late = False
        self.run(self.shop.customer("what does it cost?", self.place))

    def run(self, work: Coroutine[Any, Any, object]) -> None:
        self.runner.run(work)

    @property
    def now(self) -> datetime:
        return self.shop.desk.now()

    @rule()
    def the_customer_wants_a_person(self) -> None:
        self.run(self.shop.customer(PLEASE, self.place))
        self.asked = self.person
        if not self.person:
            self.person, self.promised = True, self.now + SLA
        self.away = None

    @rule(native=st.booleans())
    @precondition(lambda self: self.person)
    def a_person_answers(self, native: bool) -> None:
        self.run(
            self.shop.native("hello", self.place)
            if native
            else self.shop.person("hello", self.place)
        )
        self.returns, self.promised, self.late = self.later(), None, False
        self.asked = False

    @rule()
    def a_person_takes_over_without_a_word(self) -> None:
        self.run(self.shop.native("", self.place))
        self.person, self.returns = True, self.later()

    @rule(hours=st.integers(1, 30))
    @precondition(lambda self: self.person)
    def it_is_put_away(self, hours: int) -> None:
        self.shop.snooze(self.place, hours=hours)
        self.away = self.now + timedelta(hours=hours)
        self.returns = self.returns and self.later()

    @rule()
    @precondition(lambda self: self.away)
    def it_is_taken_back(self) -> None:
        self.shop.timing.unsnooze(self.shop.engine, self.place, "kim")
        self.away = None
        self.returns = self.returns and self.later()

    @rule()
    @precondition(lambda self: self.person)
    def it_is_handed_back(self) -> None:
        self.run(self.shop.agent.hand_back(self.place, "kim"))
        self.given_back()

    @rule(minutes=st.sampled_from([20, 70, 800]))
    def time_goes_by(self, minutes: int) -> None:
        self.shop.wait(minutes=minutes)
        self.run(self.shop.tick())
        if self.promised and self.promised <= self.now:
            self.promised, self.late = None, True
        if self.away and self.away <= self.now:
            self.away = None
        if self.returns and self.returns <= self.now:
            again = self.asked  # so they are handed to people anew, by the agent
            self.given_back()
            self.person, self.promised = again, self.now + SLA if again else None

    @invariant()
    def what_waits_is_what_was_settled(self) -> None:
        mine = (timers.c.conversation == self.place) & (timers.c.state == STATES.waiting)
        query = select(timers.c.kind, timers.c.run_at).where(mine)
        with self.shop.engine.begin() as db:
            waits = {(row.kind, datetime.fromisoformat(row.run_at)) for row in db.execute(query)}
            late = overdue(db)
        known = {
            ("hand_back", self.returns),
            ("snooze", self.away),
            ("first_answer", self.promised),
        }
        assert waits == {(kind, due) for kind, due in known if due}
        assert self.shop.owner(self.place) == ("person" if self.person else "agent")
        assert late == self.late

    def later(self) -> datetime:
        return max(self.now, self.away or self.now) + HOURS

    def given_back(self) -> None:
        self.person = self.late = self.asked = False
        self.returns = self.away = self.promised = None

    def teardown(self) -> None:
        if self.person:
            self.it_is_handed_back()


@pytest.fixture(scope="module", autouse=True)
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    Afternoon.shop = Shop(tmp_path_factory.mktemp("shop"))
    with asyncio.Runner() as Afternoon.runner:
        yield
    Afternoon.shop.close()


TestAfternoon = Afternoon.TestCase
TestAfternoon.settings = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
