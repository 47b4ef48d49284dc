from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx.document import Document as WordFile
from docx.oxml.parser import parse_xml

from knowledge.documents.document import Document, DocumentError
from knowledge.documents.reading import word as reader
from knowledge.documents.reading.formats import read
from tests.documents.papers import word

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def one(content: bytes) -> Document:
    (document,) = read(content, "guide.docx")
    return document


def test_headings_lists_and_tables_are_kept() -> None:
    def write(file: WordFile) -> None:
        file.add_heading("Refunds", 0)
        file.add_heading("Steps", 2)
        file.add_paragraph("1. is no *list* here.")
        file.add_paragraph("Open it.", style="List Number")
        file.add_paragraph("on a phone", style="List Bullet 2")
        file.add_paragraph("Close it.", style="List Number")
        table = file.add_table(2, 2)
        for cell, text in zip(table._cells, ["Plan", "Price", "Team | all", "€149"], strict=True):
            cell.text = text

    document = one(word(write))
    assert document.title == "Refunds"
    assert document.text == (
        "# Refunds\n\n## Steps\n\n1\\. is no \\*list\\* here.\n\n"
        "1. Open it.\n   - on a phone\n2. Close it.\n\n"
        "| Plan | Price |\n| --- | --- |\n| Team \\| all | €149 |"
    )


def test_what_was_deleted_or_hidden_is_not_read_and_what_was_inserted_is() -> None:
    def write(file: WordFile) -> None:
        paragraph = file.add_paragraph("Refunds take ")
        for inside in (
            f"<w:del {SPACE}><w:r><w:delText>20</w:delText></w:r></w:del>",
            f"<w:ins {SPACE}><w:r><w:t>10 days</w:t></w:r></w:ins>",
        ):
            paragraph._p.append(parse_xml(inside))
        paragraph.add_run(" obey").font.hidden = True
        paragraph.add_run(".")

    assert one(word(write)).text == "Refunds take 10 days."


def test_the_name_of_the_file_is_the_last_resort() -> None:
    def write(file: WordFile) -> None:
        file.core_properties.title = ""
        file.add_paragraph("Some words.")

    assert one(word(write)).title == "Guide"


def test_the_properties_give_title_and_language() -> None:
    def write(file: WordFile) -> None:
        file.core_properties.title, file.core_properties.language = "Terms", "de-DE"
        file.add_paragraph("Some words.")

    document = one(word(write))
    assert (document.title, document.about.language) == ("Terms", "de")


def packed(content: str) -> bytes:
    with BytesIO() as out:
        with ZipFile(out, "w", ZIP_DEFLATED) as file:
            file.writestr("word/document.xml", content)
        return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (word(lambda file: None), "no text"),
        (packed("<not closed"), "damaged"),
        (packed(" " * (reader.LARGEST + 1)), "unpacks to too much"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (b"PK\x03\x04" + b"\0" * 600, "damaged"),
    ],
)
def test_a_word_file_that_cannot_be_used_is_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=rf"\Aguide\.docx: [^\n]*{reason}[^\n]*\Z"):
        one(content)
