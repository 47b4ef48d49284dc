"""Read a Word file: headings, lists and tables."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.documents.document import Document, DocumentError
from knowledge.documents.reading.article import article, title_of
from knowledge.documents.reading.damage import DAMAGED
from knowledge.documents.reading.marks import clean, heading, item, paragraph, table, words
from knowledge.documents.reading.numbering import Numbering

if TYPE_CHECKING:
    from docx.document import Document as WordFile

LARGEST = 200_000_000  # bytes of everything in it, unpacked
_RUNS = (
    ".//w:r[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent"
    " or w:rPr/w:vanish[not(@w:val='0' or @w:val='false')])]"
)


def read(content: bytes, source: str) -> list[Document]:
    """Return the one document in a Word file."""
    try:
        _check_size(content, source)
        file = docx.Document(BytesIO(content))
        numbering = Numbering.of(file)
        parts = list(_parts(file, numbering))
        title = clean(file.core_properties.title or "")
        language = file.core_properties.language or ""
    except DAMAGED as error:
        raise DocumentError(f"{source}: the Word file is damaged. Save it again.") from error
    heads = [text for kind, text, _ in parts if kind == "head"]
    title = (heads[0] if heads else "") or title or title_of(source)
    text = "\n\n".join(_written(parts))
    return [article(source, title, text, {"language": language})]


def _check_size(content: bytes, source: str) -> None:
    with ZipFile(BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST:
            raise DocumentError(f"{source}: the Word file unpacks to too much. Split it.")


Part = tuple[str, str, str]  # kind, words, and the number or mark in front of them


def _parts(file: "WordFile", numbering: Numbering) -> Iterator[Part]:
    for part in file.iter_inner_content():
        if isinstance(part, Table):
            yield "table", _table(part), ""
        elif said := _said(part):
            level = _level(part)
            if level:
                yield "head", said, "#" * level
            elif mark := numbering.mark(part):
                yield "item", said, mark
            else:
                yield "text", said, ""


def _written(parts: list[Part]) -> Iterator[str]:
    for kind, group in groupby(parts, key=lambda part: part[0]):
        if kind == "item":
            yield "\n".join(_items(list(group)))
            continue
        for _, said, mark in group:
            if kind == "head":
                yield heading(words(said), len(mark))
            else:
                yield said if kind == "table" else paragraph(words(said))


def _items(parts: list[Part]) -> Iterator[str]:
    """Return list items; an item below another stands where the other's words begin."""
    pads = [""]
    for _, said, mark in parts:
        depth = min(len(mark) - len(mark.lstrip()), len(pads) - 1)
        sign = mark.strip()
        pads = [*pads[: depth + 1], pads[depth] + " " * (len(sign) + 1)]
        yield pads[depth] + item([words(" ".join(said.split()))], sign)


def _said(paragraph: Paragraph) -> str:
    """Return what a paragraph says: without what was deleted or hidden."""
    said = []
    for run in paragraph._p.xpath(_RUNS):
        for child in run:
            if child.tag == qn("w:t"):
                said.append(child.text or "")
            elif child.tag in (qn("w:tab"), qn("w:noBreakHyphen")):
                said.append(" " if child.tag == qn("w:tab") else "-")
            elif child.tag in (qn("w:br"), qn("w:cr")):
                said.append("\n")
    return "\n".join(filter(None, (clean(line) for line in "".join(said).split("\n"))))


def _level(paragraph: Paragraph) -> int:
    """Return the level of a heading; 0 is none. The title is a heading above all."""
    style = paragraph.style
    name = (style.name if style is not None else "") or ""
    if name == "Title":
        return 1
    if match := re.fullmatch(r"Heading ([1-9])", name):
        return min(int(match[1]), 6)
    levels = paragraph._p.xpath("./w:pPr/w:outlineLvl/@w:val")
    return int(levels[0]) + 1 if levels and int(levels[0]) < 6 else 0


def _table(found: Table) -> str:
    rows = [[_cell(cell.paragraphs) for cell in row.cells] for row in found.rows]
    if max(map(len, rows), default=0) < 2:
        return "\n\n".join(paragraph(cell) for row in rows for cell in row)
    return table(rows, headed=True)


def _cell(paragraphs: list[Paragraph]) -> str:
    return words(" ".join(_said(one) for one in paragraphs))
