"""Which rows tuning visits, in which order, and how much each of them counts."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.language.training.rows import LABELS, MANY, Row

# How much a task counts beside the others, whatever its number of rows.
_SHARE: Mapping[str, float] = {
    "sentiment": 1.5, "emotion": 1.2, "irony": 1.2, "abuse": 1.2, "emotions": 1.0,
    "sarcasm": 0.4, "slurs": 0.3,
}  # fmt: skip
# The part of a task's rows that one epoch visits; large tasks come round over several.
_PART: Mapping[str, float] = {
    "sentiment": 0.32, "emotion": 1.0, "irony": 1.0, "abuse": 0.6, "emotions": 0.35,
    "sarcasm": 0.5, "slurs": 0.25,
}  # fmt: skip

# A second run looks longer at abuse; the average of both runs is better than either.
_STRESSED_SHARE = {**_SHARE, "abuse": 2.0, "slurs": 0.5}
_STRESSED_PART = {**_PART, "abuse": 1.0, "emotions": 0.3, "sentiment": 0.25, "slurs": 0.4}

Importance = Mapping[tuple[str, int], float]  # by task and main label


def schedule(
    rows: Sequence[Row],
    places: Sequence[int],
    lengths: NDArray[np.int64],
    epochs: int,
    batch: int,
    seed: int,
    stressed: bool,
) -> Iterator[list[int]]:
    """Yield shuffled batches whose rows are about equally long, epoch after epoch."""
    chance = random.Random(seed)
    part = _STRESSED_PART if stressed else _PART
    rounds = [_round(rows, places, task, part[task], chance) for task in LABELS]
    for _ in range(epochs):
        visited = [place for places, size in rounds for place in itertools.islice(places, size)]
        order = sorted(visited, key=lambda place: lengths[place] * chance.uniform(0.9, 1.1))
        groups = [order[i : i + batch] for i in range(0, len(order), batch)]
        chance.shuffle(groups)
        yield from groups


def _round(
    rows: Sequence[Row], places: Sequence[int], task: str, part: float, chance: random.Random
) -> tuple[Iterator[int], int]:
    mine = [place for place in places if rows[place].task == task]
    return itertools.cycle(chance.sample(mine, len(mine))), round(part * len(mine))


def importance(rows: Sequence[Row], visits: Sequence[int], stressed: bool) -> Importance:
    """Weigh rows so that tasks keep their share and labels are half-way balanced."""
    counts = Counter((rows[place].task, main_label(rows[place])) for place in visits)
    share = _STRESSED_SHARE if stressed else _SHARE
    scale = len(visits) / sum(share.values())
    result: dict[tuple[str, int], float] = {}
    for task in LABELS:
        mine = {key: count for key, count in counts.items() if key[0] == task}
        rooted = {key: count**-0.5 for key, count in mine.items()}
        total = sum(rooted[key] * count for key, count in mine.items())
        result |= {key: scale * share[task] * value / total for key, value in rooted.items()}
    return result


def main_label(row: Row) -> int:
    """Return the place of the row's one label, or 0 where there may be many."""
    return 0 if row.task in MANY else row.targets.index(1.0)
