"""The classifier learns from a handful of rows, knows what it does not know, and can be kept."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.language.classifier import Classifier, energy, train
from knowledge.language.encoder import Encoder
from knowledge.language.examples import IntentExamples
from knowledge.language.intents import CLEAR, Intents
from knowledge.language.standins import in_words

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


def taught_on(rows: dict[str, list[str]], data: Path, folder: Path) -> Intents:
    entries = [
        IntentExamples(intent=name, audience=["customer"], about="a", option="o", examples=texts)
        for name, texts in rows.items()
    ]
    return Intents(entries, "customer", Encoder(data / "cache"), folder)


def test_a_damaged_file_is_learned_again(data: Path, tmp_path: Path) -> None:
    for content in (None, b"not a zip", b""):
        for file in tmp_path.glob("intents-*.npz") if content is not None else ():
            file.write_bytes(content or b"")
        assert taught_on(ROWS, data, tmp_path).names == ("refund", "weather")


def test_a_placeholder_is_learned_and_read_as_a_word(data: Path, tmp_path: Path) -> None:
    asked = ["where is <ORDER_1>", "track <ORDER_1>", "any news on <ORDER_2>", "<ORDER_1> is late"]
    spelt = taught_on({**ROWS, "order": asked}, data, tmp_path)
    words = taught_on({**ROWS, "order": [in_words(one) for one in asked]}, data, tmp_path)
    for text in ("is <ORDER_7> on its way", f"is {in_words('<ORDER_7>')} on its way"):
        assert certain(spelt, text) == certain(words, text)
        assert certain(spelt, text)[0][0] == "order"


def test_who_writes_is_not_what_is_wanted(data: Path, tmp_path: Path) -> None:
    told = ["Ann here", "this is Bob", "it's me, Carla", "Maria here", "I am Dan", "Eve speaking"]
    intents = taught_on({**ROWS, "hello": told}, data, tmp_path)
    asked = "Will it rain tomorrow? And how do I get my payment back?"
    named = [name for name, _ in certain(intents, asked)]
    assert [name for name, _ in certain(intents, f"<PERSON_1> here. {asked}")] == named


def certain(intents: Intents, text: str) -> list[tuple[str, float]]:
    found = [(one.name, one.confidence) for one in intents.read(text)]
    return [one for one in found if one[1] >= CLEAR]


def test_it_can_be_kept(taught: tuple[Encoder, Classifier], tmp_path: Path) -> None:
    encoder, classifier = taught
    classifier.save(tmp_path / "kept.npz")
    again = Classifier.load(tmp_path / "kept.npz")
    texts = ["refund"]
    vectors = encoder.meaning(texts)
    assert np.allclose(again.scores(vectors, texts), classifier.scores(vectors, texts))
