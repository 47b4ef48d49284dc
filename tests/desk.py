"""An agent with fakes that record, driven through its one door."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agents.agent import Agent
from agents.deps import Deps
from agents.graph import build
from agents.redaction.finder import Finder
from agents.redaction.redact import Finds, Redactor
from agents.state import Decision, Message, Turn
from integrations.store.database import open_database
from integrations.store.desk import SqlDesk
from integrations.store.records import SqlRecords
from integrations.store.requests import SqlRequests
from knowledge.audience import Audience
from knowledge.brands.brand import Brand, Disclosure, load
from knowledge.documents.passages import Passage, Sentence
from knowledge.documents.scope import Scope
from knowledge.documents.search import Found as Passages
from knowledge.documents.search import Hit
from knowledge.language.found import Found
from knowledge.language.joining import Named
from knowledge.language.mood import Mood
from knowledge.language.phrases import Phrases
from tools.catalogue import catalogue
from tools.model import Model
from tools.support.help_centre import Place

CALM = Mood(
    language="en", sentiment="neutral", emotions=[], irony=0.0, abuse=0.0,
    urgency=[], crisis=[], injection=[], spam=[],
)  # fmt: skip


class FakeLanguage:
    """Finds the intents a test scripted, and the lexicons' phrases."""

    def __init__(self) -> None:
        self.phrases = Phrases()
        self.found: dict[str, list[Found]] = {}
        self.mood: dict[str, dict[str, object]] = {}
        self.seen: list[str] = []

    def expect(self, text: str, *intents: tuple[str, float], **mood: object) -> None:
        self.found[text] = [Found(name, confidence, text) for name, confidence in intents]
        self.mood[text] = mood

    def read(self, text: str, meant: str, audience: Audience) -> tuple[list[Found], Mood]:
        self.seen.append(meant)
        if meant == "boom":
            raise RuntimeError("the model fell over")
        fallback = [Found("question", 0.9, meant)]
        mood: Mood = {**CALM, **self.mood.get(text, {})}  # type: ignore[typeddict-item]
        return self.found.get(meant, fallback), mood

    def option(self, intent: str) -> str:
        return f"the thing called {intent}"

    def about(self, intent: str) -> str:
        return intent

    def known(self, audience: Audience) -> Sequence[str]:
        return ("question", "complaint", "analytics")


class FakeDocuments:
    """Knows one fact."""

    def search(self, question: str, scope: Scope, follows: str = "", most: int = 8) -> Passages:
        fact = Sentence("The Team plan costs €149 per month.", 10, 45)
        passage = Passage("plans", "Plans", ("Prices",), "prices", 10, 45, (fact,))
        near = 0.9 if "cost" in question else 0.1
        hit = Hit(passage, near, near, near, near, (near,), (near,), (True,))
        return Passages(question, np.ones(384, np.float32), (hit,), 2 * near, near)

    def lapsed(self, scope: Scope) -> bool:
        return False

    def rarity(self, words: Iterable[str]) -> dict[str, float]:
        return dict.fromkeys(words, 1.0)

    def meaning(self, texts: list[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 2), np.float32)


class NoNames:
    """A tagger that knows nobody: tests of patterns need none."""

    def found(self, text: str) -> list[Named]:
        return []


def quiet_about_itself(brand: Brand) -> Brand:
    """Return a brand without disclosure: most tests look at the answer, word by word."""
    settings = brand.settings.model_copy(update={"disclosure": Disclosure(when="never")})
    return brand.model_copy(update={"settings": settings})


class Desk:
    """Everything that would have left the service, and the agent in the middle."""

    def __init__(
        self, folder: Path, model: Model | None = None, finder: Finds | None = None
    ) -> None:
        self.file = folder / "records.sqlite"
        self.language, self.documents = FakeLanguage(), FakeDocuments()
        self.time = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
        self._numbers = itertools.count(1)
        engine = open_database(self.file)
        self.records, self.view = SqlRecords(engine, self.now), SqlDesk(engine)
        self.brand = quiet_about_itself(load("connectsphere"))
        place = Place("ConnectSphere", ("en",), 0.5, self.now, model)
        self.requests = SqlRequests(engine, self.now)
        tools = catalogue(place, self.documents, self.records, self.view, self.requests)
        redactor = Redactor(finder or Finder(NoNames()), b"a key for tests")
        deps = Deps(
            brand=self.brand, language=self.language, tools=tools, records=self.records,
            clock=self.now, redactor=redactor, model=model,
        )  # fmt: skip
        self.agent = Agent(build(), deps)

    def now(self) -> datetime:
        return self.time

    def wait(self, **parts: float) -> None:
        self.time += timedelta(**parts)

    def message(self, text: str, **parts: str) -> Message:
        message = Message(
            channel=parts.get("channel", "test"),
            conversation=parts.get("conversation", "c1"),
            id=parts.get("id", f"m{next(self._numbers)}"),
            audience="team" if parts.get("who") == "team" else "customer",
            text=text,
            at=self.time.isoformat(),
        )
        if "contact" in parts:
            message["contact"] = parts["contact"]
        if "name" in parts:
            message["name"] = parts["name"]
        return message

    async def say(self, text: str, **parts: str) -> Turn:
        return await self.agent.receive(self.message(text, **parts))

    async def decide(self, action: str, draft: int = 1, revision: int = 1, text: str = "") -> Turn:
        decision = Decision(
            draft=draft, revision=revision, action=action, text=text,  # type: ignore[typeddict-item]
            by="reviewer", at=self.time.isoformat(),
        )  # fmt: skip
        return await self.agent.decide(decision)

    async def outbox(self, conversation: str = "c1") -> list[str]:
        return [text for _, text in await self.view.unsent(conversation)]
