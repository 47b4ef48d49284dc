"""Tune the deltas and one linear head a task together, on all tasks at once."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from knowledge.language.training import minilm, visits
from knowledge.language.training.fitting import Linear
from knowledge.language.training.halfway import Halfway, batches
from knowledge.language.training.rows import LABELS, MANY, Row

_UPPER = range(minilm.SHARED, minilm.LAYERS)
_REPORT = 100
_log = logging.getLogger(__name__)


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
    stressed: bool = False  # look longer at abuse


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
    tuned = Tuned(minilm.fresh_deltas(weights, plan.rank), {task: _head(task) for task in LABELS})
    lengths = halfway.lengths()
    groups = list(
        visits.schedule(rows, places, lengths, plan.epochs, plan.batch, plan.seed, plan.stressed)
    )
    visited = [place for group in groups for place in group]
    importance = visits.importance(rows, visited, plan.stressed)
    optimiser, rates = _optimiser(tuned, plan, len(groups))
    for step, group in enumerate(groups):
        hidden, mask = halfway.batch(group)
        final = minilm.layered(weights, hidden, mask, _UPPER, tuned.deltas, plan.dropout)
        vectors = minilm.pooled(final, mask)
        loss = _loss(tuned, vectors, [rows[place] for place in group], importance, plan)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        rates.step()
        if step % _REPORT == 0:
            _log.info("step %d of %d, loss %.3f", step, len(groups), float(loss.detach()))
    return tuned


def averaged(one: Tuned, other: Tuned) -> Tuned:
    """Return the run half-way between two; the sum of two deltas is one of twice the rank."""
    deltas = {}
    for name, (down, up) in one.deltas.items():
        more_down, more_up = other.deltas[name]
        deltas[name] = torch.cat([down, more_down], 0), torch.cat([up / 2, more_up / 2], 1)
    heads = {
        task: tuple((a + b) / 2 for a, b in zip(parts, other.heads[task], strict=True))
        for task, parts in one.heads.items()
    }
    return Tuned(deltas, heads)


def pooled(weights: minilm.Weights, halfway: Halfway, deltas: minilm.Deltas) -> NDArray[np.float32]:
    """Return the tuned average of every text."""
    result = np.empty((len(halfway.lengths()), minilm.WIDTH), dtype=np.float32)
    with torch.inference_mode():
        for places in batches(halfway.lengths().tolist()):
            hidden, mask = halfway.batch(places)
            final = minilm.layered(weights, hidden, mask, _UPPER, deltas)
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
    tuned: Tuned, vectors: Any, rows: Sequence[Row], importance: visits.Importance, plan: Plan
) -> Any:
    total = vectors.new_zeros(())
    for task in sorted({row.task for row in rows}):
        mine = [place for place, row in enumerate(rows) if row.task == task]
        targets = torch.tensor([rows[place].targets for place in mine])
        counted = [importance[task, visits.main_label(rows[place])] for place in mine]
        weight, bias = tuned.heads[task]
        logits = functional.dropout(vectors[mine], plan.dropout) @ weight.T + bias
        total = total + (_row_losses(task, logits, targets, plan) * torch.tensor(counted)).sum()
    return total / len(rows)


def _row_losses(task: str, logits: Any, targets: Any, plan: Plan) -> Any:
    if task in MANY:
        single = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
        return single.sum(1) / 2
    return functional.cross_entropy(
        logits, targets, reduction="none", label_smoothing=plan.smoothing
    )
