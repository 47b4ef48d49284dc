"""Numbers as Prometheus reads them: its text format, version 0.0.4."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["counter", "gauge", "histogram"]
Values = Mapping[str, float]  # by labels, as they are written
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Family:
    """One number with all its labels, and what it means."""

    name: str
    kind: Kind
    help: str
    values: Values
    sums: Values | None = None  # of a histogram, whose values are the buckets
    bounds: Sequence[float] = ()  # that are told even while nothing is in them


def text(families: Iterable[Family]) -> str:
    """Return all families; one without values yet is only described."""
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterator[str]:
    said = family.help.replace("\\", r"\\").replace("\n", r"\n")
    yield f"# HELP {family.name} {said}"
    yield f"# TYPE {family.name} {family.kind}"
    if family.kind == "histogram":
        yield from _histogram(family)
        return
    for labels, value in sorted(family.values.items()):
        yield _sample(family.name, labels, value)


def _histogram(family: Family) -> Iterator[str]:
    """Add the buckets up: each holds what is in it, and Prometheus wants what is below it."""
    for labels, buckets in sorted(_by_labels(family.values).items()):
        below, comma = 0.0, "," if labels else ""
        for bound in sorted({*buckets, *family.bounds, float("inf")}):
            below += buckets.get(bound, 0.0)
            yield _sample(f"{family.name}_bucket", f'{labels}{comma}le="{_number(bound)}"', below)
        yield _sample(f"{family.name}_sum", labels, (family.sums or {}).get(labels, 0.0))
        yield _sample(f"{family.name}_count", labels, below)


def _by_labels(values: Values) -> dict[str, dict[float, float]]:
    """Return the buckets of each set of labels; the bound is the last label."""
    held: dict[str, dict[float, float]] = {}
    for labels, value in values.items():
        others, _, bound = labels.rpartition('le="')
        held.setdefault(others.rstrip(","), {})[float(bound.rstrip('"'))] = value
    return held


def _sample(name: str, labels: str, value: float) -> str:
    return f"{name}{{{labels}}} {_number(value)}" if labels else f"{name} {_number(value)}"


def _number(value: float) -> str:
    if value == float("inf"):
        return "+Inf"
    return str(int(value)) if value == int(value) else f"{value:.12g}"
