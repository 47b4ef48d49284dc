"""Read a PDF: its paragraphs and lists. Which lines are headings, a PDF does not say."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from knowledge.documents.document import Document, DocumentError
from knowledge.documents.reading.article import article, title_of
from knowledge.documents.reading.damage import DAMAGED
from knowledge.documents.reading.flow import paragraphs
from knowledge.documents.reading.marks import clean

EDGE = 2  # lines at the top and at the bottom of a page that may be its header or footer

_NUMBER = re.compile(r"(?:page|seite|p\.)? ?\d{1,4}(?: ?(?:/|of|von) ?\d{1,4})?", re.IGNORECASE)
_NO_TITLE = re.compile(r"\A(?:microsoft word|untitled|document\d*\Z)|\.\w{2,5}\Z", re.IGNORECASE)


def read(content: bytes, source: str) -> list[Document]:
    """Return the one document in a PDF."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each small flaw
    try:
        reader = _opened(content, source)
        pages = [_lines(page.extract_text()) for page in reader.pages]
        title, language = _title(reader), str(reader.root_object.get("/Lang") or "")
    except DependencyError as error:
        raise DocumentError(f"{source}: its encryption is not known. Save it without.") from error
    except (PyPdfError, *DAMAGED) as error:
        raise DocumentError(f"{source}: the PDF is damaged. Save or export it again.") from error
    text = "\n\n".join(paragraphs(list(_without_edges(pages))))
    if not any(map(str.isalpha, text)):
        raise DocumentError(
            f"{source}: the PDF has no text; it is probably scanned. Run text recognition (OCR)."
        )
    return [article(source, title or title_of(source), text, {"language": language})]


def _opened(content: bytes, source: str) -> PdfReader:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise DocumentError(f"{source}: the PDF has a password. Save it without one.")
    return reader


def _lines(text: str) -> list[str]:
    lines = [clean(line) for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _title(reader: PdfReader) -> str:
    title = clean(str((reader.metadata and reader.metadata.title) or ""))
    return "" if _NO_TITLE.search(title) else title


def _without_edges(pages: list[list[str]]) -> Iterator[list[str]]:
    """Return pages without page numbers and without the lines that most pages begin or end with."""
    often = Counter(
        key
        for number, lines in enumerate(pages, start=1)
        for key in {_key(lines[place], number) for place in _edges(lines)}
    )
    for number, lines in enumerate(pages, start=1):
        gone = {
            place
            for place in _edges(lines)
            if 1 < len(pages) < 2 * often[_key(lines[place], number)]
            or _NUMBER.fullmatch(lines[place])
        }
        yield [line for place, line in enumerate(lines) if place not in gone]


def _edges(lines: list[str]) -> set[int]:
    full = [place for place, line in enumerate(lines) if line]
    return {*full[:EDGE], *full[-EDGE:]}


def _key(line: str, number: int) -> str:
    return re.sub(rf"\b{number}\b", "#", line)
