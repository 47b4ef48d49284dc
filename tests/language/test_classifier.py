"""The classifier learns from a handful of rows, knows what it does not know, and can be kept."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.language.classifier import Classifier, energy, train
from knowledge.language.encoder import Encoder
from knowledge.language.examples import IntentExamples
from knowledge.language.intents import Intents

ROWS = {
    "refund": ["I want my money back", "please refund me", "refund the order", "money back now",
               "can I get a refund", "return my payment", "give me back what I paid", "refund?"],
    "weather": ["will it rain", "is it sunny today", "what is the weather", "snow tomorrow?",
                "how warm is it", "forecast for monday", "is a storm coming", "rain again?"],
}  # fmt: skip


@pytest.fixture(scope="module")
def taught(data: Path) -> tuple[Encoder, Classifier]:
    encoder = Encoder(data / "cache")
    texts = [text for rows in ROWS.values() for text in rows]
    labels = [label for label, rows in ROWS.items() for _ in rows]
    return encoder, train(encoder.meaning(texts), texts, labels)


def test_it_learns(taught: tuple[Encoder, Classifier]) -> None:
    encoder, classifier = taught
    texts = ["I would like to be refunded", "how cold will it get"]
    shares = classifier.probabilities(classifier.scores(encoder.meaning(texts), texts))
    assert [classifier.labels[place] for place in shares.argmax(axis=1)] == ["refund", "weather"]
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-4)


def test_nonsense_is_less_known_than_sense(taught: tuple[Encoder, Classifier]) -> None:
    encoder, classifier = taught
    texts = ["refund my money please", "xq zzv 9 plugh"]
    sense, nonsense = energy(classifier.scores(encoder.meaning(texts), texts))
    assert sense > nonsense


def test_a_damaged_file_is_learned_again(data: Path, tmp_path: Path) -> None:
    entry = IntentExamples(
        intent="refund", audience=["customer"], about="a", option="o", examples=ROWS["refund"]
    )
    other = entry.model_copy(update={"intent": "weather", "examples": ROWS["weather"]})
    for content in (None, b"not a zip", b""):
        for file in tmp_path.glob("intents-*.npz") if content is not None else ():
            file.write_bytes(content or b"")
        intents = Intents([entry, other], "customer", Encoder(data / "cache"), tmp_path)
        assert intents.names == ("refund", "weather")


def test_a_placeholder_says_nothing_of_what_is_wanted(data: Path, tmp_path: Path) -> None:
    entries = [
        IntentExamples(intent=name, audience=["customer"], about="a", option="o", examples=rows)
        for name, rows in ROWS.items()
    ]
    intents = Intents(entries, "customer", Encoder(data / "cache"), tmp_path)
    spelt, written = intents.read("is it sunny, <PERSON_1>?"), intents.read("is it sunny, Maria?")
    assert [one.confidence for one in spelt] == [one.confidence for one in written]
    found = intents.read("<PERSON_1> here. Will it rain tomorrow? Then refund my payment.")
    assert "<PERSON_1> here." not in {one.text for one in found}


def test_it_can_be_kept(taught: tuple[Encoder, Classifier], tmp_path: Path) -> None:
    encoder, classifier = taught
    classifier.save(tmp_path / "kept.npz")
    again = Classifier.load(tmp_path / "kept.npz")
    texts = ["refund"]
    vectors = encoder.meaning(texts)
    assert np.allclose(again.scores(vectors, texts), classifier.scores(vectors, texts))
