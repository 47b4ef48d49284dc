"""Add labels to every row of a file."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import monotonic

from integrations.labelling.job import Job, Summary, Watch, perform, prepared, summary
from integrations.labelling.labeller import Labeller, added, chosen
from integrations.labelling.rows import LabelError
from integrations.settings import read
from knowledge.audience import Audience

EVERY = 5.0  # seconds between two lines, where there is no terminal to draw on


def run(
    file: Path,
    out: Path,
    column: str,
    tasks: str,
    who: Audience,
    brand: str | None,
    restart: bool,
    as_json: bool,
) -> None:
    """Label what is left to label, and say what was done."""
    try:
        _show(_done(file, out, column, chosen(tasks), who, brand, restart), as_json)
    except KeyboardInterrupt:
        sys.stderr.write("stopped; the same command goes on from here\n")
        sys.exit(130)
    except OSError as error:
        raise LabelError(f"{error.filename or out}: {error.strerror or error}") from error


def _done(
    file: Path,
    out: Path,
    column: str,
    tasks: list[str],
    who: Audience,
    brand: str | None,
    restart: bool,
) -> Summary:
    from integrations.cli.terminal import progress
    from knowledge.brands.brand import load
    from knowledge.language.encoder import Encoder
    from knowledge.language.reader import Reader

    settings = read()
    folder = load(brand or settings.brand).folder
    # One thread a batch and several batches at once: nothing waits for a slower half.
    encoder = Encoder(settings.cache, threads=1)
    options = {"tasks": tasks, "brand": folder.name, "as": who, "models": encoder.built}
    job = Job(file, out, column, added(tasks), options)
    source, known = prepared(job, restart)
    if known.done:
        return summary(job, known, known.rows, 0.0)
    labeller = Labeller(Reader(encoder, settings.cache, folder, progress), tasks, who)
    workers = settings.threads or len(os.sched_getaffinity(0))
    with _watched() as watch:
        return perform(job, source, known, labeller, workers, watch)


def _show(done: Summary, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(asdict(done)) + "\n")
        return
    lines = [f"{done.out}: {done.rows:,} rows, {done.labelled:,} labelled"]
    lines += [f"  {count:,} without labels: {name}" for name, count in done.troubles.items()]
    if done.resumed_at:
        lines.append(f"  {done.resumed_at:,} rows were there already")
    lines.append(f"  {done.seconds:.1f} s, {done.posts_per_second:,.0f} posts/s")
    sys.stdout.write("\n".join(lines) + "\n")


@contextmanager
def _watched() -> Iterator[Watch]:
    """Draw a bar on a terminal; elsewhere write a line now and then."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("reading", total=1.0)
        start: list[int] = []

        def watch(rows: int, share: float, seconds: float) -> None:
            start.append(rows)
            rate = (rows - start[0]) / max(seconds, 0.01)
            bar.update(task, completed=share, description=f"{rows:,} rows, {rate:,.0f} posts/s")

        yield watch


def _lines() -> Watch:
    last = monotonic()

    def watch(rows: int, share: float, seconds: float) -> None:
        nonlocal last
        if monotonic() - last >= EVERY:
            last = monotonic()
            sys.stderr.write(f"quiethand: {rows:,} rows, {share:.0%} of the file\n")

    return watch
