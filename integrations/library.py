"""Open a brand's library: rows in the database, vectors in Chroma, one writer at a time."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock
from sqlalchemy import Engine

from integrations.documents.ingest import Watch, ingest
from integrations.settings import Settings, SettingsError
from integrations.store.alone import alone_for_long, is_postgres
from integrations.store.database import open_database
from integrations.store.places import place_of
from integrations.store.shelf import SqlShelf
from knowledge.brands.brand import Brand, load
from knowledge.documents.document import slug
from knowledge.documents.library import Library, Lock
from knowledge.documents.vectors import Vectors, embedded
from knowledge.language.classifier import Progress, silent
from knowledge.language.encoder import Encoder

log = logging.getLogger(__name__)
EVERY = 5.0  # seconds between two lines about long work


def open_library(
    settings: Settings, progress: Progress = silent, encoder: Encoder | None = None
) -> Library:
    """Return the library, in step with the brand's own articles and those written here."""
    brand = load(settings.brand)
    name = brand.folder.name
    connect = (
        served(settings.chroma_url) if settings.chroma_url else embedded(settings.data / "chroma")
    )
    engine = open_database(place_of(settings, name))
    library = Library(
        SqlShelf(engine),
        Vectors(connect, f"passages-{slug(name) or 'brand'}"),
        encoder or Encoder(settings.cache, settings.threads),
        settings.cache / f"library-{name}",
        _one_writer(engine, settings.data / f"{name}.lock"),
    )
    bring(library, brand.folder / "documents", "brand", progress)
    bring(library, written(settings, brand), "written", progress)
    return library


def _one_writer(engine: Engine, file: Path) -> Lock:
    """Return what lets one process write: by a file, or on many machines by their server."""
    if is_postgres(engine):
        return partial(alone_for_long, engine, "library")
    return FileLock(file, is_singleton=True).acquire


def written(settings: Settings, brand: Brand) -> Path:
    """Return the folder of articles that were written here."""
    return settings.data / "articles" / brand.folder.name


def bring(library: Library, folder: Path, root: str, progress: Progress) -> None:
    """Bring the library in step with a folder of ours; what cannot be read is logged."""
    if not folder.is_dir():
        return
    report = ingest(str(folder), library, root=root, watch=_watched(progress))
    for broken in report.broken:
        progress(f"left out {broken.source}: {broken.reason}")
        log.warning("document left out", extra={"action": "document_broken"})


def _watched(progress: Progress) -> Watch:
    last = monotonic()

    def watch(done: int, total: int, source: str) -> None:
        nonlocal last
        if monotonic() - last > EVERY:
            last = monotonic()
            progress(f"reading the help centre, {done} of {total}")

    return watch


def served(address: str) -> Callable[[], Any]:
    """Return what connects to a Chroma server."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"QUIETHAND_CHROMA_URL: write http://host:8000 (got {address!r})")

    def connect() -> Any:
        import chromadb
        from chromadb.config import Settings as Chroma

        secure = parts.scheme == "https"
        return chromadb.HttpClient(
            host=str(parts.hostname),
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=Chroma(anonymized_telemetry=False),
        )

    return connect
