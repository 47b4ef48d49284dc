"""Reads a message on this machine: intents, mood, language, and phrases that matter."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge.audience import Audience
from knowledge.language.classifier import Progress, silent
from knowledge.language.encoder import SIGNALS, Encoder
from knowledge.language.examples import load
from knowledge.language.found import READ, Found
from knowledge.language.heads import SignalHeads
from knowledge.language.intents import Intents
from knowledge.language.mood import Mood
from knowledge.language.normalise import plain
from knowledge.language.phrases import Phrases
from knowledge.language.standins import in_words
from knowledge.language.tongue import language

SHOUTING = 0.7  # share of capitals


class Reader:
    """The encoder with everything that was learnt on top of it; parts load when first needed."""

    def __init__(
        self, encoder: Encoder, cache: Path, brand: Path | None, progress: Progress = silent
    ) -> None:
        self.encoder, self.phrases = encoder, Phrases()
        self._cache, self._progress = cache, progress
        self._examples = load(brand)
        self._about = {entry.intent: entry for entry in self._examples}
        self._intents: dict[Audience, Intents] = {}

    def read(self, text: str, meant: str, audience: Audience) -> tuple[list[Found], Mood]:
        """Return what ``meant`` wants and in what mood ``text`` was written."""
        text, meant = text[:READ], meant[:READ]
        read = plain(text)
        meaning, mood = self.encoder.both([read])
        vector = meaning if meant == text else None
        return self.intents(audience).read(meant, vector), self._mood(text, read, mood)

    def intents(self, audience: Audience) -> Intents:
        """Return the recogniser of an audience, training it when its examples are new."""
        if audience not in self._intents:
            self._intents[audience] = Intents(
                self._examples, audience, self.encoder, self._cache, self._progress
            )
        return self._intents[audience]

    def known(self, audience: Audience) -> Sequence[str]:
        """Return the names of an audience's intents."""
        return self.intents(audience).names

    def option(self, intent: str) -> str:
        """Return how to name an intent when asking "Is this about ...?"."""
        return self._about[intent].option if intent in self._about else intent

    def about(self, intent: str) -> str:
        """Return what an intent is, in a sentence."""
        return self._about[intent].about if intent in self._about else intent

    @cached_property
    def heads(self) -> SignalHeads:
        """Return the trained heads for mood."""
        return SignalHeads(SIGNALS)

    def _mood(self, text: str, read: str, pooled: np.ndarray) -> Mood:
        shares = self.heads.every(pooled, [read])
        feelings = self.heads.labels("emotions")
        held = self.heads.holds("emotions", shares["emotions"])[0]
        found = self.phrases.found
        return Mood(
            language=language(in_words(text)),
            sentiment=best(self.heads, "sentiment", shares),
            emotions=[
                name for name, on in zip(feelings, held, strict=True) if on and name != "neutral"
            ],
            irony=share(self.heads, "irony", "irony", shares),
            abuse=share(self.heads, "abuse", "offensive", shares),
            urgency=found("urgency", text) + (["shouting"] if _shouts(text) else []),
            crisis=found("crisis", text),
            injection=found("injection", text),
            spam=found("spam", text),
        )


def best(heads: SignalHeads, task: str, shares: dict[str, np.ndarray]) -> str:
    """Return the label that holds."""
    return heads.labels(task)[int(heads.holds(task, shares[task])[0].argmax())]


def share(heads: SignalHeads, task: str, label: str, shares: dict[str, np.ndarray]) -> float:
    """Return the probability of one label."""
    return round(float(shares[task][0][heads.labels(task).index(label)]), 3)


def _shouts(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) / len(letters) > SHOUTING
