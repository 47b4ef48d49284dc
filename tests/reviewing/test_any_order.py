"""Whatever two reviewers, a customer, senders and restarts do in whatever order: what leaves was
approved, in exactly these words, and leaves once."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from agents.deps import Conflict, StaleDecision
from integrations.channels.contract import SendError
from integrations.store.missing import Missing
from integrations.store.sends import PREFIX
from tests.reviewing.office import JOKE, Office

REFUSALS = (StaleDecision, Missing, Conflict)
WISH = 'say "is" instead of "costs", no exclamation marks'
OWN = ("We are sorry!", "That is a pity. We look at it!")
PEOPLE = st.sampled_from(["kim", "lee"])
ACTIONS = st.sampled_from(
    ["approve", "approve", "edit", "rewrite", "undo", "undo", "reject", "take_over"]
)
FRESH = st.sampled_from([True, True, True, False])  # their screen shows what there is now
Work = Callable[[], Coroutine[Any, Any, object]]


class Morning(RuleBasedStateMachine):
    """One conversation with a customer who keeps complaining."""

    office: Office
    runner: asyncio.Runner
    talks = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        self.talk = f"talk-{next(self.talks)}"
        self.seen: dict[str, tuple[int, int]] = {}  # what each reviewer has on the screen
        self.refused = 0
        self.together(self.writes)
        self.look("kim")
        self.look("lee")

    def together(self, *works: Work) -> None:
        """Do things at the same time; a refusal is an answer, all else is a mistake."""

        async def at_once() -> list[object]:
            return await asyncio.gather(*(work() for work in works), return_exceptions=True)

        for outcome in self.runner.run(at_once()):
            if isinstance(outcome, REFUSALS):
                self.refused += 1
            elif isinstance(outcome, BaseException):
                raise outcome

    async def writes(self) -> None:
        await self.office.customer(JOKE, self.talk)

    async def sends(self) -> None:
        await self.office.deliver(seconds=6)

    def decides(self, by: str, action: str, words: str, fresh: bool) -> Work:
        if fresh:
            self.look(by)
        draft, revision = self.seen.get(by, (0, 0))
        parts = {"text": words if action == "edit" else ""}
        parts |= {"reason": WISH} if action == "rewrite" else {}

        async def work() -> object:
            if action == "undo":
                return await self.office.reviewing.undo(draft, by)
            return await self.office.decide(action, draft, revision, by=by, **parts)

        return work

    def mine(self) -> list[Any]:
        return list(self.office.all("drafts", conversation=self.office.name(self.talk)))

    @rule(by=PEOPLE)
    def look(self, by: str) -> None:
        found = self.mine()
        if found:
            self.seen[by] = (found[-1].id, found[-1].revision)

    @rule()
    def the_customer_writes(self) -> None:
        self.together(self.writes)

    @rule(by=PEOPLE, action=ACTIONS, words=st.sampled_from(OWN), fresh=FRESH)
    def one_decides(self, by: str, action: str, words: str, fresh: bool) -> None:
        self.together(self.decides(by, action, words, fresh))

    @rule(one=ACTIONS, other=ACTIONS, words=st.sampled_from(OWN), fresh=FRESH)
    def two_decide_at_once(self, one: str, other: str, words: str, fresh: bool) -> None:
        kim, lee = (self.decides("kim", one, words, fresh), self.decides("lee", other, words, True))
        self.together(kim, lee)

    @rule(action=ACTIONS, fresh=FRESH)
    def one_decides_while_the_customer_writes(self, action: str, fresh: bool) -> None:
        self.together(self.decides("kim", action, OWN[0], fresh), self.writes)

    @rule(action=ACTIONS, fresh=FRESH)
    def one_decides_while_it_leaves(self, action: str, fresh: bool) -> None:
        self.together(self.decides("kim", action, OWN[0], fresh), self.sends)

    @rule(unknown=st.booleans())
    def a_send_fails(self, unknown: bool) -> None:
        self.office.channel.troubles.append(SendError("no", unknown=unknown))
        self.together(self.sends)
        self.office.channel.troubles.clear()

    @rule(begun=st.booleans())
    def a_sender_dies(self, begun: bool) -> None:
        self.office.desk.wait(seconds=11)
        letter = self.runner.run(self.office.sends.lease("elsewhere:1:x:dead"))
        if letter and begun:
            self.runner.run(self.office.sends.begin(letter))
        self.office.open()

    @rule(seconds=st.sampled_from([5, 11, 130]))
    def time_goes_by(self, seconds: int) -> None:
        self.office.desk.wait(seconds=seconds)
        self.together(self.sends)

    @rule()
    def all_begins_anew(self) -> None:
        self.office.open()

    @invariant()
    def what_left_was_approved_in_these_words_and_left_once(self) -> None:
        sent = [one for one in self.office.channel.sent if one.conversation == self.talk]
        drafts = {row.decided_turn: row for row in self.mine()}
        for one in sent:
            turn = one.mark.removeprefix(PREFIX)
            if turn not in drafts:
                assert self.office.turn(turn)["outcome"] == "handoff"  # a person has it
                continue
            draft = drafts[turn]
            decided = self.office.all("decisions", turn=turn)
            assert draft.status in ("approved", "edited", "rejected")
            if draft.status != "rejected":
                assert one.text == self.office.words(draft.id)[draft.revision - 1]
                revision = draft.revision - (draft.status == "edited")
                assert [(row.action, row.revision) for row in decided] == [
                    ("edit" if draft.status == "edited" else "approve", revision)
                ]
        assert all(count == 1 for count in Counter(one.mark for one in sent).values())

    def teardown(self) -> None:
        for _ in range(3):
            self.together(self.sends)
        self.what_left_was_approved_in_these_words_and_left_once()


@pytest.fixture(scope="module", autouse=True)
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    Morning.office = Office(tmp_path_factory.mktemp("office"))
    with asyncio.Runner() as Morning.runner:
        yield
    Morning.office.close()


def tried(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


class Week(Morning):
    """The same, many times."""


TestMorning = Morning.TestCase
TestMorning.settings = tried(20, 12)
TestWeek = pytest.mark.slow(Week.TestCase)
TestWeek.settings = tried(1000, 12)
