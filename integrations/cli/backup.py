"""Backup and restore from the terminal."""

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from integrations.backup.archive import CHANNELS, Manifest
from integrations.backup.making import Source, backup, gather
from integrations.backup.restoring import Restored, Target, read_list, restore
from integrations.cli.privacy import cellar, now, show
from integrations.cli.terminal import plain, progress
from integrations.settings import read
from knowledge.brands.brand import load

KEY = (
    "The master key (id {key}) is not in it, and without that nobody reads what customers wrote "
    "of themselves: keep a copy of the key, and keep it apart from the backups."
)


def make(
    file: Path, brand: str | None, channels: Path | None, force: bool, dry: bool, as_json: bool
) -> None:
    """Make a backup, or say what would be in it."""
    open_ = cellar(brand)
    settings = open_.settings
    source = Source(settings, open_.brand, open_.engine, channels or settings.data / CHANNELS)
    try:
        if dry:
            with tempfile.TemporaryDirectory(prefix="quiethand-") as folder:
                manifest = gather(source, Path(folder), now(), progress)
        else:
            manifest = backup(source, file, now(), force, progress)
    finally:
        open_.engine.dispose()
    row = {**asdict(manifest), "file": str(file), "dry_run": dry}
    show(row, as_json, "\n".join(_made(file, manifest, dry)))


def _made(file: Path, manifest: Manifest, dry: bool) -> list[str]:
    what = "Would store" if dry else f"{file}:"
    size = sum(one["bytes"] for one in manifest.files.values()) / 1e6
    files = f"{len(manifest.files)} files, {size:.1f} MB before packing" if not dry else ""
    lines = [f"{what} brand {manifest.brand} at schema {manifest.schema}. {files}".rstrip()]
    lines += [f"  left out: {plain(one)}" for one in manifest.left_out]
    return [*lines, KEY.format(key=manifest.key)] if manifest.key else lines


def bring_back(
    file: Path, brand: str | None, erasures: Path | None, force: bool, dry: bool, as_json: bool
) -> None:
    """Bring a backup back, or say what that would do; exit 1 when something of the erased stays."""
    settings = read()
    found = load(brand or settings.brand)
    recorded = read_list(erasures) if erasures else []
    done = restore(file, Target(settings, found, now(), recorded, force, dry), progress)
    counts = [one.counts for one in done.erased]
    row = {"brand": found.folder.name, "made_at": done.manifest.made_at, "dry_run": dry,
           "schema": done.manifest.schema, "erased_again": counts, "said": done.said}  # fmt: skip
    show(row, as_json, "\n".join(_brought(file, done, dry)))
    if any(one.found for one in done.erased):
        sys.exit(1)


def _brought(file: Path, done: Restored, dry: bool) -> list[str]:
    what = "Would bring back" if dry else "Brought back"
    made = done.manifest
    lines = [f"{what} {made.brand} as of {made.made_at[:16]}, from {file}."]
    if done.erased:
        lines.append(f"Erased again who was erased since: {len(done.erased)}.")
    lines += [f"  still there: what was {place.token}, in {place.place}"
              for one in done.erased for place in one.found]  # fmt: skip
    return [*lines, *(f"  {plain(one)}" for one in done.said)]
