"""Play cases through the one door, each with its own database and clock, offline."""

import asyncio
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from agents.agent import Agent
from agents.deps import StaleDecision
from agents.state import Decision, Message, Turn
from evals.case import Case, Decide, Row, Step
from evals.check import Seen, failures
from integrations.library import open_library
from integrations.models.scripted import ScriptedModel
from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.records import Missing
from integrations.wiring import House, wire
from knowledge.audience import Audience
from knowledge.brands.brand import load as load_brand
from knowledge.language.classifier import Progress, silent
from knowledge.language.encoder import Encoder
from knowledge.language.reader import Reader
from tools.model import ModelError

BRAND = "connectsphere"
PAUSE = timedelta(minutes=1)  # between turns, where a case does not say
REVIEWER = "reviewer"
CLOSED = "it holds now: take known_gap away"


@dataclass
class Clock:
    """The time of a case; it moves when the case says so."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Played:
    """A step, what came of it, and what did not hold."""

    said: str
    who: Audience
    turn: Turn | None
    refused: str
    failures: list[str]


@dataclass(frozen=True)
class Result:
    """A case as it was played."""

    row: Row
    steps: list[Played] = field(default_factory=list)
    ms: float = 0.0

    @property
    def gap(self) -> bool:
        """Say whether it does not hold, and the case says why."""
        return bool(self.row.case.known_gap and self.missed)

    @property
    def failures(self) -> list[str]:
        """Return what nobody expected: what did not hold, or a gap that closed."""
        if not self.row.case.known_gap:
            return self.missed
        return [] if self.missed else [CLOSED]

    @property
    def missed(self) -> list[str]:
        """Return what did not hold, with the number of the turn where there are several."""
        many = len(self.steps) > 1
        return [
            f"turn {number}: {what}" if many else what
            for number, step in enumerate(self.steps, 1)
            for what in step.failures
        ]


def shared_reader(settings: Settings, progress: Progress = silent) -> Reader:
    """Return a reader for all cases."""
    encoder = Encoder(settings.cache, settings.threads)
    return Reader(encoder, settings.cache, load_brand(BRAND).folder, progress)


class Player:
    """Plays cases with one reader and library; each begins with a copy of an empty database."""

    def __init__(self, settings: Settings, reader: Reader, folder: Path) -> None:
        self._settings = settings.model_copy(update={"model": "", "brand": BRAND})
        self._reader, self._folder = reader, folder
        self._library = open_library(self._settings, encoder=reader.encoder)
        self._empty = folder / "empty.sqlite"
        open_database(self._empty).dispose()

    def play(self, row: Row) -> Result:
        """Play one case."""
        database = self._folder / "case.sqlite"
        for file in self._folder.glob("case.sqlite*"):
            file.unlink()
        shutil.copy(self._empty, database)
        try:
            return asyncio.run(self._play(row, database))
        except Exception as error:
            error.add_note(f"in the case {row.case.name!r}, {row.file}.yaml:{row.line}")
            raise

    async def _play(self, row: Row, database: Path) -> Result:
        clock, model = Clock(row.case.at), _model(row.case)
        house = wire(
            self._settings,
            model=model,
            clock=clock,
            database=database,
            reader=self._reader,
            library=self._library,
        )
        stage = _Stage(house, database, clock, row.case, model.prompts if model else [])
        try:
            began = perf_counter()
            steps = [await stage.step(step, number) for number, step in enumerate(row.case.steps)]
            return Result(row, steps, 1000 * (perf_counter() - began))
        finally:
            house.close()


def _model(case: Case) -> ScriptedModel | None:
    if case.model_answers is None:
        return None
    return ScriptedModel(*(ModelError(a) if isinstance(a, str) else a for a in case.model_answers))


@dataclass(frozen=True)
class _Stage:
    house: House
    database: Path
    clock: Clock
    case: Case
    prompts: list[str]

    async def step(self, step: Step, number: int) -> Played:
        """Let it happen, then look around."""
        self.clock.now += step.wait if step.wait is not None else PAUSE if number else timedelta()
        message = self._message(step, number)
        turn, refused = None, ""
        try:
            turn = await self._happen(self.house.agent, step, message)
        except (StaleDecision, Missing) as error:
            refused = str(error)
        held = failures(step.expect, await self._seen(message, turn, refused))
        return Played(_shown(step), message["audience"], turn, refused, held)

    async def _happen(self, agent: Agent, step: Step, message: Message) -> Turn | None:
        if step.decide:
            return await agent.decide(_decision(step.decide, self.clock()))
        if step.hand_back:
            return await agent.hand_back(message["conversation"], REVIEWER)
        return await agent.receive(message) if step.say is not None else None

    def _message(self, step: Step, number: int) -> Message:
        who = step.who or self.case.who
        return Message(
            channel=step.channel or self.case.channel,
            conversation=step.conversation or f"{who}-1",
            id=step.id or f"m{number}",
            audience=who,
            text=(step.say or "") * step.repeat,
            at=self.clock().isoformat(),
        )

    async def _seen(self, message: Message, turn: Turn | None, refused: str) -> Seen:
        house, who = self.house, message["audience"]
        about = await house.agent.deps.records.conversation(message)
        notes = [waiting["text"] for waiting in await house.desk.open_handoffs()]
        tools = house.agent.deps.tools.values()
        return Seen(
            who=who,
            turn=turn,
            refused=refused,
            owner=about["owner"],
            sent=len(await house.desk.unsent(message["conversation"])),
            drafts=len(await house.desk.open_drafts()),
            ideas=len(await house.desk.latest_ideas()),
            note=notes[-1] if notes else "",
            prompts=self.prompts,
            stored=b"".join(f.read_bytes() for f in self.database.parent.glob("case.sqlite*")),
            sure=house.brand.settings.thresholds.intent,
            known=frozenset(house.reader.known(who)),
            reserved=frozenset(tool.name for tool in tools if who not in tool.audiences),
            documents=house.brand.folder / "documents",
        )


def _decision(decide: Decide, now: datetime) -> Decision:
    return Decision(
        draft=decide.draft,
        revision=decide.revision,
        action=decide.action,
        text=decide.text,
        by=REVIEWER,
        at=now.isoformat(),
    )


def _shown(step: Step) -> str:
    if step.decide:
        chosen = f"{step.decide.action} draft {step.decide.draft}, revision {step.decide.revision}"
        return f"({REVIEWER}: {chosen})"
    if step.hand_back:
        return f"({REVIEWER} gives the conversation back)"
    waited = f"({step.wait} later) " if step.wait is not None else ""
    said = step.say or ""
    return waited + (f"{said[:200]} … ({step.repeat} times)" if step.repeat > 1 else said[:2000])
