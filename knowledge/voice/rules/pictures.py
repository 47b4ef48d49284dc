"""Rules about emoji and hashtags: how many, which, and how they are written."""

import re
from typing import ClassVar, Literal

from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import Span, Text


class Emoji(Rule):
    """How many emoji a text has, and which."""

    cost: ClassVar[float] = 0.08

    kind: Literal["emoji"] = "emoji"
    least: int = 0
    most: int | None = None
    allowed: tuple[str, ...] = ()  # none is any

    @property
    def says(self) -> str:
        return _counted("emoji", self.least, self.most)

    def spots(self, text: Text) -> list[Spot]:
        spots = _beyond(text.emoji, self.most, self.says)
        if self.allowed and self.most != 0:
            says = f"Of emoji only {' '.join(self.allowed)}."
            spots += [
                Spot(one.start, one.end, says, "")
                for one in text.emoji[: self.most]
                if one.text not in self.allowed
            ]
        return spots + _lacking(text, len(text.emoji), self.least, self.says)


class Hashtags(Rule):
    """How many hashtags a text has."""

    kind: Literal["hashtags"] = "hashtags"
    least: int = 0
    most: int | None = None

    @property
    def says(self) -> str:
        return _counted("hashtags", self.least, self.most)

    def spots(self, text: Text) -> list[Spot]:
        spots = _beyond(text.hashtags, self.most, self.says)
        return spots + _lacking(text, len(text.hashtags), self.least, self.says)


class HashtagStyle(Rule):
    """How a hashtag of several words is written."""

    kind: Literal["hashtag_style"] = "hashtag_style"
    style: Literal["CamelCase", "lowercase"]

    @property
    def says(self) -> str:
        if self.style == "lowercase":
            return "Hashtags in small letters."
        return "Hashtags begin each word with a capital, so that screen readers can tell them."

    def spots(self, text: Text) -> list[Spot]:
        wrong = [one for one in text.hashtags if not self._right(one.text[1:])]
        return [Spot(one.start, one.end, self.says, self._instead(one.text)) for one in wrong]

    def _right(self, tag: str) -> bool:
        if self.style == "lowercase":
            return tag == tag.lower()
        return tag[:1].isupper() and (not tag.isupper() or len(tag) <= 5)

    def _instead(self, tag: str) -> str | None:
        if self.style == "lowercase":
            return tag.lower()
        parts = re.split(r"_", tag[1:])
        return "#" + "".join(
            p[:1].upper() + (p[1:].lower() if p.isupper() else p[1:]) for p in parts
        )


def _counted(what: str, least: int, most: int | None) -> str:
    if most == 0:
        return f"No {what}."
    if most is None:
        return f"At least {least} {what}."
    return f"At most {most} {what}." if not least else f"{least} to {most} {what}."


def _beyond(found: list[Span], most: int | None, says: str) -> list[Spot]:
    return [] if most is None else [Spot(one.start, one.end, says, "") for one in found[most:]]


def _lacking(text: Text, count: int, least: int, says: str) -> list[Spot]:
    return [Spot(len(text.raw), len(text.raw), says)] if count < least else []
