"""Rules about the shape of a text: how long its sentences are, how many, how hard to read."""

import re
from typing import ClassVar, Literal

from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import Text

FEWEST_FOR_A_GRADE = 25  # words; a grade of less says nothing
_VOWELS = re.compile(r"[aeiouyäöüàéèêáíóú]+")


class SentenceWords(Rule):
    """How many words a sentence may have."""

    kind: Literal["sentence_words"] = "sentence_words"
    most: int

    @property
    def says(self) -> str:
        return f"At most {self.most} words a sentence."

    def spots(self, text: Text) -> list[Spot]:
        spots = []
        for sentence in text.sentences:
            count = len(text.within(sentence))
            if count > self.most:
                says = f"{count} words; {self.most} are the most for a sentence."
                spots.append(Spot(sentence.start, sentence.end, says))
        return spots


class Sentences(Rule):
    """How many sentences a text may have."""

    kind: Literal["sentences"] = "sentences"
    most: int

    @property
    def says(self) -> str:
        return f"At most {self.most} sentences."

    def spots(self, text: Text) -> list[Spot]:
        beyond = text.sentences[self.most :]
        return [Spot(beyond[0].start, beyond[-1].end, self.says)] if beyond else []


class ReadingGrade(Rule):
    """How many years of school a text asks for (Flesch and Kincaid; English only)."""

    kind: Literal["reading_grade"] = "reading_grade"
    most: float

    @property
    def says(self) -> str:
        return f"Reading grade at most {self.most:g}."

    def spots(self, text: Text) -> list[Spot]:
        grade = reading_grade(text)
        if grade <= self.most:
            return []
        says = f"Reading grade {grade:.0f}; the most is {self.most:g}. Shorter sentences and words."
        hardest = max(text.sentences, key=lambda one: _hardness(one.text))
        return [Spot(hardest.start, hardest.end, says)]


class CapitalWords(Rule):
    """Words in capitals for emphasis."""

    cost: ClassVar[float] = 0.08

    kind: Literal["capital_words"] = "capital_words"
    most: int = 0
    allowed: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        return "No words in capitals." if not self.most else f"At most {self.most} in capitals."

    def spots(self, text: Text) -> list[Spot]:
        loud = [word for word in text.words if self._loud(word.text)]
        return [
            Spot(one.start, one.end, self.says, _quiet(text, one.start, one.text))
            for one in loud[self.most :]
        ]

    def _loud(self, word: str) -> bool:
        plain = re.sub(r"['’]s$", "", word)
        return len(plain) > 1 and plain.isupper() and plain not in self.allowed


def reading_grade(text: Text) -> float:
    """Return the Flesch-Kincaid grade, or 0 for a text that is too short to have one."""
    words = [word.text for word in text.words]
    if len(words) < FEWEST_FOR_A_GRADE or not text.sentences:
        return 0.0
    syllables = sum(map(_syllables, words))
    grade = 0.39 * len(words) / len(text.sentences) + 11.8 * syllables / len(words) - 15.59
    return round(max(grade, 0.0), 1)


def _syllables(word: str) -> int:
    plain = word.lower()
    groups = len(_VOWELS.findall(plain))
    silent = (plain.endswith("e") and not plain.endswith("le")) or plain.endswith(("ed", "es"))
    return max(1, groups - (1 if silent and groups > 1 else 0))


def _hardness(sentence: str) -> int:
    return sum(map(_syllables, re.findall(r"[^\W\d_]+", sentence)))


def _quiet(text: Text, start: int, word: str) -> str:
    begins = any(sentence.start == start for sentence in text.sentences)
    return word.capitalize() if begins else word.lower()
