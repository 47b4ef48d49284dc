from datetime import date

import pytest

from knowledge.documents.document import DocumentError
from knowledge.documents.reading.formats import read


@pytest.mark.parametrize(
    ("content", "source"),
    [
        ("question,answer\nHow much?,€49 per month.\n", "faq.csv"),
        ("Question;Answer\nHow much?;€49 per month.\n\n;\n", "faq.csv"),
        ('\ufeffQ\tA\nHow much?\t"€49 per month."\n', "faq.tsv"),
        ("title,text\r\nHow much?,€49 per month.\r\n", "faq.csv"),
        ('{"question": "How much?", "answer": "€49 per month."}\n\n', "faq.jsonl"),
        ('{"q": "How much?", "a": "€49 per month.", "score": 3}', "faq.jsonl"),
        ('{"question": "How much?", "answer": "<p>€49 <b>per</b> month.</p>"}', "faq.jsonl"),
    ],
)
def test_each_row_is_a_document(content: str, source: str) -> None:
    (document,) = read(content.encode(), source)
    assert (document.id, document.title) == ("how-much", "How much?")
    assert document.text == "€49 per month."
    assert document.source == source


def test_an_answer_may_hold_lines_and_commas() -> None:
    rows = read(b'question,answer\nHow?,"1. Open, then\n2. close."\nWhy?,Because.\n', "faq.csv")
    assert [row.text for row in rows] == ["1. Open, then\n2. close.", "Because."]


def test_other_columns_say_who_owns_a_row() -> None:
    content = b"question,answer,owner,reviewed,Language\nHow?,So.,Billing,2026-01-31,de-CH\n"
    about = read(content, "faq.csv")[0].about
    assert (about.owner, about.reviewed, about.language) == ("Billing", date(2026, 1, 31), "de")


def test_rows_with_an_id_keep_it() -> None:
    rows = read(
        b'{"id": "d_1", "text": "One."}\n{"id": "d2", "text": "Two.", "title": "T"}', "d.jsonl"
    )
    assert [(row.id, row.title, row.text) for row in rows] == [
        ("d-1", "", "One."),
        ("d2", "T", "Two."),
    ]


def test_half_a_sign_does_not_break_the_rest() -> None:
    (row,) = read(rb'{"q": "How \ud800?", "a": "So \ud800."}', "faq.jsonl")
    assert row.text.encode() == b"So ?."


@pytest.mark.parametrize(
    ("content", "source", "reason"),
    [
        ("name,email\nx,y\n", "faq.csv", "Name the columns question and answer"),
        ("question,answer\n", "faq.csv", "no row"),
        ("question,answer\nHow?,\n", "faq.csv", "line 2: the answer is missing"),
        ("question,answer\n,So.\n", "faq.csv", "line 2: the question is missing"),
        (f"question,answer\nHow?,{'x' * 200_000}\n", "faq.csv", "line 2: this is no table row"),
        ('question,answer\nHow?,"So.\nWhy?,No.\n', "faq.csv", "Check its quotation marks"),
        ('{"q": "How?", "a": "So."}\n{"q": "Wh', "faq.jsonl", "line 2: this is no JSON"),
        ('{"q": "a", "a": "b"}\n[1]', "faq.jsonl", "line 2: write an object"),
        ('{"a":' * 5000, "faq.jsonl", "line 1: this is no JSON"),
        ("question,answer,reviewed\nHow?,So.,soon\n", "faq.csv", "date like"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(content: str, source: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=rf"\A{source}[:,] [^\n]*{reason}[^\n]*\Z"):
        read(content.encode(), source)
