"""Write what was played as one self-contained page."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from evals.play import Result


@dataclass(frozen=True)
class Share:
    """How many cases of a file hold, are known gaps, or fail."""

    name: str
    total: int
    gaps: int
    failed: int

    @property
    def good(self) -> int:
        """Return how many hold."""
        return self.total - self.gaps - self.failed


def write(file: Path, results: Sequence[Result]) -> None:
    """Write the page; cases that fail come first, then known gaps."""
    file.write_text(page(results), encoding="utf-8", errors="replace")


def page(results: Sequence[Result]) -> str:
    """Return the page."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = files(__package__).joinpath("report.html").read_text(encoding="utf-8")
    return environment.from_string(source).render(
        results=sorted(results, key=lambda result: (not result.failures, not result.gap)),
        total=_share("all", results),
        shares=[
            _share(name, list(some)) for name, some in groupby(results, key=lambda r: r.row.file)
        ],
        times=_times(results),
    )


def _share(name: str, results: Sequence[Result]) -> Share:
    gaps, failed = sum(r.gap for r in results), sum(bool(r.failures) for r in results)
    return Share(name, len(results), gaps, failed)


def _times(results: Sequence[Result]) -> dict[str, float]:
    """Return the middle and the slow end of a turn's milliseconds."""
    turns = [step.turn for result in results for step in result.steps if step.turn]
    times = sorted(turn["timings"]["total"] for turn in turns if turn["kind"] == "message") or [0.0]
    return {"p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)]}
