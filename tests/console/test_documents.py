"""Documents: found by words and state, and read at the place that an answer quotes."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from integrations.store.shelf import SqlShelf
from knowledge.documents.document import About, Document
from knowledge.documents.passages import cut
from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
As = Callable[..., Browser]
TEXT = """# Plans

Three plans are sold.

## Prices

The Team plan costs €149 per month. <!-- asked: what is Team | how much is it -->
Nobody pays <b>twice</b>.

- yearly
- monthly
"""


@pytest.fixture
def shelf(house: DeskHouse) -> SqlShelf:
    shelf = SqlShelf(house.engine)
    plans = About(owner="Sales", reviewed=date(2026, 10, 1))
    old = About(reviewed=date(2024, 1, 1), valid_until=date(2025, 1, 1))
    documents = [
        Document("plans", "Plans", TEXT, "plans.md", plans),
        Document("old-terms", "Old terms", "Nothing of this holds.", "old.md", old),
    ]
    for one in documents:
        parts = [(p, np.zeros((2 + len(p.sentences), 384), np.float32)) for p in cut(one)]
        shelf.write("brand", one.source, "d", [], [(one, parts)])
    return shelf


async def test_documents_are_listed_with_what_needs_a_look(shelf: SqlShelf, client_as: As) -> None:
    page = (await client_as("viewer").get("/desk/documents")).text
    assert "Old terms" in page
    assert "review due" in page
    assert "expired" in page
    only = (await client_as("viewer").get("/desk/documents?state=expired")).text
    assert "Old terms" in only
    assert ">Plans</a></th>" not in only


@pytest.mark.parametrize("asked", ["team COSTS", "€149", "plans"])
async def test_words_are_looked_for_wherever_they_stand(
    shelf: SqlShelf, client_as: As, asked: str
) -> None:
    page = (await client_as("viewer").get("/desk/documents", params={"q": asked})).text
    assert ">Plans</a></th>" in page
    assert ">Old terms</a></th>" not in page


async def test_signs_are_looked_for_as_they_are(shelf: SqlShelf, client_as: As) -> None:
    page = (await client_as("viewer").get("/desk/documents", params={"q": "100%_"})).text
    assert "No document has these words" in page


async def test_the_quoted_sentence_is_lit(shelf: SqlShelf, client_as: As) -> None:
    start = TEXT.index("The Team plan")
    end = start + len("The Team plan costs €149 per month.")
    page = (await client_as("viewer").get(f"/desk/documents/plans?start={start}&end={end}")).text
    assert page.count("<mark>") == 1
    assert "<mark>The Team plan costs €149 per month.</mark>" in page
    assert 'id="prices" class="found"' in page
    assert "how much is it" in page


async def test_a_passage_is_lit_by_its_number(shelf: SqlShelf, client_as: As) -> None:
    page = (await client_as("viewer").get("/desk/documents/plans?passage=1")).text
    assert "<mark>Three plans are sold.</mark>" in page


async def test_what_a_document_holds_is_shown_as_text(shelf: SqlShelf, client_as: As) -> None:
    page = (await client_as("viewer").get("/desk/documents/plans")).text
    assert "<b>twice</b>" not in page
    assert "<mark>" not in page


async def test_a_document_that_is_gone_is_no_error(client_as: As) -> None:
    page = await client_as("viewer").get("/desk/documents/a/b/c?start=5&end=1")
    assert page.status_code == 404
    assert "no such document" in page.text
