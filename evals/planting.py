"""Say things with personal data in them through every face, and keep what comes out."""

import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from agents.agent import Agent, NotChecked
from agents.deps import Conflict, StaleDecision
from agents.redaction.kinds import Find
from agents.redaction.redact import Redactor
from agents.state import Decision, Message, Turn
from agents.understanding.readable import stored
from evals.invented import KINDS, Plant
from integrations.cli.house import message, public
from integrations.cli.say import words
from integrations.cli.why import explained
from integrations.store.missing import Missing
from integrations.store.restoring import UnknownPlaceholder
from integrations.wiring import House

PRICE = "How much is the Team plan?"
PERSON = "I want to talk to a human being."
IDEA = "It would be great if you added a dark mode, because"
GAP = "Which colour is the chair of your caretaker, because"
OURS = ("agent", "person")
WISHES = {"erase": "delete everything you know about me", "export": "send me a copy of my data"}
BY = "reviewer"


class Broken:
    """A finder that breaks, and quotes what it was given."""

    def find(self, text: str, known: Iterable[str] = ()) -> list[Find]:
        raise TimeoutError(text)


@dataclass
class Planted:
    """A value that was said, and whether it comes back from the vault as it was."""

    plant: Plant
    face: str
    said: str = ""
    kept: str = ""
    refused: str = ""  # what ended it early
    restored: bool | None = None  # none where nothing is left to restore


