"""Put the parts together: the only place that knows them all."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agents.agent import Agent
from agents.deps import Deps
from agents.graph import build
from agents.redaction.redact import Redactor
from integrations.content import checking, open_studio
from integrations.erasing import VaultErasing
from integrations.finding import open_finder
from integrations.gaps import Gaps
from integrations.library import open_library, written
from integrations.models.openai import OpenAIModel
from integrations.opening import Clock, now, open_store
from integrations.requests import PrivacyDesk
from integrations.retention import sweep_daily
from integrations.reviewing import Reviewing
from integrations.settings import Settings
from integrations.store import places
from integrations.store.desk import SqlDesk
from integrations.store.records import SqlRecords
from integrations.store.requests import SqlRequests
from integrations.store.reviews import Reviews
from integrations.store.standing import SqlContacts
from integrations.store.timing import timing_of
from integrations.store.todo import SqlTodo
from integrations.store.vault import Vault
from integrations.voicing import SqlVoices
from knowledge.brands.brand import Brand
from knowledge.documents.library import Library
from knowledge.language.classifier import Progress, silent
from knowledge.language.encoder import Encoder
from knowledge.language.reader import Reader
from tools.catalogue import catalogue
from tools.model import Model
from tools.support.help_centre import Place

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class House:
    """A running Quiethand: the agent, and the desk where people look."""

    agent: Agent
    desk: SqlDesk
    brand: Brand
    reader: Reader
    library: Library
    todo: SqlTodo
    gaps: Gaps
    vault: Vault
    requests: PrivacyDesk
    reviewing: Reviewing
    close: Callable[[], None]

    def warm_up(self) -> None:
        """Load what the first message would else wait for."""
        self.reader.read("hello", "hello", "customer")
        self.agent.deps.redactor.clean("hello", {})


def wire(
    settings: Settings,
    progress: Progress = silent,
    *,
    model: Model | None = None,
    clock: Clock = now,
    database: places.Place | None = None,
    reader: Reader | None = None,
    library: Library | None = None,
) -> House:
    """Build a house from settings; tests and evals bring and share parts of their own."""
    store = open_store(settings, progress, clock, database)
    brand, engine, vault = store.brand, store.engine, store.vault
    sweep_daily(engine, brand.settings.retention, clock)
    reader = reader or _reader(settings, brand, progress)
    library = library or open_library(settings, progress, reader.encoder)
    if model is None and settings.model:
        model = OpenAIModel(settings)
    records = SqlRecords(engine, clock, vault, timing_of(brand.settings, clock))
    desk = SqlDesk(engine, clock)
    requests, todo = SqlRequests(engine, clock), SqlTodo(engine, clock)
    place, voices = _place(brand, clock, model), SqlVoices(engine, brand.folder)
    deps = Deps(
        brand=brand,
        language=reader,
        tools=catalogue(place, library, records, desk, requests, open_studio(brand, voices)),
        records=records,
        clock=clock,
        redactor=Redactor(open_finder(settings, brand, reader.encoder), vault.secret),
        model=model,
        contacts=SqlContacts(engine, clock, vault.secret),
        voices=voices,
        check_post=checking(brand),
    )
    agent = Agent(build(), deps)
    gaps = Gaps(todo, library, written(settings, brand), lambda: clock().date())
    asked = _privacy_desk(requests, vault, agent, settings.data)
    reviewing = Reviewing(agent, Reviews(engine, clock, brand.settings.approval, vault))
    parts = (agent, desk, brand, reader, library, todo, gaps, vault, asked, reviewing)
    return House(*parts, engine.dispose)


def _reader(settings: Settings, brand: Brand, progress: Progress) -> Reader:
    encoder = Encoder(settings.cache, settings.threads)
    return Reader(encoder, settings.cache, brand.folder, progress)


def _place(brand: Brand, clock: Clock, model: Model | None) -> Place:
    settings = brand.settings
    languages, sure = tuple(settings.languages), settings.thresholds.answer
    return Place(settings.name, languages, sure, clock, model)


def _privacy_desk(requests: SqlRequests, vault: Vault, agent: Agent, data: Path) -> PrivacyDesk:
    return PrivacyDesk(requests, VaultErasing(vault, data), agent, data / "requests")
