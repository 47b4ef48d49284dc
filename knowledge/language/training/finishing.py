"""After tuning: fit and blend the heads of every shipped task, save them, log their scores."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.language.ngrams import hashed
from knowledge.language.training import weights
from knowledge.language.training.assembly import Head, Slice, assemble
from knowledge.language.training.fitting import Linear
from knowledge.language.training.rows import SHIPPED, Row
from knowledge.language.training.scores import METRICS

Floats = NDArray[np.float32]
_HELD_SHARE, _HELD_MOST = 10, 1500
_BUCKETS = 2**16
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Corpus:
    """All rows, training before development, with what both encoders made of each."""

    learnable: Sequence[Row]
    development: Sequence[Row]
    held: frozenset[int]
    base: Floats
    tuned: Floats

    def sliced(self, task: str, part: str) -> Slice:
        """Return a task's rows that were learned, held out of tuning, or for development."""
        every, limit = [*self.learnable, *self.development], len(self.learnable)
        places = [
            place
            for place, row in enumerate(every)
            if row.task == task and part == _part(place, limit, self.held)
        ]
        grams = hashed([every[place].text for place in places], _BUCKETS).sparse()
        targets = np.array([every[place].targets for place in places], dtype=np.float32)
        return Slice(self.base[places], self.tuned[places], grams, targets)


def held_out(rows: Sequence[Row]) -> frozenset[int]:
    """Keep a tenth of each shipped task away from tuning; rows come in a random order."""
    held: set[int] = set()
    for task in SHIPPED:
        mine = [place for place, row in enumerate(rows) if row.task == task]
        held |= set(mine[: min(len(mine) // _HELD_SHARE, _HELD_MOST)])
    return frozenset(held)


def finish(
    path: Path,
    corpus: Corpus,
    deltas: Mapping[str, tuple[Any, Any]],
    heads: Mapping[str, Linear],
) -> None:
    """Write the weight file and log one line of scores a task."""
    shipped: dict[str, Head] = {}
    for task in SHIPPED:
        learned, held, checks = (
            corpus.sliced(task, part) for part in ("learned", "held", "checks")
        )
        shipped[task], found = assemble(task, learned, held, checks, heads.get(task))
        steps = "  ".join(f"{name} {value:.1f}" for name, value in found.items())
        _log.info("%s (%s): %s", task, METRICS[task], steps)
    weights.save(path, deltas, shipped)


def _part(place: int, limit: int, held: frozenset[int]) -> str:
    if place >= limit:
        return "checks"
    return "held" if place in held else "learned"
