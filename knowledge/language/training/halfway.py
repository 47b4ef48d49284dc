"""Tokens and cached halfway states: the frozen layers run once a row, not once an epoch."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.language.training import minilm

MAXIMUM_TOKENS = 128
_BATCH_TOKENS = 4096
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Halfway:
    """The states after the shared layers, all tokens in one array, and where each text starts."""

    states: Any
    starts: NDArray[np.int64]
    base: NDArray[np.float32]  # the untouched encoder's average, for the baseline

    def lengths(self) -> NDArray[np.int64]:
        """Return how many tokens each text has."""
        return np.diff(self.starts)

    def batch(self, places: Sequence[int]) -> tuple[Any, Any]:
        """Return padded states and the mask of real tokens."""
        longest = int(self.lengths()[list(places)].max())
        hidden = torch.zeros(len(places), longest, minilm.WIDTH)
        mask = torch.zeros(len(places), longest, dtype=torch.bool)
        for row, place in enumerate(places):
            start, end = self.starts[place], self.starts[place + 1]
            hidden[row, : end - start] = self.states[start:end].float()
            mask[row, : end - start] = True
        return hidden, mask


def prepare(weights: minilm.Weights, tokenizer: Path, texts: Sequence[str]) -> Halfway:
    """Tokenise the texts and run the frozen layers over them."""
    ids = _tokens(tokenizer, texts)
    starts = np.cumsum([0, *map(len, ids)])
    states = torch.empty(int(starts[-1]), minilm.WIDTH, dtype=torch.float16)
    base = np.empty((len(ids), minilm.WIDTH), dtype=np.float32)
    for count, places in enumerate(batches([len(one) for one in ids])):
        if count % 100 == 0:
            _log.info("frozen layers, batch %d", count)
        hidden, mask, final = _run(weights, [ids[place] for place in places])
        base[places] = minilm.pooled(final, mask).numpy()
        for row, place in enumerate(places):
            states[starts[place] : starts[place + 1]] = hidden[row, : len(ids[place])].half()
    return Halfway(states, starts, base)


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield places of texts of like length, a bounded number of tokens at a time."""
    group: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        if group and (len(group) + 1) * lengths[place] > _BATCH_TOKENS:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _tokens(path: Path, texts: Sequence[str]) -> list[list[int]]:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAXIMUM_TOKENS)
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


def _run(weights: minilm.Weights, rows: Sequence[list[int]]) -> tuple[Any, Any, Any]:
    longest = max(map(len, rows))
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for row, one in enumerate(rows):
        ids[row, : len(one)] = torch.tensor(one)
        mask[row, : len(one)] = True
    with torch.inference_mode():
        hidden = minilm.embedded(weights, ids)
        hidden = minilm.layered(weights, hidden, mask, range(minilm.SHARED), {})
        final = minilm.layered(weights, hidden, mask, range(minilm.SHARED, minilm.LAYERS), {})
    return hidden, mask, final
