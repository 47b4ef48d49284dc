"""A text as the rules of a voice see it: its words, sentences, emoji and hashtags, with places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_APART = re.compile(  # stands in a text and is no word of it
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w[\w.-]*|(?<![\w@])@\w[\w.]*|<[A-Z][A-Z_]*_\d+>"
    r"|\[\d+\]|`[^`\n]*`"
)
_TAG = re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d])\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W\d_]+)*")
_STOP = re.compile(r"[.!?…]+[\"')\]”’*_]*(?=\s|$)")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|mrs?|ms|dr|prof|st|vs|approx|no|inc|ltd|co|a\.m|p\.m|\d{1,3}"
    r"|z\.B|d\.h|bzw|ca|usw|[A-Z])\.$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[ \t]*(?:[-*•–‣]|\d{1,2}[.)])[ \t]+")
_PICTURE = "[\U0001f000-\U0001faff\u2600-\u2712\u2714-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23fa]"
EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|[\u00a9\u00ae\u2122\u2194-\u21aa]\ufe0f|"
    f"{_PICTURE}(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d{_PICTURE})*"
)


@dataclass(frozen=True)
class Span:
    """A piece of a text and its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Text:
    """A text, read once and looked at by many rules."""

    raw: str

    @cached_property
    def masked(self) -> str:
        """Return it with spaces in the place of links, mentions, placeholders and hashtags."""
        return _TAG.sub(_spaces, _APART.sub(_spaces, self.raw))

    @cached_property
    def low(self) -> str:
        """Return it in small letters."""
        return self.raw.lower()

    @cached_property
    def words(self) -> list[Span]:
        """Return its words in their order."""
        return list(found(_WORD, self.masked))

    @cached_property
    def emoji(self) -> list[Span]:
        """Return its emoji; a family, a flag or a skin tone is one."""
        return list(found(EMOJI, self.raw))

    @cached_property
    def hashtags(self) -> list[Span]:
        """Return its hashtags."""
        return list(found(_TAG, _APART.sub(_spaces, self.raw)))

    @cached_property
    def lines(self) -> list[Span]:
        """Return the lines that say something, without the mark of a list."""
        lines, place = [], 0
        for line in self.raw.splitlines(keepends=True):
            bullet = _BULLET.match(line)
            start, end = place + (bullet.end() if bullet else 0), place + len(line.rstrip())
            if start < end:
                lines.append(Span(start, end, self.raw[start:end]))
            place += len(line)
        return lines

    @cached_property
    def sentences(self) -> list[Span]:
        """Return its sentences; a line without an end is one too."""
        return [one for line in self.lines for one in self._of(line) if self.within(one)]

    def within(self, span: Span) -> list[Span]:
        """Return the words of a part."""
        return [word for word in self.words if span.start <= word.start and word.end <= span.end]

    def _of(self, line: Span) -> Iterator[Span]:
        start = line.start
        for stop in _STOP.finditer(self.raw, line.start, line.end):
            if stop.end() < line.end and not _ends(self.raw, stop):
                continue
            yield Span(start, stop.end(), self.raw[start : stop.end()])
            start = stop.end() + len(self.raw[stop.end() :]) - len(self.raw[stop.end() :].lstrip())
        if start < line.end:
            yield Span(start, line.end, self.raw[start : line.end])


def found(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Return what a pattern finds."""
    return (Span(match.start(), match.end(), match[0]) for match in pattern.finditer(text))


def is_bullet(line: str) -> bool:
    """Say whether a line is one of a list."""
    return bool(_BULLET.match(line))


def _ends(raw: str, stop: re.Match[str]) -> bool:
    """Say whether a sentence ends here: not behind "e.g.", nor before a small letter."""
    if stop[0].rstrip("\"')]”’*_") != ".":
        return True
    after = raw[stop.end() :].lstrip()[:1]
    return not after.islower() and not _SHORT.search(raw[: stop.start() + 1][-12:])


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])
