"""Read a plain text file: its words, its lists, and a first line that is a title."""

import re

from knowledge.documents.document import Document
from knowledge.documents.reading.article import article, title_of
from knowledge.documents.reading.decoding import decoded
from knowledge.documents.reading.marks import heading, words

LONGEST_TITLE = 80
_LISTED = re.compile(r"(\s*)(?:[-*+•–]|(\d{1,9})[.)])\s+(?=\S)")
_UNDERLINE = re.compile(r"[=\-~]{3,}")


def read(content: bytes, source: str) -> list[Document]:
    """Return the one document in a text file."""
    lines = decoded(content, source).strip("\n").split("\n")
    title = _title(lines)
    if title:
        lines = lines[2:]
    text = "\n".join(_line(line) for line in lines).strip("\n")
    if title:
        text = f"{heading(words(title), 1)}\n\n{text}"
    return [article(source, title or title_of(source), text, {})]


def _title(lines: list[str]) -> str:
    """Return the first line if it stands alone or is underlined, and is no sentence."""
    if len(lines) < 3:
        return ""
    first, second = lines[0].strip(), lines[1].strip()
    alone = not second or _UNDERLINE.fullmatch(second)
    plain = first and len(first) <= LONGEST_TITLE and not first.endswith((".", ",", ";", ":"))
    return first if alone and plain and not _LISTED.match(lines[0]) else ""


def _line(line: str) -> str:
    """Return a line as Markdown: list marks stay, all other marks are words."""
    if mark := _LISTED.match(line):
        sign = f"{mark[2]}." if mark[2] else "-"
        depth = min(len(mark[1].expandtabs(4)), 3)
        return f"{' ' * depth}{sign} {words(line[mark.end() :])}"
    if _UNDERLINE.fullmatch(line.strip()):
        return line.strip()
    plain = words(line)
    return f"\\{plain}" if plain.startswith(("#", ">", "|")) else plain
