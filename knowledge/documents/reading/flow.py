"""Put the lines of printed pages together again: paragraphs, list items and steps."""

import re
from collections.abc import Iterator, Sequence

from knowledge.documents.reading.marks import item, paragraph, words

SHORT = 0.75  # of the usual width: nothing stopped the line but its end

_ITEM = re.compile(r"(?:[•◦▪‣●○■*–—-]|(\d{1,3})[.)])\s+(?=\S)")
_FULL = re.compile(r"[.!?:;][\"')\]”’]*\Z")
_CUT = re.compile(r"([^\W\d_]+)[-‐]\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")


def paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Return Markdown blocks; a sentence may run on to the next page."""
    known = {word.lower() for lines in pages for line in lines for word in _WORD.findall(line)}
    widths = sorted(len(line) for lines in pages for line in lines if line)
    usual = widths[int(len(widths) * 0.9)] if widths else 0
    block: list[str] = []
    items: list[str] = []
    for line, turned in _lines(pages):
        if block and _ends(block[-1], line, turned, usual):
            yield from _told(block, known, items)
            block = []
        if line:
            block.append(line)
    yield from _told(block, known, items)
    if items:
        yield "\n".join(items)


def _lines(pages: Sequence[Sequence[str]]) -> Iterator[tuple[str, bool]]:
    """Return each line, and whether it is the first of a new page."""
    for lines in pages:
        for place, line in enumerate(lines):
            yield line, not place


def _ends(last: str, line: str, turned: bool, usual: int) -> bool:
    """Say whether a block ends between two lines."""
    if not line or _ITEM.match(line):
        return True
    if line[0].islower():
        return False
    if turned and _FULL.search(last):
        return True
    return len(last) < SHORT * usual and not last.endswith((",", "-"))


def _told(block: list[str], known: set[str], items: list[str]) -> Iterator[str]:
    """Return a block as a paragraph behind the list before it, or put it into that list."""
    if not block:
        return
    text = _joined(block, known)
    if mark := _ITEM.match(text):
        sign = f"{mark[1]}." if mark[1] else "-"
        items.append(item([words(text[mark.end() :])], sign))
        return
    if items:
        yield "\n".join(items)
        items.clear()
    yield paragraph(words(text))


def _joined(lines: list[str], known: set[str]) -> str:
    """Return lines as one; a word that was cut at the end of a line is whole again."""
    text = lines[0]
    for line in lines[1:]:
        cut, rest = _CUT.search(text), _WORD.match(line)
        if not cut or not rest or not line[0].islower():
            text = f"{text} {line}"
            continue
        whole, dashed = f"{cut[1]}{rest[0]}".lower(), f"{cut[1]}-{rest[0]}".lower()
        text = f"{text if dashed in known and whole not in known else text[:-1]}{line}"
    return text
