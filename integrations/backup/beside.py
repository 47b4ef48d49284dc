"""What lies beside the database: articles, the channels' settings, and what is built from it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from integrations.backup.archive import ARTICLES, CHANNELS
from integrations.library import served, written
from integrations.settings import Settings
from knowledge.brands.brand import Brand
from knowledge.documents.document import slug
from knowledge.documents.vectors import Vectors, embedded


def put_beside(folder: Path, settings: Settings, brand: Brand) -> list[str]:
    """Put back articles and, where there are none, the channels' settings; say what to do."""
    for file in _files(folder / ARTICLES):
        place = written(settings, brand) / file.relative_to(folder / ARTICLES)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.replace(place)
    stored, kept = folder / CHANNELS, settings.data / CHANNELS
    if not stored.is_file():
        return []
    if kept.exists():
        return [f"{kept} stays as it is"]
    stored.replace(kept)
    return [f"{kept} came back without its secrets: put them in again"]


def forget_found(settings: Settings, brand: Brand) -> None:
    """Forget vectors and counted words; they are made again from the database."""
    name = brand.folder.name
    shutil.rmtree(settings.cache / f"library-{name}", ignore_errors=True)
    here = settings.data / "chroma"
    if not settings.chroma_url and not here.is_dir():
        return
    connect = served(settings.chroma_url) if settings.chroma_url else embedded(here)
    vectors = Vectors(connect, f"passages-{slug(name) or 'brand'}")
    vectors.remove(sorted(vectors.numbers()))


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (one for one in sorted(folder.rglob("*")) if one.is_file())
