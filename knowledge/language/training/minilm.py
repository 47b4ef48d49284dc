"""MiniLM in plain torch: a frozen lower half to cache, an upper half with low-rank deltas."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch.nn import functional

LAYERS, ATTENTION_HEADS, WIDTH = 6, 12, 384
SHARED = 3  # layers below this one stay as they are
OFFICIAL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MATRICES = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip

Weights = Mapping[str, Any]
Deltas = dict[str, tuple[Any, Any]]  # matrix name: (down to the rank, up again)


def load(path: Path) -> Weights:
    """Read the official weights, and no others."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != OFFICIAL:
        raise SystemExit(f"{path.name} is not the official all-MiniLM-L6-v2 file")
    return load_file(path)


def fresh_deltas(weights: Weights, rank: int) -> Deltas:
    """Return deltas that change nothing yet: the upward half is zero."""
    deltas: Deltas = {}
    for layer in range(SHARED, LAYERS):
        for matrix in MATRICES:
            name = f"encoder.layer.{layer}.{matrix}.weight"
            height, width = weights[name].shape
            down = torch.randn(rank, width) / width**0.5
            deltas[name] = (down.requires_grad_(), torch.zeros(height, rank, requires_grad=True))
    return deltas


def embedded(weights: Weights, ids: Any) -> Any:
    """Return the sum of word, place and kind vectors, normalised."""
    words = weights["embeddings.word_embeddings.weight"][ids]
    places = weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    return _norm(weights, "embeddings.LayerNorm", words + places + kind)


def layered(
    weights: Weights, hidden: Any, mask: Any, layers: range, deltas: Deltas, dropout: float = 0.0
) -> Any:
    """Run the layers over hidden states (rows, tokens, width)."""
    penalty = (mask[:, None, None, :].float() - 1.0) * 10_000.0
    for layer in layers:
        hidden = _layer(weights, f"encoder.layer.{layer}", hidden, penalty, deltas, dropout)
    return hidden


def pooled(hidden: Any, mask: Any) -> Any:
    """Average the hidden states of the real tokens."""
    real = mask[:, :, None].float()
    return (hidden * real).sum(1) / real.sum(1)


def _layer(
    weights: Weights, name: str, hidden: Any, penalty: Any, deltas: Deltas, dropout: float
) -> Any:
    def linear(matrix: str, value: Any) -> Any:
        return _linear(weights, deltas, f"{name}.{matrix}", value, dropout)

    def heads(matrix: str) -> Any:
        split = (*hidden.shape[:2], ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        return linear(f"attention.self.{matrix}", hidden).view(split).transpose(1, 2)

    mixed = functional.scaled_dot_product_attention(
        heads("query"), heads("key"), heads("value"), attn_mask=penalty
    )
    mixed = linear("attention.output.dense", mixed.transpose(1, 2).reshape(hidden.shape))
    mixed = functional.dropout(mixed, dropout, dropout > 0)
    hidden = _norm(weights, f"{name}.attention.output.LayerNorm", hidden + mixed)
    wide = functional.gelu(linear("intermediate.dense", hidden))
    narrow = functional.dropout(linear("output.dense", wide), dropout, dropout > 0)
    return _norm(weights, f"{name}.output.LayerNorm", hidden + narrow)


def _linear(weights: Weights, deltas: Deltas, name: str, value: Any, dropout: float) -> Any:
    result = functional.linear(value, weights[f"{name}.weight"], weights[f"{name}.bias"])
    if f"{name}.weight" in deltas:
        down, up = deltas[f"{name}.weight"]
        result = result + functional.linear(functional.linear(value, down), up)
    return result


def _norm(weights: Weights, name: str, value: Any) -> Any:
    scale, shift = weights[f"{name}.weight"], weights[f"{name}.bias"]
    return functional.layer_norm(value, (WIDTH,), scale, shift, 1e-12)
