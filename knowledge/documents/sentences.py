"""Where sentences end, and how they read without Markdown."""

import re
from collections.abc import Iterator

from knowledge.documents.blocks import parser, said

_END = re.compile(r"(?<=[.!?])[\"')\]*_”’]*\s+(?=[\"'(\[*_“‘`]*[A-Z0-9À-Þ<])")
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|[Ee]\.g|[Ii]\.e|[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Pp]rof|[Ss]t|vs|etc|approx|[Nn]o|[Ff]ig"
    r"|[Ii]nc|[Ll]td|[Cc]o|[Jj]r|[Ss]r|ca|cf|al|[A-Z]\.[A-Z])\.|^\s*\d{1,3}\.)$"
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ASKED = re.compile(r"<!--\s*asked:(.*?)-->", re.DOTALL)
_MARKED = re.compile(r"[*_`\[\]<>&\\!\n]")


def asked(text: str, start: int, end: int) -> list[tuple[int, tuple[str, ...]]]:
    """Return how people ask for what stands before a place: ``<!-- asked: this | or that -->``."""
    notes = _ASKED.finditer(text, start, end)
    return [
        (m.start(), tuple(" ".join(p.split()) for p in m[1].split("|") if p.strip())) for m in notes
    ]


def comments(text: str) -> list[str]:
    """Return what its comments say, but not how people ask."""
    return [comment[0][4:-3] for comment in _COMMENT.finditer(_ASKED.sub("", text))]


def without_comments(text: str) -> str:
    """Return a text of the same length with spaces in the place of comments."""
    return _COMMENT.sub(lambda comment: " " * len(comment[0]), text) if "<!--" in text else text


def ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Return the span of each sentence between two places, in a text without comments."""
    for match in _END.finditer(text, start, end):
        if not _SHORT.search(text[start : match.start()].rstrip("\"')]*_”’")):
            yield start, match.start() + len(match[0].rstrip())
            start = match.end()
    if last := text[start:end].rstrip():
        yield start, start + len(last)


def plain(text: str) -> str:
    """Return a text as it is read: without marks, links by their words, one line."""
    if not _MARKED.search(text):
        return " ".join(text.split())
    text = re.sub(r"\n[ \t]*(?:>[ \t]?)+", "\n", text)
    return " ".join(said(token) for token in parser().parseInline(text))
