import pytest

from knowledge.documents.document import DocumentError
from knowledge.documents.passages import cut
from knowledge.documents.reading.formats import KNOWN, read
from tests.documents.papers import pdf, word


def test_known_endings_are_those_that_can_be_read() -> None:
    assert {".md", ".html", ".pdf", ".docx", ".csv", ".jsonl", ".txt"} <= KNOWN


@pytest.mark.parametrize(
    "content",
    [
        pdf(["Ten days."]),
        word(lambda file: file.add_paragraph("Ten days.")),
        b"\n<!DOCTYPE html><p>Ten days.</p>",
    ],
)
def test_a_file_is_what_it_holds_whatever_it_is_called(content: bytes) -> None:
    (document,) = read(content, "refunds.md")
    assert document.text == "Ten days."


def test_an_address_without_an_ending_is_a_page() -> None:
    (document,) = read(b"<p>Ten days.</p>", "https://help.example/refunds")
    assert document.text == "Ten days."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    said = "Rückerstattung für “Team” – 49 €, naïve façade."
    (document,) = read(said.encode(encoding), "geld.md")
    assert document.text == said


@pytest.mark.parametrize(
    "content",
    [
        "Возврат денег".encode("cp1251"),
        "Zwrot pieniędzy następuje po zgłoszeniu źródła".encode("iso-8859-2"),
        "返金について".encode("shift-jis"),
        "Zurück".encode() + b"\xff",
        "Ten days".encode("utf-16-le"),
        b"\xff\xfeT\x00e",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    ],
)
def test_a_wrong_encoding_is_refused_and_not_guessed(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"\Aodd\.md: [^\n]*UTF-8"):
        read(content, "odd.md")


@pytest.mark.parametrize(
    ("content", "source", "reason"),
    [
        (b"x", "picture.png", r"files ending in \.png"),
        (b"x", "LICENSE", "files without an ending"),
        (b"", "a.md", "empty"),
    ],
)
def test_a_file_of_no_use_is_refused(content: bytes, source: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(content, source)


def test_plain_text_keeps_its_title_its_lists_and_its_words() -> None:
    said = (
        "Refunds\n=======\n\nYou can *ask* <us> for 5 # 6.\n# no heading\n\n"
        "  1) Open it\n  2) Close it\n\n* one\n\n        far to the right\n"
    )
    (document,) = read(said.encode(), "notes.txt")
    assert document.title == "Refunds"
    assert [s.text for p in cut(document) for s in p.sentences] == [
        "You can *ask* <us> for 5 # 6. # no heading",
        "Open it",
        "Close it",
        "one",
        "far to the right",
    ]


def test_a_first_sentence_is_no_title() -> None:
    (document,) = read(b"You can ask us.\n\nAny time.\n", "how-to-ask.txt")
    assert document.title == "How to ask"
