"""Tune the deltas and one linear head a task together, on all tasks at once."""

import itertools
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from knowledge.language.training import minilm
from knowledge.language.training.fitting import Linear
from knowledge.language.training.halfway import Halfway, batches
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
_REPORT = 100


@dataclass(frozen=True)
class Plan:
    """The choices of one tuning run."""

    rank: int = 16
    epochs: int = 4
    batch: int = 32
    rate: float = 8e-4
    head_rate: float = 2e-3
    decay: float = 0.01
    dropout: float = 0.1
    smoothing: float = 0.05
    seed: int = 7


@dataclass(frozen=True)
class Tuned:
    """The deltas and, for each task, a weight matrix and a bias."""

    deltas: minilm.Deltas
    heads: Mapping[str, tuple[Any, Any]]


def tune(
    weights: minilm.Weights,
    halfway: Halfway,
    rows: Sequence[Row],
    places: Sequence[int],
    plan: Plan,
) -> Tuned:
    """Train on the rows at the given places."""
    torch.manual_seed(plan.seed)
    deltas = minilm.fresh_deltas(weights, plan.rank)
    heads = {task: _head(task) for task in LABELS}
    schedule = list(_schedule(halfway, rows, places, plan))
    visits = [place for batch in schedule for place in batch]
    tuned, importance = Tuned(deltas, heads), _importance(rows, visits)
    optimiser, rates = _optimiser(tuned, plan, len(schedule))
    started, running = time.monotonic(), 0.0
    for step, batch in enumerate(schedule):
        hidden, mask = halfway.batch(batch)
        final = minilm.layered(
            weights, hidden, mask, range(minilm.SHARED, minilm.LAYERS), deltas, plan.dropout
        )
        loss = _loss(tuned, minilm.pooled(final, mask), [rows[i] for i in batch], importance, plan)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        rates.step()
        running += 0.02 * (float(loss.detach()) - running)
        if step % _REPORT == 0:
            print(f"step {step}/{len(schedule)} loss {running:.3f} "
                  f"after {time.monotonic() - started:.0f} s", flush=True)  # fmt: skip
    return tuned


def pooled(weights: minilm.Weights, halfway: Halfway, deltas: minilm.Deltas) -> NDArray[np.float32]:
    """Return the tuned average of every text."""
    result = np.empty((len(halfway.lengths()), minilm.WIDTH), dtype=np.float32)
    upper = range(minilm.SHARED, minilm.LAYERS)
    with torch.inference_mode():
        for places in batches(halfway.lengths().tolist()):
            hidden, mask = halfway.batch(places)
            final = minilm.layered(weights, hidden, mask, upper, deltas)
            result[places] = minilm.pooled(final, mask).numpy()
    return result


def plain(tuned: Tuned) -> tuple[dict[str, tuple[Any, Any]], dict[str, Linear]]:
    """Return the deltas and heads as arrays, free of torch."""
    deltas = {
        name: (down.detach().numpy(), up.detach().numpy())
        for name, (down, up) in tuned.deltas.items()
    }
    heads = {
        task: Linear(weight.detach().numpy(), bias.detach().numpy())
        for task, (weight, bias) in tuned.heads.items()
    }
    return deltas, heads


def _head(task: str) -> tuple[Any, Any]:
    count = len(LABELS[task])
    return (
        torch.zeros(count, minilm.WIDTH, requires_grad=True),
        torch.zeros(count, requires_grad=True),
    )


def _importance(rows: Sequence[Row], places: Sequence[int]) -> dict[tuple[str, int], float]:
    """Weigh a (task, label) so that tasks keep their share and labels are half-way balanced."""
    counts: dict[tuple[str, int], float] = {}
    for place in places:
        key = (rows[place].task, _main(rows[place]))
        counts[key] = counts.get(key, 0.0) + 1.0
    result = {}
    for task in LABELS:
        mine = {key: count for key, count in counts.items() if key[0] == task}
        rooted = {key: 1.0 if task in MANY else count**-0.5 for key, count in mine.items()}
        total = sum(rooted[key] * count for key, count in mine.items())
        result |= {key: _SHARE[task] * value / total for key, value in rooted.items()}
    scale = len(places) / sum(_SHARE.values())
    return {key: value * scale for key, value in result.items()}


def _main(row: Row) -> int:
    return 0 if row.task in MANY else row.targets.index(1.0)


def _schedule(
    halfway: Halfway, rows: Sequence[Row], places: Sequence[int], plan: Plan
) -> Iterator[list[int]]:
    """Yield shuffled batches whose rows are about equally long, epoch after epoch."""
    chance, lengths = random.Random(plan.seed), halfway.lengths()
    rounds = [
        itertools.cycle(chance.sample(mine, len(mine)))
        for task in LABELS
        if (mine := [place for place in places if rows[place].task == task])
    ]
    sizes = [
        round(_PART[task] * sum(rows[place].task == task for place in places)) for task in LABELS
    ]
    for _ in range(plan.epochs):
        visited = [
            p for one, size in zip(rounds, sizes, strict=True) for p in itertools.islice(one, size)
        ]
        order = sorted(visited, key=lambda place: lengths[place] * chance.uniform(0.9, 1.1))
        groups = [order[i : i + plan.batch] for i in range(0, len(order), plan.batch)]
        chance.shuffle(groups)
        yield from groups


def _optimiser(tuned: Tuned, plan: Plan, steps: int) -> tuple[Any, Any]:
    inner = [half for pair in tuned.deltas.values() for half in pair]
    outer = [part for pair in tuned.heads.values() for part in pair]
    optimiser = torch.optim.AdamW(
        [{"params": inner, "lr": plan.rate}, {"params": outer, "lr": plan.head_rate}],
        weight_decay=plan.decay,
    )
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [plan.rate, plan.head_rate], total_steps=steps + 1, pct_start=0.08
    )
    return optimiser, rates


def _loss(
    tuned: Tuned,
    vectors: Any,
    rows: Sequence[Row],
    importance: Mapping[tuple[str, int], float],
    plan: Plan,
) -> Any:
    total = vectors.new_zeros(())
    for task in {row.task for row in rows}:
        mine = [place for place, row in enumerate(rows) if row.task == task]
        targets = torch.tensor([rows[place].targets for place in mine])
        counted = torch.tensor([importance[task, _main(rows[place])] for place in mine])
        weight, bias = tuned.heads[task]
        dropped = functional.dropout(vectors[mine], plan.dropout)
        total = (
            total + (_row_losses(task, dropped @ weight.T + bias, targets, plan) * counted).sum()
        )
    return total / len(rows)


def _row_losses(task: str, logits: Any, targets: Any, plan: Plan) -> Any:
    if task in MANY:
        single = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
        return single.sum(1) / 2
    return functional.cross_entropy(
        logits, targets, reduction="none", label_smoothing=plan.smoothing
    )
