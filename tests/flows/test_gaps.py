"""A question that nobody could answer becomes an article; a promise becomes a task."""

from collections.abc import Callable
from pathlib import Path

import pytest

from integrations.gaps import Gaps
from integrations.groups import TODO
from integrations.store.database import open_database
from integrations.store.records import Missing
from integrations.store.shelf import SqlShelf
from integrations.store.todo import SqlTodo
from knowledge.documents.library import Library
from knowledge.documents.vectors import Vectors, embedded
from knowledge.language.encoder import Encoder
from tests.desk import Desk

pytestmark = pytest.mark.anyio


@pytest.fixture
def todo(desk: Desk) -> SqlTodo:
    return SqlTodo(open_database(desk.file), desk.now)


@pytest.fixture
def gaps(desk: Desk, todo: SqlTodo, data: Path, tmp_path: Path) -> Gaps:
    shelf = SqlShelf(open_database(tmp_path / "library.sqlite"))
    vectors = Vectors(embedded(tmp_path / "chroma"), "passages")
    library = Library(shelf, vectors, Encoder(data / "cache"), tmp_path)
    return Gaps(todo, library, tmp_path / "articles", lambda: desk.now().date())


@pytest.fixture
def ask(desk: Desk) -> Callable[..., object]:
    async def asked(text: str, conversation: str = "c1") -> None:
        desk.language.expect(text, ("question", 0.9))
        await desk.say(text, conversation=conversation)

    return asked


async def test_an_answered_question_is_no_gap(desk: Desk, todo: SqlTodo, ask: Callable) -> None:  # type: ignore[type-arg]
    await ask("What does Team cost?")
    assert await todo.gaps() == []


async def test_gaps_are_grouped_by_meaning(gaps: Gaps, ask: Callable) -> None:  # type: ignore[type-arg]
    await ask("Is there parking at the venue?", "c1")
    await ask("Can I park my car at the venue?", "c2")
    await ask("Do you serve vegan food?", "c3")
    groups = await gaps.groups()
    assert [(one.number, len(one.gaps)) for one in groups] == [(1, 2), (3, 1)]


async def test_a_gap_becomes_an_article_that_answers(
    desk: Desk,
    gaps: Gaps,
    todo: SqlTodo,
    ask: Callable,  # type: ignore[type-arg]
) -> None:
    await ask("Is there parking at the venue?")
    desk.language.expect("a person please", ("person_request", 0.9))
    await desk.say("a person please")
    await desk.agent.speak("c1", "The venue has 40 parking places behind the hall.", "Support")
    assert "The venue has 40 parking places behind the hall." in await desk.outbox()

    file = await gaps.draft(1)
    text = file.read_text(encoding="utf-8")
    assert "The venue has 40 parking places behind the hall." in text
    assert "asked: Is there parking at the venue?" in text
    with pytest.raises(Missing, match="no owner"):
        await gaps.approve(1)
    file.write_text(text.replace('owner: ""', 'owner: "Venue team"'), encoding="utf-8")

    document, asked = await gaps.approve(1)
    assert asked == [("Is there parking at the venue?", True)]
    assert document == "is-there-parking-at-the-venue"
    assert await todo.gaps() == []


async def test_an_outline_without_an_answer_is_not_published(gaps: Gaps, ask: Callable) -> None:  # type: ignore[type-arg]
    await ask("Is there parking at the venue?")
    with pytest.raises(Missing, match="gaps draft 1"):
        await gaps.approve(1)
    assert TODO in (await gaps.draft(1)).read_text(encoding="utf-8")
    with pytest.raises(Missing, match="write the answer first"):
        await gaps.approve(1)


async def test_a_dismissed_gap_is_gone(gaps: Gaps, todo: SqlTodo, ask: Callable) -> None:  # type: ignore[type-arg]
    await ask("Do you serve vegan food?")
    await gaps.dismiss(1)
    assert await todo.gaps() == []
    with pytest.raises(Missing, match="no open gap 1"):
        await gaps.draft(1)


async def test_a_promise_of_a_person_is_a_task(desk: Desk, todo: SqlTodo) -> None:
    desk.language.expect("a person please", ("person_request", 0.9))
    await desk.say("a person please")
    await desk.agent.speak("c1", "Sorry! We will call you tomorrow.", "Support")
    (task,) = await todo.tasks()
    assert (task["text"], task["conversation"]) == ("We will call you tomorrow.", "c1")
    await todo.done(task["id"], "Support")
    assert await todo.tasks() == []
    with pytest.raises(Missing, match="no open task"):
        await todo.done(task["id"], "Support")


async def test_a_promise_in_an_edited_draft_is_a_task(desk: Desk, todo: SqlTodo) -> None:
    desk.language.expect("the cost is absurd", ("complaint", 0.9))
    await desk.say("the cost is absurd")
    await desk.decide("edit", text="We will refund you this week.")
    assert [task["text"] for task in await todo.tasks()] == ["We will refund you this week."]


async def test_only_a_held_conversation_can_be_answered_by_hand(desk: Desk) -> None:
    with pytest.raises(Missing, match="no conversation"):
        await desk.agent.speak("nobody", "Hello.", "Support")
