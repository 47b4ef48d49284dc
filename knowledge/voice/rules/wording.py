"""Rules about single words and phrases: say this instead of that, never say that, write it so."""

import re
from typing import ClassVar, Literal

from knowledge.voice.phrases import inflected, like, mentions
from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import Text


class Say(Rule):
    """One word or phrase instead of another."""

    kind: Literal["say"] = "say"
    say: str
    instead_of: str
    advice: bool = False  # it says what to write, not the very words

    @property
    def topic(self) -> str:
        return f"words {self.instead_of.lower()}"

    @property
    def says(self) -> str:
        return f'Say "{self.say}" instead of "{self.instead_of}".'

    def spots(self, text: Text) -> list[Spot]:
        return [
            Spot(at.start, at.end, self.says, self._instead(at.text, ending))
            for at, ending in mentions(self.instead_of, text)
            if not self._said(text, at.start, at.end)
        ]

    def _instead(self, was: str, ending: str) -> str | None:
        return None if self.advice else like(was, inflected(self.say, ending))

    def _said(self, text: Text, start: int, end: int) -> bool:
        """Say whether the place is part of what shall be said: "AI" within "AI Assist"."""
        if self.instead_of.lower() not in self.say.lower():
            return False
        return any(at.start <= start and end <= at.end for at, _ in mentions(self.say, text))


class Avoid(Rule):
    """A word or phrase that is not used."""

    cost: ClassVar[float] = 0.1

    kind: Literal["avoid"] = "avoid"
    phrase: str
    first: bool = False  # only where a sentence begins with it
    cut: bool = True  # nothing else has to change where it goes

    @property
    def topic(self) -> str:
        return f"words {self.phrase.lower()}"

    @property
    def says(self) -> str:
        if self.first:
            return f'Do not begin a sentence with "{self.phrase}".'
        return f'Leave out "{self.phrase}".'

    def spots(self, text: Text) -> list[Spot]:
        starts = {one.start for one in text.sentences}
        return [
            Spot(at.start, at.end, self.says, "" if self.cut else None)
            for at, _ in mentions(self.phrase, text)
            if not self.first or at.start in starts
        ]


class Written(Rule):
    """A name or a term that is always written in one way."""

    kind: Literal["written"] = "written"
    form: str

    @property
    def topic(self) -> str:
        return f"written {_key(self.form)}"

    @property
    def says(self) -> str:
        return f'Write it "{self.form}".'

    def spots(self, text: Text) -> list[Spot]:
        parts = re.split(r"[\s-]|(?<=[a-z])(?=[A-Z])", self.form)
        plain = r"[\s-]?".join(map(re.escape, parts))
        found = re.finditer(rf"(?<![\w-]){plain}(?![\w-])", text.masked, re.IGNORECASE)
        wrong = (m for m in found if m[0] not in (self.form, self._first(text, m.start())))
        return [Spot(m.start(), m.end(), self.says, self.form) for m in wrong]

    def _first(self, text: Text, start: int) -> str:
        """Return how it may begin a sentence."""
        begins = any(sentence.start == start for sentence in text.sentences)
        return self.form[:1].upper() + self.form[1:] if begins else self.form


def _key(form: str) -> str:
    return re.sub(r"[\s-]", "", form).lower()
