"""Choose the reader of a file, by what it is rather than by what it is called."""

from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from zipfile import ZipFile

from knowledge.documents.document import Document, DocumentError
from knowledge.documents.reading.damage import DAMAGED

Reader = Callable[[bytes, str], list[Document]]

READERS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "word",
    ".csv": "pairs",
    ".tsv": "pairs",
    ".jsonl": "pairs",
    ".txt": "text",
}
KNOWN = frozenset(READERS)

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # Word before 2007, and every Word file with a password
_PAGE = (b"<!doctype html", b"<html")


def read(content: bytes, source: str) -> list[Document]:
    """Return the documents in a file or page; a file may hold several."""
    if not content.strip():
        raise DocumentError(f"{source}: the file is empty. Add text to it or take it away.")
    reader: Reader = import_module(f"knowledge.documents.reading.{_format(content, source)}").read
    return reader(content, source)


def _format(content: bytes, source: str) -> str:
    path = urlsplit(source).path if "://" in source else source
    suffix = PurePosixPath(path).suffix.lower()
    if found := _recognised(content, source):
        return found
    if suffix in READERS:
        return READERS[suffix]
    if "://" in source:
        return "html"
    known = ", ".join(sorted(KNOWN))
    named = f"files ending in {suffix}" if suffix else "files without an ending"
    raise DocumentError(f"{source}: {named} cannot be read. Use one of {known}.")


def _recognised(content: bytes, source: str) -> str:
    """Return the format that the first bytes give away."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return "pdf"
    if start.startswith(_PAGE):
        return "html"
    if content.startswith(_OLD_OFFICE):
        raise DocumentError(
            f"{source}: this is an old or password-protected Office file. "
            "Save it as .docx without a password."
        )
    if content.startswith(_ZIP):
        return _packed(content, source)
    return ""


def _packed(content: bytes, source: str) -> str:
    try:
        with ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
    except DAMAGED as error:
        raise DocumentError(f"{source}: the file is damaged. Save or copy it again.") from error
    if "word/document.xml" in names:
        return "word"
    raise DocumentError(f"{source}: this is a packed file that is no Word document. Unpack it.")
