"""The encoder is built once, from the official weights, and mends itself."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from knowledge.language import encoder as module
from knowledge.language.encoder import Encoder, EncoderError


@pytest.fixture(scope="module")
def encoder(data: Path) -> Encoder:
    return Encoder(data / "cache")


def nearness(encoder: Encoder, one: str, other: str) -> float:
    first, second = encoder.meaning([one, other])
    return float(first @ second)


def test_near_meanings_are_near(encoder: Encoder) -> None:
    near = nearness(encoder, "How do I get my money back?", "I would like a refund")
    far = nearness(encoder, "How do I get my money back?", "The weather is nice today")
    assert near > far + 0.3


def test_a_batch_reads_like_one_by_one(encoder: Encoder) -> None:
    texts = ["hello", "a much longer sentence about an invoice that never came " * 4, "", "ok?"]
    together, apart = encoder.meaning(texts), [encoder.meaning([text])[0] for text in texts]
    # Eight-bit steps are chosen a batch, so the last digits may differ.
    assert np.allclose(together, np.stack(apart), atol=0.06)


def test_both_is_meaning_and_mood(encoder: Encoder) -> None:
    meaning, mood = encoder.both(["what a day"])
    assert np.allclose(meaning, encoder.meaning(["what a day"]))
    assert np.allclose(mood, encoder.mood(["what a day"]))


def test_a_damaged_cache_is_built_again(data: Path) -> None:
    (folder,) = (data / "cache").glob("encoder-*")
    file = folder / "meaning.onnx"
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    assert Encoder(data / "cache").meaning(["hello"]).shape == (1, 384)
    assert file.read_bytes() == content


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OFFICIAL", "0" * 64)
    with pytest.raises(EncoderError, match="not the official ones"):
        Encoder(tmp_path).meaning(["hello"])
    assert list(tmp_path.glob("encoder-*")) == []


def test_two_neighbours_fit_into_sixteen_bits(encoder: Encoder, data: Path) -> None:
    encoder.meaning(["hello"])
    (folder,) = (data / "cache").glob("encoder-*")
    seen = 0
    for file in folder.glob("*.onnx"):
        for one in onnx.load(file).graph.initializer:
            if one.data_type == onnx.TensorProto.INT8 and not one.name.startswith("words"):
                weight = numpy_helper.to_array(one).astype(np.int32)
                pairs = weight.reshape(-1, 2, weight.shape[1])
                # An activation is 255 at most; older processors add two products in 16 bits.
                assert pairs.clip(min=0).sum(axis=1).max() * 255 < 2**15
                assert pairs.clip(max=0).sum(axis=1).min() * 255 >= -(2**15)
                seen += 1
    assert seen == 4 * 12  # four matrices a layer, three layers a graph
