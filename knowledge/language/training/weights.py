"""Write the shipped weight file: 16-bit numbers, n-gram weights in 8 bits, nothing pickled."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.language.training.assembly import Head
from knowledge.language.training.rows import LABELS

_STEPS = 127


def save(path: Path, deltas: Mapping[str, tuple[Any, Any]], heads: Mapping[str, Head]) -> None:
    """Write the deltas and heads, a few megabytes."""
    stored: dict[str, NDArray[Any]] = {}
    for name, (down, up) in deltas.items():
        stored[f"{name}.down"] = np.asarray(down, dtype=np.float16)
        stored[f"{name}.up"] = np.asarray(up, dtype=np.float16)
    for task, head in heads.items():
        stored |= {f"{task}.{part}": value for part, value in _parts(task, head).items()}
    np.savez_compressed(path, allow_pickle=False, **stored)


def _parts(task: str, head: Head) -> dict[str, NDArray[Any]]:
    scale = np.abs(head.grams.weight).max(1) / _STEPS + 1e-12
    return {
        "labels": np.array(LABELS[task]),
        "weight": head.dense.weight.astype(np.float16),
        "bias": (head.dense.bias + head.grams.bias).astype(np.float32),
        "grams": np.round(head.grams.weight / scale[:, None]).astype(np.int8),
        "scale": scale.astype(np.float32),
        "cuts": head.cuts.astype(np.float32),
    }
