"""Label a file, batch by batch, so that whatever stops it costs no more than the last batch."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from time import perf_counter
from typing import Any

from integrations.labelling.labeller import Labeller
from integrations.labelling.progress import Progress, load, parts_of
from integrations.labelling.rows import Batch, LabelError, Labels, Source
from integrations.labelling.sinks import Sink, sink

ENDINGS = (".csv", ".jsonl", ".parquet")
Watch = Callable[[int, float, float], None]  # rows, share of the file, seconds


@dataclass(frozen=True)
class Job:
    """What to label, and where to."""

    file: Path
    out: Path
    column: str
    added: Mapping[str, str]  # columns, and what they hold
    options: Mapping[str, Any]  # whatever else must be the same to go on

    @property
    def note(self) -> Path:
        """Return the file that says how far the job is."""
        return self.out.with_name(f"{self.out.name}.progress")

    def identity(self) -> dict[str, Any]:
        """Return what must be the same for a second run to go on."""
        known = self.file.stat()
        size = {"input": str(self.file.resolve()), "size": known.st_size}
        return {**size, "changed": known.st_mtime_ns, "column": self.column, **self.options}


@dataclass(frozen=True)
class Summary:
    """What a run did."""

    out: str
    rows: int
    labelled: int
    troubles: Mapping[str, int]
    resumed_at: int
    seconds: float
    posts_per_second: float


def prepared(job: Job, restart: bool) -> tuple[Source, Progress]:
    """Open the input and find out where to go on, before anything slow is loaded."""
    for file in (job.file, job.out):
        if file.suffix not in ENDINGS:
            raise LabelError(f"{file}: the name must end in {', '.join(ENDINGS)}")
    if not job.file.is_file() or not job.out.parent.is_dir():
        missing = job.out.parent if job.file.is_file() else job.file
        raise LabelError(f"{missing} is not there")
    if job.out.exists() and job.out.samefile(job.file):
        raise LabelError("the output must be another file than the input")
    if restart:
        _forget(job)
    known = load(job.note, job.identity())
    if known is None and (job.out.exists() or parts_of(job.out).exists()):
        raise LabelError(f"{job.out} is already there; add --restart to replace it")
    return _opened(job), known or Progress(job.identity())


def perform(
    job: Job, source: Source, known: Progress, labeller: Labeller, workers: int, watch: Watch
) -> Summary:
    """Label what is left of the file."""
    began, resumed_at = perf_counter(), known.rows
    target = sink(job.out, source, job.added)
    with closing(source), closing(target), ThreadPoolExecutor(workers) as pool:
        target.resume(known.written)
        left = _after(source.batches(), known)
        shared = ((batch, source.share()) for batch in left)
        for batch, share, labels in _in_order(pool, labeller, shared, 2 * workers):
            known = _noted(known, batch, labels, target, job.note)
            watch(known.rows, share, perf_counter() - began)
        target.finish()
    replace(known, done=True).save(job.note)
    rmtree(parts_of(job.out), ignore_errors=True)
    return summary(job, known, resumed_at, perf_counter() - began)


def summary(job: Job, known: Progress, resumed_at: int, seconds: float) -> Summary:
    """Sum up a run."""
    fresh = known.rows - resumed_at
    return Summary(
        out=str(job.out),
        rows=known.rows,
        labelled=known.labelled,
        troubles=dict(known.troubles),
        resumed_at=resumed_at,
        seconds=round(seconds, 2),
        posts_per_second=round(fresh / seconds, 1) if fresh and seconds else 0.0,
    )


def _noted(known: Progress, batch: Batch, labels: Labels, target: Sink, note: Path) -> Progress:
    """Write a batch, then write down that it is written."""
    held = [any(label is not None for label in row) for row in zip(*labels.values(), strict=True)]
    troubles = [trouble or "empty"
                for trouble, on in zip(batch.troubles, held, strict=True) if not on]  # fmt: skip
    after = replace(
        known,
        rows=known.rows + len(batch.texts),
        labelled=known.labelled + sum(held),
        written=target.write(batch, labels),
        troubles=known.troubles + Counter(troubles),
    )
    after.save(note)
    return after


def _after(batches: Iterator[Batch], known: Progress) -> Iterator[Batch]:
    """Leave out what is done; a note is only ever written between two batches."""
    rows = known.rows
    for batch in batches:
        if rows > 0:
            rows -= len(batch.texts)
        elif batch.texts or not known.written:
            yield batch


def _in_order(
    pool: ThreadPoolExecutor,
    labeller: Labeller,
    batches: Iterator[tuple[Batch, float]],
    ahead: int,
) -> Iterator[tuple[Batch, float, Labels]]:
    """Work on a few batches at once, and give them back as they came."""
    waiting: deque[tuple[Batch, float, Future[Labels]]] = deque()
    try:
        for batch, share in batches:
            waiting.append((batch, share, pool.submit(labeller.labels, batch.texts)))
            if len(waiting) > ahead:
                yield _awaited(*waiting.popleft())
        while waiting:
            yield _awaited(*waiting.popleft())
    finally:
        for _, _, labels in waiting:
            labels.cancel()


def _awaited(batch: Batch, share: float, labels: Future[Labels]) -> tuple[Batch, float, Labels]:
    return batch, share, labels.result()


def _opened(job: Job) -> Source:
    source = _source(job)
    try:
        _check_names(job, source)
    except LabelError:
        source.close()
        raise
    return source


def _check_names(job: Job, source: Source) -> None:
    if clash := [name for name in job.added if name in source.columns]:
        raise LabelError(
            f"the input already has a column {clash[0]!r}; rename it or leave that task out"
        )
    if job.out.suffix != ".csv" and len(set(source.columns)) < len(source.columns):
        raise LabelError("two columns have the same name; only a CSV file can hold that")


def _source(job: Job) -> Source:
    from integrations.labelling.csv_rows import CsvSource
    from integrations.labelling.json_rows import JsonSource

    if job.file.suffix == ".csv":
        return CsvSource(job.file, job.column)
    if job.file.suffix == ".jsonl":
        return JsonSource(job.file, job.column)
    from integrations.labelling.parquet_rows import ParquetSource

    return ParquetSource(job.file, job.column)


def _forget(job: Job) -> None:
    for file in (job.note, job.out):
        file.unlink(missing_ok=True)
    rmtree(parts_of(job.out), ignore_errors=True)
