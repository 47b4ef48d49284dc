"""Tune the branch that tags names: low-rank deltas, the look of words, and a head a word piece."""

import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from knowledge.language.training import minilm
from knowledge.language.training.halfway import Halfway
from knowledge.language.words import SHAPES

LABELS = 4  # nothing, person, place, company
IGNORED = -100
_UPPER = range(minilm.SHARED, minilm.LAYERS)
_CLOSE = 20  # batches whose texts are sorted by length together
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plan:
    """The choices of one run."""

    rank: int = 16
    epochs: int = 2
    batch: int = 40
    rate: float = 1e-3
    decay: float = 0.01
    dropout: float = 0.1
    smoothing: float = 0.02
    names_count: float = 1.5  # times a word that names nothing
    seed: int = 7


@dataclass(frozen=True)
class Pieces:
    """All word pieces of all texts: states half-way, how their words look, and their labels."""

    states: Halfway
    shapes: NDArray[np.float32]
    labels: NDArray[np.int64]

    def batch(self, places: Sequence[int]) -> tuple[Any, Any, Any, Any]:
        """Return states, mask, shapes and labels, padded."""
        hidden, mask = self.states.batch(places)
        shapes = torch.zeros(*mask.shape, len(SHAPES))
        labels = torch.full(mask.shape, IGNORED)
        for row, place in enumerate(places):
            start, end = self.states.starts[place], self.states.starts[place + 1]
            shapes[row, : end - start] = torch.from_numpy(self.shapes[start:end])
            labels[row, : end - start] = torch.from_numpy(self.labels[start:end])
        return hidden, mask, shapes, labels


@dataclass(frozen=True)
class Branch:
    """What turns MiniLM's upper half into a tagger."""

    deltas: minilm.Deltas
    shapes: Any
    head: Any
    bias: Any

    def scores(self, weights: minilm.Weights, batch: tuple[Any, Any, Any], dropout: float) -> Any:
        """Return a score a label for each word piece."""
        hidden, mask, shapes = batch
        hidden = hidden + shapes @ self.shapes
        final = minilm.layered(weights, hidden, mask, _UPPER, self.deltas, dropout)
        return functional.dropout(final, dropout, dropout > 0) @ self.head.T + self.bias

    def plain(self) -> dict[str, NDArray[Any]]:
        """Return it as arrays, free of torch."""
        stored: dict[str, NDArray[Any]] = {}
        for name, (down, up) in self.deltas.items():
            stored[f"{name}.down"] = down.detach().numpy().astype(np.float16)
            stored[f"{name}.up"] = up.detach().numpy().astype(np.float16)
        for name in ("shapes", "head", "bias"):
            stored[name] = getattr(self, name).detach().numpy()
        return stored


def tune(weights: minilm.Weights, pieces: Pieces, count: int, plan: Plan) -> Branch:
    """Train on the first texts, ``count`` of them."""
    torch.manual_seed(plan.seed)
    branch = _fresh(weights, plan)
    groups = list(_groups(pieces.states.lengths()[:count], plan))
    optimiser, rates = _optimiser(branch, plan, len(groups))
    counts = torch.tensor([1.0, plan.names_count, plan.names_count, 1.0])
    for step, group in enumerate(groups):
        *batch, labels = pieces.batch(group)
        scores = branch.scores(weights, tuple(batch), plan.dropout)
        loss = functional.cross_entropy(
            scores.view(-1, LABELS), labels.view(-1), weight=counts, label_smoothing=plan.smoothing
        )
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        rates.step()
        if step % 100 == 0:
            _log.info("step %d of %d, loss %.3f", step, len(groups), float(loss.detach()))
    return branch


def averaged(one: Branch, other: Branch) -> Branch:
    """Return the branch half-way between two; the sum of two deltas is one of twice the rank."""
    deltas = {}
    for name, (down, up) in one.deltas.items():
        more_down, more_up = other.deltas[name]
        deltas[name] = torch.cat([down, more_down], 0), torch.cat([up / 2, more_up / 2], 1)
    parts = ("shapes", "head", "bias")
    halves = {part: (getattr(one, part) + getattr(other, part)) / 2 for part in parts}
    return Branch(deltas, **halves)


def _fresh(weights: minilm.Weights, plan: Plan) -> Branch:
    deltas = minilm.fresh_deltas(weights, plan.rank)
    shapes = (torch.randn(len(SHAPES), minilm.WIDTH) * 0.02).requires_grad_()
    head = torch.zeros(LABELS, minilm.WIDTH, requires_grad=True)
    return Branch(deltas, shapes, head, torch.zeros(LABELS, requires_grad=True))


def _optimiser(branch: Branch, plan: Plan, steps: int) -> tuple[Any, Any]:
    inner = [half for pair in branch.deltas.values() for half in pair]
    outer = [branch.shapes, branch.head, branch.bias]
    optimiser = torch.optim.AdamW(
        [{"params": inner, "lr": plan.rate}, {"params": outer, "lr": 3 * plan.rate}],
        weight_decay=plan.decay,
    )
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [plan.rate, 3 * plan.rate], total_steps=steps + 1, pct_start=0.1
    )
    return optimiser, rates


def _groups(lengths: NDArray[np.int64], plan: Plan) -> Iterator[list[int]]:
    """Yield batches of texts of like length, in an order of chance, an epoch after the other."""
    chance = random.Random(plan.seed)
    for _ in range(plan.epochs):
        places = list(range(len(lengths)))
        chance.shuffle(places)
        width = plan.batch * _CLOSE
        groups = []
        for start in range(0, len(places), width):
            near = sorted(places[start : start + width], key=lambda place: lengths[place])
            groups += [near[at : at + plan.batch] for at in range(0, len(near), plan.batch)]
        chance.shuffle(groups)
        yield from groups
