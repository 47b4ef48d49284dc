"""Read help-centre articles and cut them into passages that know where they stand."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HEADING = re.compile(r"^(#{1,4})\s+(.+?)\s*$", re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+", re.MULTILINE)
_STEP = re.compile(r"\s*\d+[.)]\s")
_END = re.compile(r"(?<!\n\d\.)(?<!\n\d\d\.)(?<=[.!?])\s+(?=[A-Z0-9\"(*])|\n{2,}")


class DocumentError(Exception):
    """A document cannot be used; says the file and why."""


@dataclass(frozen=True)
class Sentence:
    """A sentence or list item, and where it stands in its file."""

    text: str
    start: int
    end: int
    step: bool


@dataclass(frozen=True)
class Passage:
    """What stands under one heading."""

    document: str
    title: str
    heading: str
    anchor: str
    sentences: tuple[Sentence, ...]


def load(folder: Path, today: date) -> list[Passage]:
    """Return the passages of every article that is valid today."""
    return [p for file in sorted(folder.glob("*.md")) for p in _article(file, today)]


def _article(file: Path, today: date) -> list[Passage]:
    try:
        text = file.read_text(encoding="utf-8")
        front = _FRONT.match(text)
        about = yaml.load(front[1], yaml.CSafeLoader) if front else {}
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise DocumentError(f"{file}: {error}") from error
    if not front or not isinstance(about, dict) or "title" not in about:
        raise DocumentError(f"{file}: begins without front matter that names a title")
    if not _valid(about, today):
        return []
    return _sections(file.stem, str(about["title"]), text, front.end())


def _valid(about: dict[str, object], today: date) -> bool:
    begins, ends = about.get("valid_from"), about.get("valid_until")
    if isinstance(begins, date) and begins > today:
        return False
    return not (isinstance(ends, date) and ends < today)


def _sections(document: str, title: str, text: str, start: int) -> list[Passage]:
    headings = list(_HEADING.finditer(text, start))
    edges = [(title, start, headings[0].start() if headings else len(text))]
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    edges += [(h[2], h.end(), end) for h, end in zip(headings, ends, strict=False)]
    passages = []
    for name, begin, end in edges:
        if sentences := tuple(_sentences(text, begin, end)):
            passages.append(Passage(document, title, name, _anchor(name), sentences))
    return passages


def _sentences(text: str, begin: int, end: int) -> list[Sentence]:
    """Cut at list items and sentence ends, keeping the span of each piece."""
    cuts = {begin, end}
    cuts |= {match.start() for match in _ITEM.finditer(text, begin, end)}
    cuts |= {match.end() for match in _END.finditer(text, begin, end)}
    found = []
    for left, right in zip(sorted(cuts), sorted(cuts)[1:], strict=False):
        piece = text[left:right]
        bullet = _ITEM.match(piece)
        bare = piece[bullet.end() :] if bullet else piece
        words = " ".join(bare.split())
        if re.search(r"\w", words):
            at = left + piece.index(bare.strip()[:1], bullet.end() if bullet else 0)
            found.append(Sentence(words, at, at + len(bare.strip()), bool(_STEP.match(piece))))
    return found


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
