"""Rules about words of one sort: hedges, hype, jargon; casual, plain and formal words."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from knowledge.voice.phrases import inflected, like, mentions
from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import Text

LISTS = Path(__file__).parent.parent / "lists"
Register = Literal["casual", "plain", "formal"]
_ORDER: tuple[Register, ...] = ("casual", "plain", "formal")


class NoWordsOf(Rule):
    """No words of one sort."""

    kind: Literal["no_words_of"] = "no_words_of"
    sort: str

    @property
    def topic(self) -> str:
        return f"no {self.sort}"

    @property
    def says(self) -> str:
        return f"No {self.sort}."

    def spots(self, text: Text) -> list[Spot]:
        found = [at for phrase in sorts().get(self.sort, ()) for at, _ in mentions(phrase, text)]
        return [Spot(at.start, at.end, f'{self.says[:-1]}: "{at.text}".', "") for at in found]


class Speech(Rule):
    """How formal the words are."""

    kind: Literal["speech"] = "speech"
    use: Register

    @property
    def says(self) -> str:
        return {"casual": "Casual words.", "plain": "Plain words.", "formal": "Formal words."}[
            self.use
        ]

    def spots(self, text: Text) -> list[Spot]:
        spots = []
        for wrong, right in registers(self.use):
            for at, ending in mentions(wrong, text):
                instead = like(at.text, inflected(right, ending))
                spots.append(Spot(at.start, at.end, f'{self.says[:-1]}: "{instead}".', instead))
        return spots


@cache
def sorts() -> dict[str, tuple[str, ...]]:
    """Return the sorts of words that a rule may be about."""
    text = (LISTS / "leaning.yaml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = yaml.load(text, yaml.CSafeLoader)
    return {name: tuple(words) for name, words in lists.items()}


@cache
def registers(use: Register) -> tuple[tuple[str, str], ...]:
    """Return the words of other registers, each with the word of this one."""
    text = (LISTS / "register.txt").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]
    pairs = []
    for row in rows:
        words = dict(zip(_ORDER, (part.strip() for part in row), strict=True))
        right = words[use]
        if right != "-":
            pairs += [(w, right) for name, w in words.items() if w != "-" and name != use]
    return tuple(pairs)
