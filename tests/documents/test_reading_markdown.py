from datetime import date

import pytest

from knowledge.documents.document import Document, DocumentError
from knowledge.documents.passages import cut
from knowledge.documents.reading.formats import read
from knowledge.documents.reading.markdown import body

ARTICLE = """---
title: Refunds
owner: Billing team
reviewed: 2026-09-01
audience: customer
product: ConnectSphere
valid_from: 2026-01-01
valid_until: 2027-12-31
language: en
---

You get your money back within 10 days.
"""


def one(text: str, source: str = "refunds.md") -> Document:
    (document,) = read(text.encode(), source)
    return document


def test_the_text_is_the_file_with_its_front_matter() -> None:
    document = one(ARTICLE)
    assert document.text == ARTICLE
    assert ARTICLE[body(ARTICLE) :].startswith("\nYou get")


def test_a_span_of_a_sentence_points_into_the_file() -> None:
    ((sentence,),) = [passage.sentences for passage in cut(one(ARTICLE))]
    assert ARTICLE[sentence.start : sentence.end] == "You get your money back within 10 days."


def test_the_front_matter_is_known() -> None:
    document = one(ARTICLE)
    assert (document.title, document.about.owner) == ("Refunds", "Billing team")
    assert document.about.reviewed == date(2026, 9, 1)
    assert document.about.valid_until == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Valid until: 2026-12-31", "valid_until", date(2026, 12, 31)),
        ("valid-from: 2026-02-01T00:00:00", "valid_from", date(2026, 2, 1)),
        ("lang: en-GB", "language", "en"),
        ("language: no", "language", "no"),
        ("owner: ~", "owner", ""),
        ("reviewed:", "reviewed", None),
        ("audience: Team", "audience", "team"),
        ("owner: 'Team: billing'", "owner", "Team: billing"),
        ("colour: blue", "owner", ""),
    ],
)
def test_front_matter_is_read_as_people_write_it(line: str, field: str, value: object) -> None:
    about = one(f"---\n{line}\n---\nText.\n").about
    assert getattr(about, field) == value


def test_a_title_may_hold_a_colon_without_quotes() -> None:
    document = one("---\ntitle: Keys: how to\nowner: API team\n---\nText.\n")
    assert (document.title, document.about.owner) == ("Keys: how to", "API team")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: From above\n---\n# From below\n\nText.", "From above"),
        ("## Second\n\n# The *first* `one`\n\nText.", "The first one"),
        ("```\n# no heading\n```\n\nText.", "How to pay"),
        ("Text.", "How to pay"),
    ],
)
def test_the_title_is_the_best_there_is(text: str, title: str) -> None:
    assert one(text, "billing/how-to_pay.md").title == title


@pytest.mark.parametrize(
    ("source", "id"),
    [
        ("refunds.md", "refunds"),
        ("billing/invoices.md", "billing-invoices"),
        ("Zahlung & Gebühren.md", "zahlung-gebuhren"),
        ("v1.2 notes.md", "v1-2-notes"),
    ],
)
def test_an_id_is_the_path_in_small_letters(source: str, id: str) -> None:
    assert one("Text.", source).id == id


def test_two_long_paths_that_begin_alike_have_different_ids() -> None:
    ids = {one("Text.", f"{'long-name/' * 12}{last}.md").id for last in ("a", "b")}
    assert len(ids) == 2
    assert all(len(id) <= 80 for id in ids)


def test_windows_line_ends_hide_no_front_matter() -> None:
    document = one(ARTICLE.replace("\n", "\r\n"))
    assert document.about.owner == "Billing team"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\nreviewed: soon\n---\nText.", "date like 2026-01-31"),
        ("---\naudience: everyone\n---\nText.", "customer or team"),
        ("---\njust words\n---\nText.", "front matter"),
        ("---\nowner: [\n---\nText.", "front matter"),
        ("---\na: &a [x]\nowner: *a\n---\nText.", "front matter"),
        ("---\nowner: Billing\n---\n\n", "no text"),
        ("\n \n", "empty"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_the_file(text: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as refused:
        one(text, "broken.md")
    assert str(refused.value).startswith("broken.md: ")
    assert "\n" not in str(refused.value)
