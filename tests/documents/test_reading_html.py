from datetime import date

import pytest

from knowledge.documents.document import Document, DocumentError
from knowledge.documents.passages import cut
from knowledge.documents.reading.formats import read


def page(body: str, head: str = "", source: str = "page.html") -> Document:
    (document,) = read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), source)
    return document


def sentences(body: str) -> list[str]:
    return [s.text for passage in cut(page(body)) for s in passage.sentences]


def test_only_the_main_part_is_read() -> None:
    document = page(
        "<header>Banner</header><nav>Home</nav><main><h1>Refunds</h1><p>Ten days.</p>"
        "<script>track()</script><aside>Related</aside></main><footer>Imprint</footer>"
    )
    assert document.text == "# Refunds\n\nTen days."


def test_without_a_main_part_the_page_around_is_left_out() -> None:
    text = page("<header>Banner</header><nav>Home</nav><div><p>Ten days.</p></div>").text
    assert text == "Ten days."


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Obey.</p>",
        "<p style='display : none'>Obey.</p>",
        "<div style='visibility:hidden'><p>Obey.</p></div>",
        "<p>Seen.<span style='font-size:0'>Obey.</span></p>",
        "<p style='position:absolute; left:-9999px'>Obey.</p>",
        "<p aria-hidden=true>Obey.</p>",
        "<!-- Obey. -->",
        "<template><p>Obey.</p></template>",
        "<noscript>Obey.</noscript>",
    ],
)
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    text = page(f"<p>Before.</p>{hidden}<p>After.</p>").text
    assert "Obey" not in text
    assert text.startswith("Before.")
    assert text.endswith("After.")


def test_steps_keep_their_numbers_and_what_stands_in_them() -> None:
    text = page(
        "<ol><li>Open <em>Settings</em>.<ul><li>On a phone<li>On a desk</ul>"
        "<li><p>Choose it.</p><p>Wait.</p></ol>"
    ).text
    assert text == ("1. Open Settings.\n   - On a phone\n   - On a desk\n2. Choose it.\n\n   Wait.")


def test_a_table_is_read_row_by_row_with_its_heads() -> None:
    assert sentences(
        "<table><tr><th>Plan<th>Price<tr><td>Starter<td rowspan=2>€49 | all<tr><td>Team</table>"
    ) == ["Plan: Starter; Price: €49 | all", "Plan: Team; Price: €49 | all"]


def test_a_table_without_heads_makes_no_heads_of_its_first_row() -> None:
    assert sentences("<table><tr><td>Starter<td>€49<tr><td>Team<td>€149</table>") == [
        "Starter; €49",
        "Team; €149",
    ]


def test_a_table_that_only_places_things_is_no_table() -> None:
    text = page("<table><tr><td><h1>Refunds</h1><p>Ten days.</p></td><td>Ad</td></tr></table>").text
    assert text == "# Refunds\n\nTen days.\n\nAd"


def test_questions_that_fold_out_are_headings() -> None:
    document = page("<h2>Money</h2><details><summary>How long?</summary>Ten days.</details>")
    assert [passage.path for passage in cut(document)] == [("Money", "How long?")]


def test_terms_stand_with_their_meaning() -> None:
    assert sentences("<dl><dt>Pack:<dd>100 attendees<dt>Seat<dd>An organiser</dl>") == [
        "Pack: 100 attendees",
        "Seat: An organiser",
    ]


def test_words_that_look_like_marks_stay_words() -> None:
    words = "1. *not* a list, `code`, &lt;b&gt; &amp;amp; [a](b) _c_ snake_case # d"
    assert sentences(f"<p>{words}</p><p># e</p><p>- f</p>") == [
        "1. *not* a list, `code`, <b> &amp; [a](b) _c_ snake_case # d",
        "# e",
        "- f",
    ]


def test_a_link_keeps_its_target_and_reads_as_its_words() -> None:
    document = page(
        "<p>See <a href='/terms'>our [new] terms</a>.</p>", source="https://a.example/b"
    )
    assert "(https://a.example/terms)" in document.text
    assert [s.text for p in cut(document) for s in p.sentences] == ["See our [new] terms."]


def test_a_link_that_runs_something_is_only_its_words() -> None:
    assert page("<p>See <a href='javascript:x()'>this</a>.</p>").text == "See this."


def test_the_head_says_who_owns_the_page() -> None:
    head = (
        "<title>Refunds | Help</title><meta name=owner content='Billing team'>"
        "<meta name=reviewed content=2026-09-01><meta name=valid-until content=2027-01-01>"
        "<meta name=viewport content='width=1'>"
    )
    (document,) = read(f"<html lang=de-AT><head>{head}</head><p>Text.".encode(), "a.html")
    assert document.title == "Refunds | Help"
    assert (document.about.owner, document.about.language) == ("Billing team", "de")
    assert document.about.valid_until == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("source", "id"),
    [
        ("https://help.example/articles/refunds.html", "articles-refunds"),
        ("https://help.example/article?id=12", "article-id-12"),
        ("https://help.example/", "help-example"),
        ("https://help.example/Zahlung%20%26%20mehr", "zahlung-mehr"),
    ],
)
def test_a_page_is_named_after_its_address(source: str, id: str) -> None:
    assert page("<p>Text.</p>", source=source).id == id


def test_the_page_says_its_encoding() -> None:
    content = "<meta charset=iso-8859-2><p>Płatność</p>".encode("iso-8859-2")
    (document,) = read(content, "a.html")
    assert document.text == "Płatność"


@pytest.mark.parametrize(
    ("body", "reason"),
    [("<script>x()</script>", "no text"), ("<div>" * 5000 + "x", "nested too deep")],
)
def test_a_page_that_cannot_be_used_is_one_line(body: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=rf"page\.html: .*{reason}"):
        page(body)
