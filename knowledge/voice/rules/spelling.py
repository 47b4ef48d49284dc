"""The rule about British or American spelling."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

from knowledge.voice.phrases import head_with, like
from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import Text

FILE = Path(__file__).parent.parent / "lists" / "spelling.txt"
Variant = Literal["en-GB", "en-US"]


class Spelling(Rule):
    """Which English is written."""

    kind: Literal["spelling"] = "spelling"
    variant: Variant

    @property
    def says(self) -> str:
        return "British spelling." if self.variant == "en-GB" else "American spelling."

    def spots(self, text: Text) -> list[Spot]:
        other = variants()[self.variant]
        spots = []
        for word in text.words:
            if (right := other.get(word.text.lower())) is not None:
                says = f"{self.says[:-1]}: {right}."
                spots.append(Spot(word.start, word.end, says, like(word.text, right)))
        return spots


@cache
def variants() -> dict[Variant, dict[str, str]]:
    """Return, for each variant, the words of the other one and how they are spelt in it."""
    pairs = [pair for line in _lines() for pair in _forms(*line)]
    return {
        "en-GB": {us: gb for gb, us in pairs},
        "en-US": {gb: us for gb, us in pairs},
    }


def _lines() -> list[tuple[str, str, str]]:
    """Read the list: British, American, and the endings that they may have."""
    rows = FILE.read_text(encoding="utf-8").splitlines()
    split = [row.split("|") for row in rows if row.strip() and not row.startswith("#")]
    return [(gb.strip(), us.strip(), endings.strip()) for gb, us, endings in split]


def _forms(british: str, american: str, endings: str) -> list[tuple[str, str]]:
    pairs = [(british, american)]
    pairs += [(_with(british, one), _with(american, one)) for one in endings.split()]
    return [(gb, us) for gb, us in pairs if gb != us]


def _with(word: str, ending: str) -> str:
    if ending.startswith("~"):  # takes the place of a last e
        return re.sub("e$", "", word) + ending[1:]
    return head_with(word, ending) if ending in ("s", "ed", "ing") else word + ending
