"""Put the parts together: the only place that knows them all."""

import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agents.agent import Agent
from agents.deps import Deps, Model
from agents.graph import build
from integrations.models.openai import OpenAIModel
from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.desk import SqlDesk
from integrations.store.records import SqlRecords
from knowledge.brands.brand import Brand, load
from knowledge.documents import passages
from knowledge.documents.index import Index
from knowledge.language.classifier import Progress, silent
from knowledge.language.encoder import Encoder
from knowledge.language.reader import Reader
from tools.catalogue import catalogue

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
    close: Callable[[], None]


def wire(
    settings: Settings,
    progress: Progress = silent,
    *,
    model: Model | None = None,
    clock: Clock = now,
    database: Path | None = None,
    reader: Reader | None = None,
) -> House:
    """Build a house from settings; tests and evals bring their own parts, and share a reader."""
    brand = load(settings.brand)
    if reader is None:
        encoder = Encoder(settings.cache, settings.threads)
        reader = Reader(encoder, settings.cache, brand.folder, progress)
    engine = open_database(database or settings.data / f"{brand.folder.name}.sqlite")
    records, desk = SqlRecords(engine, clock), SqlDesk(engine)
    articles = passages.load(brand.folder / "documents", clock().date())
    documents = Index(articles, reader.encoder, settings.cache)
    if model is None and settings.model:
        model = OpenAIModel(settings)
    deps = Deps(
        brand=brand,
        language=reader,
        tools=catalogue(brand.settings.name, documents, records, desk),
        records=records,
        clock=clock,
        secret=_secret(settings.data / "placeholder.key"),
        model=model,
    )
    return House(Agent(build(), deps), desk, brand, reader, engine.dispose)


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
