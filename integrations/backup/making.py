"""Make a backup while the service runs."""

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine

from integrations.backup.archive import (
    ARTICLES,
    CHANNELS,
    DATABASE,
    ERASURES,
    Manifest,
    pack,
)
from integrations.backup.channels import without_secrets
from integrations.backup.copying import Progress, snapshot
from integrations.library import written
from integrations.settings import Settings
from integrations.store.database import NEWEST
from integrations.store.erasure import erased
from integrations.store.keyring import locked_by
from integrations.store.trouble import StoreError
from knowledge.brands.brand import Brand

ALWAYS_OUT = [
    "the master key",
    "the brand folder",
    "cache and chroma (built again)",
    "requests (copies of data that people asked for)",
]


@dataclass(frozen=True)
class Source:
    """What a backup is made of."""

    settings: Settings
    brand: Brand
    engine: Engine
    channels: Path


def backup(source: Source, out: Path, at: datetime, force: bool, progress: Progress) -> Manifest:
    """Write everything that cannot be built again into one file; never the master key."""
    if out.exists() and not force:
        raise StoreError(f"{out} is there already; choose another name, or --force.")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=out.parent) as name:
        folder = Path(name)
        manifest = gather(source, folder, at, progress)
        progress("packing")
        return pack(folder, manifest, out)


def gather(source: Source, folder: Path, at: datetime, progress: Progress) -> Manifest:
    """Put what belongs into a backup into a folder; return what to say about it."""
    settings, brand = source.settings, source.brand
    snapshot(source.engine, folder / DATABASE, progress)
    (folder / ERASURES).write_text(json.dumps(erased(source.engine), indent=2) + "\n")
    left_out = [*ALWAYS_OUT]
    if source.channels.is_file():
        text, secrets = without_secrets(source.channels)
        (folder / CHANNELS).write_text(text, encoding="utf-8")
        left_out += [f"{CHANNELS}: {one}" for one in secrets]
    if (articles := written(settings, brand)).is_dir():
        shutil.copytree(articles, folder / ARTICLES)
    return Manifest(
        made_at=at.isoformat(),
        version=version("quiethand"),
        schema=NEWEST,
        brand=brand.folder.name,
        brand_folder=str(brand.folder),
        brand_digest=sha256((brand.folder / "brand.toml").read_bytes()).hexdigest(),
        key=locked_by(source.engine),
        left_out=left_out,
    )
