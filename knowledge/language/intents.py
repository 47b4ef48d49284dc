"""What a text wants: one classifier an audience, trained from examples and kept in the cache."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.audience import Audience
from knowledge.language.classifier import Classifier, Progress, energy, silent, train
from knowledge.language.clauses import clauses
from knowledge.language.encoder import Encoder
from knowledge.language.examples import IntentExamples
from knowledge.language.found import Found
from knowledge.language.normalise import plain
from knowledge.language.standins import only_data

CLEAR = 0.5  # how sure a part of a message must be to count
SHOWN = 4  # intents reported for the whole message
FARFETCHED = 0.5  # what is left of the confidence in a text unlike anything known


class Intents:
    """Recognises the intents of one audience."""

    def __init__(
        self,
        examples: Sequence[IntentExamples],
        audience: Audience,
        encoder: Encoder,
        cache: Path,
        progress: Progress = silent,
    ) -> None:
        self._encoder = encoder
        rows = [(plain(text), entry.intent) for entry in examples for text in entry.examples
                if audience in entry.audience]  # fmt: skip
        content = json.dumps([encoder.key, rows], ensure_ascii=False)
        key = hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=8).hexdigest()
        self._classifier = _trained(
            rows, encoder, cache / f"intents-{audience}-{key}.npz", progress
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Return every intent this audience can have."""
        return self._classifier.labels

    def read(self, text: str, vector: np.ndarray | None = None) -> list[Found]:
        """Return the intents of the whole text and of its parts, best first."""
        parts = [part for part in clauses(text) if not only_data(part)]
        parts = [text, *parts] if len(parts) > 1 else [text]
        read = [plain(part) for part in parts]
        vectors = self._encoder.meaning(read) if len(read) > 1 or vector is None else vector
        shares = self.shares(vectors, read)
        whole = [
            Found(self.names[place], float(shares[0][place]), text) for place in _top(shares[0])
        ]
        best = [(part, _top(row)[0], row) for part, row in zip(parts, shares, strict=True)][1:]
        clear = [Found(self.names[p], float(row[p]), part) for part, p, row in best]
        return sorted(_merged(whole, clear), key=lambda one: -one.confidence)

    def shares(self, vectors: np.ndarray, plain: Sequence[str]) -> np.ndarray:
        """Return calibrated confidences, lowered where a text is like nothing known."""
        scores = self._classifier.scores(vectors, plain)
        strange = energy(scores) < self._classifier.threshold
        shares = self._classifier.probabilities(scores)
        return np.asarray(np.where(strange[:, None], FARFETCHED * shares, shares))


def _top(row: np.ndarray) -> list[int]:
    return [int(place) for place in np.argsort(-row)[:SHOWN]]


def _merged(whole: list[Found], parts: list[Found]) -> list[Found]:
    """Join what the parts say; parts that want the same are one wish unless each is a question."""
    wishes: list[Found] = []
    for name in dict.fromkeys(part.name for part in parts):
        same = [part for part in parts if part.name == name and part.confidence >= CLEAR]
        questions = [part for part in same if part.text.endswith("?")]
        wishes += questions if len(questions) > 1 else _one(same, whole[0].text)
    known = {wish.name for wish in wishes}
    return wishes + [one for one in whole if one.name not in known]


def _one(same: list[Found], text: str) -> list[Found]:
    if not same:
        return []
    confidence = max(part.confidence for part in same)
    return [Found(same[0].name, confidence, same[0].text if len(same) == 1 else text)]


def _trained(
    rows: list[tuple[str, str]], encoder: Encoder, file: Path, progress: Progress
) -> Classifier:
    try:
        return Classifier.load(file)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):  # not there yet, or damaged
        pass
    texts, labels = [text for text, _ in rows], [label for _, label in rows]
    progress(f"learning {len(set(labels))} intents from {len(rows)} examples")
    classifier = train(encoder.meaning(texts), texts, labels, progress)
    file.parent.mkdir(parents=True, exist_ok=True)
    classifier.save(file)
    return classifier
