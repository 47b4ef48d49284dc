"""Rules about how a text is laid out: paragraphs, lists, headlines, where emoji and tags stand."""

import re
from typing import Literal

from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import EMOJI, Span, Text, is_bullet

_SMALL = frozenset("a an and as at but by for from in nor of on or the to up via with".split())  # noqa: SIM905


class Length(Rule):
    """How many words a text may have."""

    kind: Literal["length"] = "length"
    most: int

    @property
    def says(self) -> str:
        return f"At most {self.most} words."

    def spots(self, text: Text) -> list[Spot]:
        beyond = text.words[self.most :]
        return [Spot(beyond[0].start, beyond[-1].end, self.says)] if beyond else []


class Paragraphs(Rule):
    """How many sentences stand together before a line is left free."""

    kind: Literal["paragraphs"] = "paragraphs"
    most: int

    @property
    def says(self) -> str:
        return f"At most {self.most} sentence(s) a paragraph."

    def spots(self, text: Text) -> list[Spot]:
        spots = []
        for start, end in paragraphs(text.raw):
            inside = [one for one in text.sentences if start <= one.start < end]
            if len(inside) > self.most:
                spots.append(Spot(inside[self.most].start, inside[-1].end, self.says))
        return spots


class Lists(Rule):
    """Whether a text has lists."""

    kind: Literal["lists"] = "lists"
    use: Literal["never", "always"]

    @property
    def says(self) -> str:
        return "No lists." if self.use == "never" else "Steps and points as a list."

    def spots(self, text: Text) -> list[Spot]:
        lines = [line for line in text.raw.splitlines() if is_bullet(line)]
        if self.use == "always":
            return [] if lines else [Spot(0, len(text.raw), self.says)]
        starts = [text.raw.index(line) for line in lines]
        return [Spot(at, at + len(line), self.says) for at, line in zip(starts, lines, strict=True)]


class Titles(Rule):
    """How a headline is written."""

    kind: Literal["titles"] = "titles"
    case: Literal["sentence", "title"]

    @property
    def says(self) -> str:
        if self.case == "title":
            return "Headlines With Capitals."
        return "Headlines like sentences: a capital first, then small letters."

    def spots(self, text: Text) -> list[Spot]:
        right = titled if self.case == "title" else untitled
        return [
            Spot(one.start, one.end, self.says)
            for one in text.lines[:1]
            if len(text.within(one)) > 2 and not right(text, one)
        ]


class Placed(Rule):
    """Where emoji or hashtags stand."""

    kind: Literal["placed"] = "placed"
    what: Literal["emoji", "hashtags"]
    where: Literal["start", "end"]

    @property
    def topic(self) -> str:
        return f"placed {self.what}"

    @property
    def says(self) -> str:
        return f"{self.what.capitalize()} at the {self.where}."

    def spots(self, text: Text) -> list[Spot]:
        found = text.emoji if self.what == "emoji" else text.hashtags
        return [Spot(one.start, one.end, self.says) for one in found if not self._right(text, one)]

    def _right(self, text: Text, one: Span) -> bool:
        beside = text.raw[one.end :] if self.where == "end" else text.raw[: one.start]
        bare = EMOJI.sub("", re.sub(r"#\w+", "", beside))
        return not re.search(r"\w", bare)


class Asks(Rule):
    """A question at the start, to draw people in, or at the end, to hear from them."""

    kind: Literal["asks"] = "asks"
    where: Literal["start", "end"]
    use: Literal["always", "never"] = "always"

    @property
    def topic(self) -> str:
        return f"asks {self.where}"

    @property
    def says(self) -> str:
        verb = "Begin" if self.where == "start" else "End"
        return (
            f"{verb} with a question."
            if self.use == "always"
            else f"No question at the {self.where}."
        )

    def spots(self, text: Text) -> list[Spot]:
        if not text.sentences:
            return []
        one = text.sentences[0 if self.where == "start" else -1]
        asks = "?" in one.text[-4:]
        wrong = asks if self.use == "never" else not asks
        return [Spot(one.start, one.end, self.says)] if wrong else []


def paragraphs(raw: str) -> list[tuple[int, int]]:
    """Return where each paragraph begins and ends; every line break begins one."""
    return [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", raw)]


def titled(text: Text, line: Span) -> bool:
    """Say whether every word but the small ones has a capital."""
    words = [word.text for word in text.within(line) if word.text.lower() not in _SMALL]
    return all(word[:1].isupper() for word in words)


def untitled(text: Text, line: Span) -> bool:
    """Say whether words have small letters, as in a sentence; names may have capitals."""
    words = [word.text for word in text.within(line)[1:] if word.text.lower() not in _SMALL]
    loud = [word for word in words if word[:1].isupper() and not word.isupper()]
    return len(loud) <= len(words) / 2 or len(words) < 2
