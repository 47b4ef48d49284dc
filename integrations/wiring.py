"""Put the parts together: the only place that knows them all."""

import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agents.agent import Agent
from agents.deps import Deps
from agents.graph import build
from integrations.gaps import Gaps
from integrations.library import open_library, written
from integrations.models.openai import OpenAIModel
from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.desk import SqlDesk
from integrations.store.records import SqlRecords
from integrations.store.todo import SqlTodo
from knowledge.brands.brand import Brand, load
from knowledge.documents.library import Library
from knowledge.language.classifier import Progress, silent
from knowledge.language.encoder import Encoder
from knowledge.language.reader import Reader
from tools.catalogue import catalogue
from tools.model import Model
from tools.support.help_centre import Place

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


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
    close: Callable[[], None]


def wire(
    settings: Settings,
    progress: Progress = silent,
    *,
    model: Model | None = None,
    clock: Clock = now,
    database: Path | None = None,
    reader: Reader | None = None,
    library: Library | None = None,
) -> House:
    """Build a house from settings; tests and evals bring and share parts of their own."""
    brand = load(settings.brand)
    if reader is None:
        encoder = Encoder(settings.cache, settings.threads)
        reader = Reader(encoder, settings.cache, brand.folder, progress)
    engine = open_database(database or settings.data / f"{brand.folder.name}.sqlite")
    records, desk = SqlRecords(engine, clock), SqlDesk(engine)
    library = library or open_library(settings, progress, reader.encoder)
    if model is None and settings.model:
        model = OpenAIModel(settings)
    place = Place(
        brand=brand.settings.name,
        languages=tuple(brand.settings.languages),
        sure=brand.settings.thresholds.answer,
        clock=clock,
        model=model,
    )
    deps = Deps(
        brand=brand,
        language=reader,
        tools=catalogue(place, library, records, desk),
        records=records,
        clock=clock,
        secret=_secret(settings.data / "placeholder.key"),
        model=model,
    )
    todo = SqlTodo(engine, clock)
    gaps = Gaps(todo, library, written(settings, brand), lambda: clock().date())
    return House(Agent(build(), deps), desk, brand, reader, library, todo, gaps, engine.dispose)


def _secret(file: Path) -> bytes:
    """Return the key of the placeholders' digests, made once and readable by the owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(handle, "wb") as fresh:
        key = secrets.token_bytes(32)
        fresh.write(key)
    return key