@dataclass
class Planter:
    """Plants values in a house; a twin of it has a language model, another a broken finder."""

    house: House
    with_model: Agent
    heard: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    done: list[Planted] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        """Make the twin that cannot find anything."""
        agent = self.house.agent
        redactor = Redactor(Broken(), self.house.vault.secret)
        self.broken = replace(agent, deps=replace(agent.deps, redactor=redactor))

    async def plant(self, plant: Plant, face: str = "") -> Planted:
        """Say a value through a face, or through the one whose turn it is."""
        names = list(FACES)
        face = face or names[(self.number + self.number // len(KINDS)) % len(names)]
        self.number += 1
        planted = Planted(plant, face)
        self.done.append(planted)
        try:
            await FACES[face](self, planted, f"c{self.number}")
        except (NotChecked, Conflict, StaleDecision, Missing) as error:
            planted.refused = type(error).__name__
            self.heard["exceptions"].append(str(error))
        return planted

    async def look(self) -> None:
        """Look at every list that people look at, as they are printed."""
        house = self.house
        lists: list[Any] = [
            await house.desk.open_drafts(),
            await house.desk.open_handoffs(),
            await house.desk.latest_ideas(),
            await house.requests.waiting(),
            await house.todo.tasks(),
        ]
        groups = await house.gaps.groups()
        for group in groups[:5]:
            lists.append((await house.gaps.draft(group.number)).read_text(encoding="utf-8"))
        self.heard["lists"] += [json.dumps(one) for one in lists] + [repr(one) for one in groups]

    async def say(
        self, text: str, conversation: str, agent: Agent | None = None, **more: str
    ) -> Turn:
        """Say it, and listen to all that is printed of the turn."""
        return self._hear(
            await (agent or self.house.agent).receive(_said(text, conversation, more))
        )

    def _hear(self, turn: Turn) -> Turn:
        self.heard["printed turns"] += [json.dumps(public(turn)), words(turn), explained(turn)]
        return turn

    async def _customer(self, planted: Planted, at: str, agent: Agent | None = None) -> None:
        await self.say(planted.plant.text, at, agent)
        await self._kept(planted, at, planted.plant.text)

    async def _modelled(self, planted: Planted, at: str) -> None:
        text = f"{PRICE} {planted.plant.text}"
        await self.say(text, at, self.with_model)
        await self._kept(planted, at, text)
        await self.say(f"{GAP} {planted.plant.text}", at, self.with_model)

    async def _unchecked(self, planted: Planted, at: str) -> None:
        await self._customer(planted, at, self.broken)
        await self.broken.speak(at, planted.plant.text, BY)  # refused, and says so

    async def _named(self, planted: Planted, at: str) -> None:
        plant = planted.plant
        name = plant.plain if plant.kind.startswith("name") else "Somebody Else"
        await self.say(plant.text, at, contact=f"contact-{at}", name=name)
        await self._kept(planted, at, plant.text)

    async def _team(self, planted: Planted, at: str) -> None:
        await self.say(planted.plant.text, at, audience="team")
        await self._kept(planted, at, planted.plant.text)

    async def _edit(self, planted: Planted, at: str) -> None:
        turn = await self.say(PRICE, at, channel="public")
        text, now = planted.plant.text, self.house.agent.deps.clock().isoformat()
        decision = Decision(
            draft=turn["draft"] or 0, revision=1, action="edit", text=text, by=BY, at=now
        )
        edited = self._hear(await self.house.agent.decide(decision))
        self._restore(planted, at, edited["text"], text)
        await self.house.agent.decide({**decision, "text": f"again {text}"})  # too late

    async def _speak(self, planted: Planted, at: str) -> None:
        await self.say(PERSON, at)
        text = planted.plant.text
        turn = self._hear(await self.house.agent.speak(at, text, BY))
        self._restore(planted, at, turn["text"], text)
        self._hear(await self.house.agent.hand_back(at, BY))
        await self.say(text, at)

    async def _idea(self, planted: Planted, at: str) -> None:
        text = f"{IDEA} {planted.plant.text}"
        await self.say(text, at)
        await self._kept(planted, at, text)

    async def _gap(self, planted: Planted, at: str) -> None:
        text = f"{GAP} {planted.plant.text}"
        await self.say(text, at)
        await self._kept(planted, at, text)

    async def _asked(self, planted: Planted, at: str, wish: str) -> int:
        await self.say(planted.plant.text, at, contact=f"contact-{at}")
        await self._kept(planted, at, planted.plant.text)
        if (await self.house.agent.deps.records.conversation(_said("", at, {})))[
            "owner"
        ] != "agent":
            self._hear(await self.house.agent.hand_back(at, BY))
        for text in (WISHES[wish], "yes"):
            await self.say(text, at, contact=f"contact-{at}")
        waiting = await self.house.requests.waiting()
        return next((one["number"] for one in waiting if one["conversation"] == at), 0)

    async def _export(self, planted: Planted, at: str) -> None:
        number = await self._asked(planted, at, "export")
        await self.house.requests.approve(number, BY)

    async def _erase(self, planted: Planted, at: str) -> None:
        number = await self._asked(planted, at, "erase")
        done = await self.house.requests.approve(number, BY)
        self.heard["reports"].append(json.dumps(done.report))

    async def _reject(self, planted: Planted, at: str) -> None:
        number = await self._asked(planted, at, "erase")
        await self.house.requests.reject(number, BY, planted.plant.text)

    async def _kept(self, planted: Planted, at: str, text: str) -> None:
        records = self.house.agent.deps.records
        conversation = await records.conversation(_said("", at, {}))
        lines = [line["text"] for line in conversation["history"] if line["who"] not in OURS]
        self._restore(planted, at, lines[-1] if lines else "", text)

    def _restore(self, planted: Planted, at: str, kept: str, text: str) -> None:
        planted.said, planted.kept = text, kept
        try:
            planted.restored = self.house.vault.restore(at, kept) == stored(text)
        except UnknownPlaceholder as error:
            planted.restored = False
            self.heard["exceptions"].append(str(error))


def _said(text: str, conversation: str, more: dict[str, str]) -> Message:
    parts: Any = {"channel": "terminal", **more}
    return {**message(text, "customer", conversation), **parts}


Face = Callable[[Planter, Planted, str], Awaitable[None]]
FACES: dict[str, Face] = {
    "customer": Planter._customer,
    "with contact and name": Planter._named,
    "team": Planter._team,
    "edited draft": Planter._edit,
    "spoken by a person": Planter._speak,
    "idea": Planter._idea,
    "gap": Planter._gap,
    "language model": Planter._modelled,
    "export": Planter._export,
    "erasure": Planter._erase,
    "rejection": Planter._reject,
    "broken finder": Planter._unchecked,
}
