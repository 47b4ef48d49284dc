"""PDF and Word files made while a test runs."""

from collections.abc import Callable, Sequence
from io import BytesIO

import docx
from docx.document import Document as WordFile
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
        NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
    }
)


def pdf(
    *pages: Sequence[str], password: str | None = None, owner: str = "", title: str = ""
) -> bytes:
    """Return a PDF with these lines on its pages."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        drawn = "".join(f"({_escaped(line)}) Tj 0 -14 Td\n" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 50 780 Td\n{drawn}ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): FONT})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, owner or None)
    with BytesIO() as out:
        writer.write(out)
        return out.getvalue()


def word(write: Callable[[WordFile], object]) -> bytes:
    """Return a Word file that somebody wrote into."""
    file = docx.Document()
    write(file)
    with BytesIO() as out:
        file.save(out)
        return out.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
