"""MiniLM as ONNX graphs: a trunk of three layers, and three more for meaning, mood and names.

The branches for mood and names have the same layers with a tuned delta added; everything
multiplies in 8 bits.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

Weights = Mapping[str, NDArray[np.float32]]

LAYERS, HEADS, WIDTH = 6, 12, 384
SHARED = 3  # the mood branch leaves the trunk after this many layers
OPSET = 20  # the first with Gelu as one operator
MOST = 128  # that two neighbours weigh together: 255 times 129 does not fit into 16 bits


def build(weights: Weights, mood: Weights, names: Weights) -> dict[str, ModelProto]:
    """Return the graphs by name; ``mood`` and ``names`` are added to the weights."""
    return {
        "trunk": _Network(weights, {}).trunk(),
        "meaning": _Network(weights, {}).branch(),
        "mood": _Network(weights, mood).branch(),
        "names": _Network(weights, names).tagger(),
    }


def names(file: Path) -> dict[str, NDArray[np.float32]]:
    """Read what turns the branch into a tagger."""
    with np.load(file, allow_pickle=False) as stored:
        found = {name: stored[name].astype(np.float32) for name in stored.files}
    whole = [name.removesuffix(".down") for name in found if name.endswith(".down")]
    return found | {name: found[f"{name}.up"] @ found[f"{name}.down"] for name in whole}


class _Network:
    def __init__(self, weights: Weights, delta: Weights) -> None:
        self.weights, self.delta = weights, delta
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}
        self.seen: set[str] = set()

    def trunk(self) -> ModelProto:
        """Words to hidden states after the shared layers."""
        self.padding()
        hidden = self.embeddings()
        for layer in range(SHARED):
            hidden = self.layer(hidden, layer)
        self.op("Identity", hidden, output="hidden")
        return self.model([_info("ids", "bt")], _info("hidden", "btw"))

    def branch(self) -> ModelProto:
        """Hidden states to one vector a text: the mean over its words."""
        self.padding()
        hidden = "hidden"
        for layer in range(SHARED, LAYERS):
            hidden = self.layer(hidden, layer)
        axis = self.constant("axis1", [1], np.int64)
        total = self.op("ReduceSum", self.op("Mul", hidden, "weight"), axis, keepdims=0)
        count = self.op("ReduceSum", "weight", axis, keepdims=0)
        self.op("Div", total, count, output="pooled")
        return self.model([_info("hidden", "btw")], _info("pooled", "bw"))

    def tagger(self) -> ModelProto:
        """Hidden states, and how the words are written, to the share of each label a piece."""
        self.padding()
        written = self.op("MatMul", "shapes", self.constant("written", self.delta["shapes"]))
        hidden = self.op("Add", "hidden", written)
        for layer in range(SHARED, LAYERS):
            hidden = self.layer(hidden, layer)
        told = self.op("MatMul", hidden, self.constant("head.w", self.delta["head"].T))
        scores = self.op("Add", told, self.constant("head.b", self.delta["bias"]))
        self.op("Softmax", scores, axis=-1, output="shares")
        return self.model([_info("hidden", "btw"), _info("shapes", "bts")], _info("shares", "btl"))

    def model(self, inputs: list[Any], output: Any) -> ModelProto:
        constants = list(self.constants.values())
        inputs = [*inputs, _info("mask", "bt")]
        graph = helper.make_graph(self.nodes, "minilm", inputs, [output], constants)
        opsets = [helper.make_opsetid("", OPSET)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)

    def op(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        name = output or f"{kind}_{len(self.nodes)}"
        node = helper.make_node(kind, list(inputs), [name], name=f"n_{name}", **attributes)
        self.nodes.append(node)
        return name

    def constant(self, name: str, value: Any, dtype: Any = np.float32) -> str:
        if name not in self.constants:
            array = np.asarray(value, dtype=dtype, order="C")
            self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def tensor(self, key: str) -> NDArray[np.float32]:
        value = self.weights[key]
        return value + self.delta[key] if key in self.delta else value

    def embeddings(self) -> str:
        places = self.weights["embeddings.position_embeddings.weight"]
        kinds = self.weights["embeddings.token_type_embeddings.weight"][0]
        length = self.op("Shape", "ids", start=1, end=2)
        start, axis = self.constant("start", [0], np.int64), self.constant("axis0", [0], np.int64)
        place = self.op("Slice", self.constant("places", places + kinds), start, length, axis)
        return self.norm(self.op("Add", self.words(), place), "embeddings.LayerNorm")

    def words(self) -> str:
        """Look words up in a table of bytes with a scale a row."""
        table = self.weights["embeddings.word_embeddings.weight"]
        scale = np.abs(table).max(axis=1, keepdims=True) / 127
        small = self.constant("words.q", np.round(table / scale), np.int8)
        whole = self.op("Cast", self.op("Gather", small, "ids"), to=TensorProto.FLOAT)
        return self.op("Mul", whole, self.op("Gather", self.constant("words.s", scale), "ids"))

    def padding(self) -> None:
        """Write ``penalty``, minus a lot where there is padding, and ``weight``, one where not."""
        real = self.op("Cast", "mask", to=TensorProto.FLOAT)
        gone = self.op("Sub", real, self.constant("one", 1.0))
        wide = self.op("Unsqueeze", gone, self.constant("axis12", [1, 2], np.int64))
        self.op("Mul", wide, self.constant("lot", 10000.0), output="penalty")
        self.op("Unsqueeze", real, self.constant("axis2", [2], np.int64), output="weight")

    def linear(self, x: str, keys: list[str]) -> str:
        """Multiply in 8 bits: activations quantised as they come, weights a scale a column.

        Older processors add the products of two neighbours in 16 bits and cut off what does not
        fit. The scale leaves them room, so that these sums are the same on every processor.
        """
        label = "+".join(keys)
        weight = np.concatenate([self.tensor(f"{key}.weight") for key in keys]).T
        bias = np.concatenate([self.tensor(f"{key}.bias") for key in keys])
        scale = _together(weight) / (MOST - 1)  # rounding adds a half to each of the two
        whole = self.constant(f"{label}.q", np.round(weight / scale), np.int8)
        bytes_, step, zero = self.quantised(x)
        product = self.op("MatMulInteger", bytes_, whole, zero)
        factor = self.op("Mul", step, self.constant(f"{label}.s", scale))
        scaled = self.op("Mul", self.op("Cast", product, to=TensorProto.FLOAT), factor)
        return self.op("Add", scaled, self.constant(f"{label}.b", bias))

    def quantised(self, x: str) -> tuple[str, str, str]:
        names = (f"{x}.bytes", f"{x}.step", f"{x}.zero")
        if x not in self.seen:
            self.seen.add(x)
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], names, name=f"q_{x}"))
        return names

    def norm(self, x: str, key: str) -> str:
        scale = self.constant(f"{key}.w", self.tensor(f"{key}.weight"))
        bias = self.constant(f"{key}.b", self.tensor(f"{key}.bias"))
        return self.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)

    def attention(self, x: str, key: str) -> str:
        parts = [f"{key}.self.{part}" for part in ("query", "key", "value")]
        shape = self.constant("heads", [0, 0, 3, HEADS, WIDTH // HEADS], np.int64)
        joined = self.op("Reshape", self.linear(x, parts), shape)
        split = self.op("Transpose", joined, perm=[2, 0, 3, 1, 4])
        picks = [self.constant(f"pick{i}", i, np.int64) for i in range(3)]
        query, keys, values = (self.op("Gather", split, pick, axis=0) for pick in picks)
        across = self.op("Transpose", keys, perm=[0, 1, 3, 2])
        scale = self.constant("scale", (WIDTH // HEADS) ** -0.5)
        scores = self.op("Add", self.op("Mul", self.op("MatMul", query, across), scale), "penalty")
        mixed = self.op("MatMul", self.op("Softmax", scores, axis=-1), values)
        flat = self.constant("flat", [0, 0, WIDTH], np.int64)
        context = self.op("Reshape", self.op("Transpose", mixed, perm=[0, 2, 1, 3]), flat)
        return self.linear(context, [f"{key}.output.dense"])

    def layer(self, x: str, index: int) -> str:
        key = f"encoder.layer.{index}"
        attended = self.op("Add", self.attention(x, f"{key}.attention"), x)
        x = self.norm(attended, f"{key}.attention.output.LayerNorm")
        inner = self.op("Gelu", self.linear(x, [f"{key}.intermediate.dense"]))
        outer = self.op("Add", self.linear(inner, [f"{key}.output.dense"]), x)
        return self.norm(outer, f"{key}.output.LayerNorm")


def _together(weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the most that two neighbours of a column weigh together, to either side of zero."""
    pairs = weight.reshape(-1, 2, weight.shape[1])
    above, below = pairs.clip(min=0).sum(axis=1), -pairs.clip(max=0).sum(axis=1)
    most: NDArray[np.float32] = np.maximum(above, below).max(axis=0)
    return most


def _info(name: str, axes: str) -> Any:
    kind = TensorProto.INT64 if name in ("ids", "mask") else TensorProto.FLOAT
    return helper.make_tensor_value_info(name, kind, [WIDTH if a == "w" else a for a in axes])
