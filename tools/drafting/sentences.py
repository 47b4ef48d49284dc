"""Take a post apart into what it says: sentences, headings, hashtags, descriptions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tools.contract import MARK, Post
from tools.drafting.counting import LINK
from tools.drafting.facts import placed
from tools.drafting.tags import TAG

Place = Literal["text", "tag", "title", "alt", "extra"]
SPOKEN = ("headline", "comment", "caption", "reply")  # extras that people read
THEIRS = "reply to"  # but for a comment that others wrote
# Lines of a storyboard or a brief that people will read or hear.
_SPOKEN_LINE = re.compile(
    r"^\s*(?:on screen|voice(?:-over)?|below it(?:, smaller)?|headline|caption|says): (.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_ALT_LINE = re.compile(r"^\s*alt text: (.+)$", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(r"[“”„«»\"]|: ")
SHORT = 2  # words
_ITEM = re.compile(
    r"[ \t]*(?:[-–—•*▪●→✓✔✅☑➡👉🔹🔸]|\d{1,2}[.)](?!\d)|\d\ufe0f?\u20e3)\ufe0f?[ \t]*"
)
_SENTENCE = re.compile(
    r"(?<=[.!?…。！？])[\"')\]”’»]*\s+|\s*(?![⭐★🥇💯])[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?+\s+"
)
_SHORT = re.compile(
    r"(?:\b(?:[a-zà-ÿ]|e\.g|i\.e|z\. ?b|dr|mr|mrs|ms|st|no|nr|vs|etc|ca|bzw|approx|p\. ?ej|min|max"
    r"|incl|inkl|evtl|usw|mio|mrd)\.)\s*$",
    re.IGNORECASE,
)
_PART = re.compile(r"^\s*\(?(\d{1,2})/(\d{1,2})\)?(?=\s|$)|(?<!\S)\(?(\d{1,2})/(\d{1,2})\)?\s*$")


@dataclass(frozen=True)
class Said:
    """A sentence of a post, and where it stands in the whole text."""

    text: str
    start: int
    end: int
    place: Place = "text"

    @property
    def where(self) -> str:
        """Return where it is said, if not in the text."""
        return {"title": "Title: ", "alt": "Picture: ", "extra": "Extra: "}.get(self.place, "")


def said(post: Post) -> Iterator[Said]:
    """Return everything that a post says to people."""
    for number, (start, part) in enumerate(placed(post), 1):
        bare = _bare(part, number, len(post["parts"]))
        yield from _tags(bare, start)
        yield from _sentences(bare, start, "text")
    for text in _outside(post["title"]):
        yield Said(text, 0, 0, "title")
    briefs = (line for extra in post["extras"].values() for line in _ALT_LINE.findall(extra))
    for description in (*post["alt"], *briefs):
        for piece in _QUOTED.split(description):
            yield from (Said(text, 0, 0, "alt") for text in _outside(piece))
    for name, extra in post["extras"].items():
        if name == THEIRS:
            continue
        spoken = [extra] if name.startswith(SPOKEN) else _SPOKEN_LINE.findall(extra)
        yield from (Said(text, 0, 0, "extra") for one in spoken for text in _outside(one))


def items(post: Post) -> int:
    """Return how many list items a post has."""
    lines = [line for part in post["parts"] for line in part.splitlines()]
    return sum(bool(_ITEM.match(line)) for line in lines)


def _outside(text: str) -> list[str]:
    bare = _bare(text, 0, 0)
    return [one.text for one in (*_tags(bare, 0), *_sentences(bare, 0, "text"))]


def _bare(part: str, number: int, parts: int) -> str:
    """Blank out links, numbers of sources and of the thread's parts; places stay as they are."""
    for pattern in (LINK, MARK):
        part = pattern.sub(_blank, part)
    counted = _PART.search(part)
    if counted and parts > 1:
        said = [int(one) for one in counted.groups() if one]
        if said == [number, parts]:
            part = part[: counted.start()] + _blank(counted) + part[counted.end() :]
    return part


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _tags(part: str, start: int) -> Iterator[Said]:
    for one in TAG.finditer(part):
        yield Said(one[0], start + one.start(), start + one.end(), "tag")


def _sentences(part: str, start: int, place: Place) -> Iterator[Said]:
    """Return the sentences, and what very short ones say together: "Acme. Heals. Pain"."""
    found = [
        Said(part[first:last], start + first, start + last, place)
        for first, last in _lines(part)
        if re.search(r"[\w⭐★🥇💯]", TAG.sub("", part[first:last]))
    ]
    yield from found
    for group in _short_ones(found):
        text = " ".join(one.text.strip(".… ") for one in group)
        yield Said(text, group[0].start, group[-1].end, place)


def _short_ones(found: list[Said]) -> Iterator[list[Said]]:
    """Return runs of sentences too short to say much alone."""
    group: list[Said] = []
    for one in found:
        if len(one.text.split()) <= SHORT and one.text[-1:] not in "?!:":
            group.append(one)
            continue
        if len(group) > 1:
            yield group
        group = []
    if len(group) > 1:
        yield group


def _lines(part: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for line in part.splitlines(keepends=True):
        item = _ITEM.match(line)
        for first, last in _spans(line, item.end() if item else 0):
            yield begin + first, begin + last
        begin += len(line)


def _spans(line: str, begin: int) -> Iterator[tuple[int, int]]:
    """Return where the sentences of a line stand."""
    first = begin
    for cut in _SENTENCE.finditer(line, begin):
        if _SHORT.search(line[first : cut.start()]):
            continue
        yield _trimmed(line, first, cut.start())
        first = cut.end()
    yield _trimmed(line, first, len(line))


def _trimmed(line: str, first: int, last: int) -> tuple[int, int]:
    text = line[first:last]
    return first + len(text) - len(text.lstrip()), first + len(text.rstrip())
