"""Rules about punctuation: how many of a mark, and what stands there instead."""

import re
from typing import ClassVar, Literal

from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import Text

NAMES = {
    "!": "exclamation marks",
    "!!": "rows of exclamation or question marks",
    "...": "rows of dots",
    "—": "dashes between parts of a sentence",
    ";": "semicolons",
    ":": "colons",
    "?": "questions",
    "(": "brackets",
    "**": "bold type",
    "  ": "double spaces",
    ":)": "typed smileys",
    "/": "strokes between words",
    "link": "links",
    "mention": "mentions",
    "passive": "verbs in the passive voice",
}
PATTERNS = {
    "!": r"(?<!\?)!+(?!\?)",
    "!!": r"[!?]{2,}",
    "...": r"\.{3,}|…",
    "—": r"\s?(?:—|(?<=\s)–(?=\s)|--|(?<=\S )-(?= ))\s?(?=\S)",
    ";": r";(?=\s)",
    ":": r":(?=\s)",
    "?": r"\?+",
    "(": r"\s?\([^()\n]*\)",
    "**": r"\*\*(?=\S)(?P<inside>[^*\n]+?)\*\*",
    "  ": r"(?<=\S)  +(?=\S)",
    ":)": r"\s?(?<!\w)[:;]-?[)D(P](?!\w)",
    "/": r"(?<=[^\W\d_])/(?=[^\W\d_])",
    "link": r"(?:https?://|www\.)\S+",
    "mention": r"(?<![\w@])@\w[\w.]*",
    "passive": (
        r"(?i:(?<!\w)(?:is|are|was|were|been|being|be)(?: \w+ly| not)? "
        r"(?:\w{2,}ed|done|made|sent|given|taken|seen|found|built|kept|held|written|shown|told"
        r"|paid|set)(?!\w))"
    ),
}
_RAW = ("link", "mention", "**", "  ")  # what the other rules do not look at


class Marks(Rule):
    """How many of a mark a text may have."""

    cost: ClassVar[float] = 0.08

    kind: Literal["marks"] = "marks"
    mark: str
    least: int = 0
    most: int | None = 0
    instead: str | None = None

    @property
    def topic(self) -> str:
        return f"marks {self.mark}"

    @property
    def says(self) -> str:
        name = NAMES[self.mark]
        if self.least:
            return f"At least {self.least}: {name}."
        return f"No {name}." if not self.most else f"At most {self.most}: {name}."

    def spots(self, text: Text) -> list[Spot]:
        found = list(
            re.finditer(PATTERNS[self.mark], text.raw if self.mark in _RAW else text.masked)
        )
        if self.least:
            end = len(text.raw)
            return [Spot(end, end, self.says)] if len(found) < self.least else []
        return [Spot(m.start(), m.end(), self.says, self._instead(m)) for m in found[self.most :]]

    def _instead(self, match: re.Match[str]) -> str | None:
        if self.mark == "!!":
            return "?" if "?" in match[0] else "!"
        inside = match.groupdict().get("inside")
        if inside is not None and self.instead is not None:
            return inside
        return self.instead
