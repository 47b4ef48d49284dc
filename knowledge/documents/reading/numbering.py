"""Find out what stands in front of a list item in a Word file: a mark, or which number."""

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

if TYPE_CHECKING:
    from docx.document import Document as WordFile

Level = tuple[str, int]  # which list, how deep

_STYLE = re.compile(r"List (Bullet|Number)(?: (\d))?")


class Numbering:
    """The lists of a file, and how far each has counted."""

    def __init__(self, bulleted: set[Level]) -> None:
        self._bulleted = bulleted
        self._counts: Counter[Level] = Counter()

    @classmethod
    def of(cls, file: "WordFile") -> "Numbering":
        """Read which levels of which lists have marks instead of numbers."""
        if not any(one.reltype.endswith("/numbering") for one in file.part.rels.values()):
            return cls(set())
        element: Any = file.part.numbering_part.element
        bulleted = set()
        for number in element.findall(qn("w:num")):
            name = number.find(qn("w:abstractNumId")).get(qn("w:val"))
            path = f"./w:abstractNum[@w:abstractNumId='{int(name)}']/w:lvl"
            for level in element.xpath(path):
                kind = level.find(qn("w:numFmt"))
                if kind is not None and kind.get(qn("w:val")) in ("bullet", "none"):
                    depth = int(level.get(qn("w:ilvl")))
                    bulleted.add((number.get(qn("w:numId")), depth))
        return cls(bulleted)

    def mark(self, paragraph: Paragraph) -> str:
        """Return "-" or a number, with a space for each level above; nothing if it is no item."""
        style = paragraph.style
        styled = _STYLE.fullmatch((style.name if style is not None else "") or "")
        place = _place(paragraph) or ((styled[1], 0) if styled else None)
        if place is None:
            return ""
        depth = max(place[1], int(styled[2] or 1) - 1 if styled else 0)
        if place in self._bulleted or place[0] == "Bullet":
            return f"{' ' * depth}-"
        self._counts[place[0], depth] += 1
        for deeper in range(depth + 1, 9):
            self._counts[place[0], deeper] = 0
        return f"{' ' * depth}{self._counts[place[0], depth]}."


def _place(paragraph: Paragraph) -> Level | None:
    """Return what a paragraph, or else its style, says of its list."""
    found = paragraph._p.xpath("./w:pPr/w:numPr")
    if not found and paragraph.style is not None:
        found = paragraph.style.element.xpath("./w:pPr/w:numPr")
    if found and (number := _value(found[0], "w:numId")) not in ("", "0"):
        return number, int(_value(found[0], "w:ilvl") or 0)
    return None


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val")) or ""
