"""Gaps: questions nobody could answer become an article, from a form."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from integrations.console.article import Article, read
from integrations.gaps import Gaps
from integrations.store.shelf import SqlShelf
from knowledge.documents.library import Library
from knowledge.documents.vectors import Vectors, embedded
from knowledge.language.encoder import Encoder
from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
As = Callable[..., Browser]
PARKING = "Is there parking at the venue?"
ANSWER = "The venue has 40 parking places behind the hall."


@pytest.fixture
async def asked(house: DeskHouse, data: Path, tmp_path: Path) -> Gaps:
    """Real documents behind the console, and questions that they do not answer."""
    vectors = Vectors(embedded(tmp_path / "chroma"), "passages")
    library = Library(SqlShelf(house.engine), vectors, Encoder(data / "cache"), tmp_path)
    today = house.desk.now().date()
    gaps = Gaps(house.house.todo, library, tmp_path / "articles", lambda: today)
    house.house = replace(house.house, gaps=gaps, library=library)
    questions = [PARKING, "Can I park my car at the venue?", "Do you serve vegan food?"]
    for number, text in enumerate(questions):
        message = house.desk.message(text, conversation=f"c{number}")
        await house.house.agent.receive(message)
    return gaps


async def grouped(browser: Browser) -> str:
    """Open the page until the groups are worked out, as it asks people to."""
    while "being grouped" in (page := (await browser.get("/desk/gaps")).text):
        await asyncio.sleep(0.1)
    return page


async def test_questions_are_shown_in_groups_the_most_frequent_first(
    asked: Gaps, client_as: As
) -> None:
    page = await grouped(client_as("viewer"))
    assert "3 questions in 2 groups" in page
    assert page.index("2×") < page.index("vegan")
    assert "Answer<span" not in page  # a viewer does not


async def test_an_answer_becomes_a_document_and_closes_the_gap(
    house: DeskHouse, asked: Gaps, client_as: As
) -> None:
    browser = client_as("community manager")
    form = (await browser.get("/desk/gaps/1")).text
    assert PARKING in form
    page = await browser.after(
        "/desk/gaps/1", title="Parking", owner="Venue team", text=ANSWER,
        ways=f"{PARKING}\nCan I park my car at the venue?",
    )  # fmt: skip
    assert "it answers 2 of 2" in page.text
    assert "1 question in 1 group" in page.text
    noted = house.console.audit.rows(action="gap_answered")[0]
    name = noted.what.removeprefix("document ")
    assert noted.who == "kim"
    assert ANSWER in (await browser.get(f"/desk/documents/{name}")).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": " "}, "Write the answer first"),
        ({"text": ANSWER, "owner": ""}, "no owner"),
        ({"text": "Ask <PERSON_1> at the desk.", "owner": "Venue"}, "placeholder"),
    ],
)
async def test_what_is_not_finished_is_kept_and_not_published(
    asked: Gaps, client_as: As, fields: dict[str, str], says: str
) -> None:
    browser = client_as("community manager")
    page = (await browser.after("/desk/gaps/1", **{"title": "Parking", **fields})).text
    assert says in page
    assert fields["text"].strip().split(" <")[0] in page
    assert len(await asked.groups()) == 2


async def test_a_group_can_be_taken_off_the_list(asked: Gaps, client_as: As) -> None:
    page = (await client_as("admin").after("/desk/gaps/1/dismiss")).text
    assert "2 taken off the list" in page
    assert PARKING not in page.split("<h1>")[1].split("taken off")[0]
    gone = await client_as("admin").get("/desk/gaps/1")
    assert gone.status_code == 404


async def test_who_may_not_teach_changes_nothing(asked: Gaps, client_as: As) -> None:
    for path in ("/desk/gaps/1", "/desk/gaps/1/dismiss"):
        assert (await client_as("viewer").post(path, text=ANSWER)).status_code == 403


@pytest.mark.parametrize("text", [ANSWER, "One.\nTwo.\n\n- three\n- four"])
def test_an_article_is_the_same_after_it_was_kept(text: str) -> None:
    before = Article("A title", "Venue team", text, ["how", "and why"])
    assert read(before.file(date(2026, 11, 1), "en")) == before


def test_what_somebody_writes_stays_in_its_place() -> None:
    hostile = Article('x"\nowner: "me', "a\n---\nb", "Text.", ["--> <script>", "a|b", "  "])
    file = hostile.file(date(2026, 11, 1), "en")
    assert file.count("\n---\n") == 1
    assert file.count("-->") == 1
    assert 'owner: "me' not in file.split("\n")[2:]
