import pytest

from knowledge.documents.document import Document, DocumentError
from knowledge.documents.reading.formats import read
from tests.documents.papers import pdf


def one(content: bytes) -> Document:
    (document,) = read(content, "manual.pdf")
    return document


def test_lines_become_paragraphs_again() -> None:
    text = one(
        pdf(
            [
                "A first yearly payment for any of our plans is refund-",
                "ed in full within 30 days, if the workspace has held no",
                "more than one event in real-",
                "time. The real-time clock counts.",
                "Later payments are not refunded.",
            ]
        )
    ).text
    assert text == (
        "A first yearly payment for any of our plans is refunded in full within 30 days, if the "
        "workspace has held no more than one event in real-time. The real-time clock counts.\n\n"
        "Later payments are not refunded."
    )


def test_bullets_and_steps_become_lists() -> None:
    text = one(
        pdf(
            [
                "How to cancel your plan when you no longer need it:",
                "1. Open the page Settings, which you find at the top",
                "right.",
                "2. Choose Cancel.",
                "• One *star* (really)",
                "• Two",
                "Then you are done with it and need not do anything.",
            ]
        )
    ).text
    assert text == (
        "How to cancel your plan when you no longer need it:\n\n"
        "1. Open the page Settings, which you find at the top right.\n2. Choose Cancel.\n"
        "- One \\*star\\* (really)\n- Two\n\n"
        "Then you are done with it and need not do anything."
    )


def test_headers_footers_and_page_numbers_are_dropped() -> None:
    said = ["Refunds take ten days.", "Tickets arrive by e-mail.", "Support is open on Monday."]
    pages = [
        ["The ConnectSphere manual", one, "All rights reserved", f"Page {number} of 3"]
        for number, one in enumerate(said, start=1)
    ]
    assert one(pdf(*pages)).text == "\n\n".join(said)


def test_a_sentence_goes_on_over_the_page() -> None:
    text = one(pdf(["Refunds take ten days if the payment"], ["was made by card."])).text
    assert text == "Refunds take ten days if the payment was made by card."


@pytest.mark.parametrize(
    ("given", "title"),
    [("Terms of use", "Terms of use"), ("Microsoft Word - x", "Manual"), ("", "Manual")],
)
def test_a_title_is_taken_where_it_is_one(given: str, title: str) -> None:
    assert one(pdf(["Some words."], title=given)).title == title


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert one(pdf(["Some words."], password="", owner="secret")).text == "Some words."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(["Some words."], password="secret"), "has a password"),
        (pdf([], []), "scanned"),
        (pdf(["Some words."])[:200], "damaged"),
        (b"%PDF-1.7\n" + b"nothing of the kind" * 50, "damaged"),
    ],
)
def test_a_pdf_that_cannot_be_used_is_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=rf"\Amanual\.pdf: [^\n]*{reason}[^\n]*\Z"):
        one(content)
