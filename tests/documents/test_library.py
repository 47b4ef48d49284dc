"""A library finds what was put in, for whom it is meant, and stays in step with its vectors."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from integrations.store.database import open_database
from integrations.store.shelf import SqlShelf
from knowledge.documents.document import About, Document
from knowledge.documents.library import Library
from knowledge.documents.scope import Scope
from knowledge.documents.vectors import Vectors, embedded
from knowledge.language.encoder import Encoder

TODAY = date(2026, 11, 18)
ANY = Scope(TODAY)
PRICES = Document("prices", "Prices", "The Team plan costs €149 per month. It has 5 seats.", "a.md")
BROWSERS = Document("browsers", "Browsers", "Firefox and Chrome can show the stage.", "b.md")

Open = Callable[[], Library]


@pytest.fixture(params=[0, 2000], ids=["many", "few"])
def opened(data: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Open:
    """Open the same library again and again, as several processes would."""
    encoder = Encoder(data / "cache")

    def library() -> Library:
        shelf = SqlShelf(open_database(tmp_path / "library.sqlite"))
        vectors = Vectors(embedded(tmp_path / "chroma"), "passages")
        return Library(shelf, vectors, encoder, tmp_path, few=request.param, moment=0.0)

    return library


def put(library: Library, *documents: Document) -> None:
    for one in documents:
        library.replace("root", one.source, one.content, [one])


def best(library: Library, question: str, scope: Scope = ANY) -> str:
    hits = library.search(question, scope).hits
    return hits[0].passage.document if hits else ""


def test_what_was_put_in_is_found(opened: Open) -> None:
    library = opened()
    put(library, PRICES, BROWSERS)
    assert best(library, "how much is Team?") == "prices"
    assert best(library, "which web browsers work") == "browsers"


def test_an_empty_library_finds_nothing(opened: Open) -> None:
    assert opened().search("anything", ANY).hits == ()


def test_a_quote_stands_at_its_span(opened: Open) -> None:
    library = opened()
    put(library, PRICES)
    (hit,) = library.search("price of Team", ANY).hits
    sentence = hit.passage.sentences[0]
    assert PRICES.text[sentence.start : sentence.end] == sentence.text


def test_what_is_gone_is_not_found(opened: Open) -> None:
    library = opened()
    put(library, PRICES, BROWSERS)
    assert library.drop("root", "a.md") == ["prices"]
    assert library.remove("browsers")
    assert not library.remove("browsers")
    assert library.search("how much is Team?", ANY).hits == ()


def test_the_same_again_changes_nothing(opened: Open) -> None:
    library = opened()
    put(library, PRICES)
    changes = library.replace("root", "a.md", "other bytes", [PRICES])
    assert (changes.unchanged, changes.changed, changes.added) == (["prices"], [], [])


def test_a_taken_id_gets_a_number(opened: Open) -> None:
    library = opened()
    put(library, PRICES)
    library.replace("elsewhere", "prices.md", "x", [Document("prices", "Fees", "A fee is due.")])
    assert [one.id for one in library.documents()] == ["prices", "prices-2"]


@pytest.mark.parametrize(
    ("about", "scope", "found"),
    [
        (About(audience="team"), ANY, False),
        (About(audience="team"), Scope(TODAY, "team"), True),
        (About(valid_until=date(2026, 1, 1)), ANY, False),
        (About(valid_until=date(2026, 1, 1)), Scope(None), True),
        (About(valid_from=date(2027, 1, 1)), ANY, False),
        (About(language="de"), Scope(TODAY, languages=("en",)), False),
        (About(language="de"), Scope(TODAY, languages=("en", "de")), True),
        (About(product="App"), Scope(TODAY, product="Web"), False),
        (About(product="App"), Scope(TODAY, product="App"), True),
    ],
)
def test_only_what_the_scope_allows_is_found(
    opened: Open, about: About, scope: Scope, found: bool
) -> None:
    library = opened()
    put(library, Document("prices", "Prices", PRICES.text, "a.md", about))
    assert bool(best(library, "how much is Team?", scope)) is found


def test_another_process_is_noticed(opened: Open) -> None:
    mine, theirs = opened(), opened()
    put(mine, PRICES)
    assert best(mine, "how much is Team?") == "prices"
    put(theirs, BROWSERS)
    assert best(mine, "which web browsers work") == "browsers"


def test_lost_vectors_come_back(opened: Open, tmp_path: Path) -> None:
    put(opened(), PRICES, BROWSERS)
    shutil.rmtree(tmp_path / "chroma")
    assert best(opened(), "how much is Team?") == "prices"


def test_how_people_ask_is_found_and_never_said(opened: Open) -> None:
    library = opened()
    text = "Guests need no seat. <!-- asked: do viewers pay anything | who is free of charge -->"
    put(library, Document("seats", "Seats", text, "c.md"), BROWSERS)
    found = library.search("do viewers have to pay something", ANY)
    assert found.prepared
    assert found.hits[0].passage.text == "Guests need no seat."


def test_a_follow_up_is_read_with_its_question(opened: Open) -> None:
    library = opened()
    text = "The Starter plan costs €49 per month.\n\n## Team\n\nThe Team plan costs €149 per month."
    put(library, Document("plans", "Plans", text, "d.md"), BROWSERS)
    found = library.search("and for Team?", ANY, "How much is the Starter plan?")
    assert "149" in found.hits[0].passage.text
