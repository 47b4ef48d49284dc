"""Bring documents in, and say what came of it."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from integrations.cli.terminal import plain, progress
from integrations.documents.ingest import Report, Watch, ingest
from integrations.documents.sources import is_address
from integrations.library import open_library, written
from integrations.settings import Settings, read
from knowledge.brands.brand import load

if TYPE_CHECKING:
    from integrations.http import Outside

EVERY = 5.0  # seconds between two lines, where there is no terminal to draw on
MB = 1024 * 1024


def run(whats: list[str], brand: str | None, dry_run: bool, max_mb: float, as_json: bool) -> None:
    """Ingest one place after the other; the exit code says how it went."""
    settings = read()
    if brand:
        settings = settings.model_copy(update={"brand": brand})
    try:
        reports = list(_reports(whats, settings, dry_run, int(max_mb * MB), as_json))
    except KeyboardInterrupt:
        sys.stderr.write("stopped; the same command goes on from here\n")
        sys.exit(130)
    if not any(report.usable for report in reports):
        sys.exit(2)
    if any(report.broken for report in reports):
        sys.exit(1)


def _reports(
    whats: list[str], settings: Settings, dry_run: bool, most: int, as_json: bool
) -> Iterator[Report]:
    library, own = open_library(settings, progress), _own(settings)
    with ExitStack() as stack:
        outside = _outside(whats, settings, stack)
        for what in whats:
            with _watched(what) as watch:
                place, root = _placed(what, own)
                report = ingest(
                    place,
                    library,
                    most=most,
                    dry_run=dry_run,
                    outside=outside,
                    watch=watch,
                    root=root,
                )
            _show(what, report, dry_run, as_json)
            yield report


def _own(settings: Settings) -> dict[Path, str]:
    """Return the folders that are read at each start, and how they are called."""
    brand = load(settings.brand)
    folders = {brand.folder / "documents": "brand", written(settings, brand): "written"}
    return {folder.resolve(): name for folder, name in folders.items()}


def _placed(what: str, own: dict[Path, str]) -> tuple[str, str]:
    """Return what to read, and the name of its root if it is ours."""
    path = Path(what).resolve()
    for folder, name in own.items():
        if path.is_relative_to(folder) and path.exists():
            return str(folder), name
    return what, ""


def _outside(whats: list[str], settings: Settings, stack: ExitStack) -> "Outside | None":
    """Open the way out, if it may be needed: a file may be a list of addresses."""
    if not any(is_address(what) or Path(what).is_file() for what in whats):
        return None
    from integrations.http import Outside

    return stack.enter_context(closing(Outside(settings.allow_private)))


def _show(what: str, report: Report, dry_run: bool, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"what": what, "dry_run": dry_run, **asdict(report)}) + "\n")
        return
    for broken in report.broken:
        place = what if broken.source == report.root else f"{what}: {broken.source}"
        sys.stderr.write(f"{plain(place)}: {plain(broken.reason)}\n")
    if dry_run:
        for sign, ids in (("+", report.added), ("~", report.changed), ("-", report.removed)):
            sys.stdout.write("".join(f"{sign} {id}\n" for id in ids))
    sys.stdout.write(f"{plain(what)}: {_summary(report, dry_run)}\n")


def _summary(report: Report, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    added, changed, removed = map(len, (report.added, report.changed, report.removed))
    documents = f"{_some(added, 'document')} {would}added, {changed:,} changed, {removed:,} removed"
    files = [_some(report.files, "file"), f"{report.unchanged:,} unchanged"]
    files += [f"{report.skipped:,} skipped"] * bool(report.skipped)
    files += [f"{len(report.broken):,} broken"] * bool(report.broken)
    return f"{documents} ({', '.join(files)})"


def _some(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


@contextmanager
def _watched(what: str) -> Iterator[Watch]:
    """Draw a bar on a terminal; elsewhere write a line now and then."""
    if not sys.stderr.isatty():
        yield _lines(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(plain(what), total=None)

        def watch(done: int, total: int, source: str) -> None:
            bar.update(task, completed=done, total=total, description=plain(source)[-60:])

        yield watch


def _lines(what: str) -> Watch:
    last = monotonic()

    def watch(done: int, total: int, source: str) -> None:
        nonlocal last
        if monotonic() - last >= EVERY:
            last = monotonic()
            sys.stderr.write(f"quiethand: {plain(what)}: {done:,} of {total:,} files\n")

    return watch
