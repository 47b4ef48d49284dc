"""What waits for people, in the order in which it is due."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, event

from integrations.store.database import open_database
from integrations.store.entries import Filters, Page
from integrations.store.places import Place
from integrations.store.queue import Queue, beside
from tests.conftest import Clock
from tests.console.rows import Rows, at

Look = Callable[..., Page]


@pytest.fixture
def engine(place: Place) -> Iterator[Engine]:
    engine = open_database(place)
    yield engine
    engine.dispose()


@pytest.fixture
def rows(engine: Engine) -> Rows:
    return Rows(engine)


@pytest.fixture
def queue(engine: Engine, clock: Clock) -> Queue:
    return Queue(engine, clock)


def numbers(page: Page) -> list[tuple[str, int]]:
    return [(entry.kind, entry.number) for entry in page.entries]


def mixed(rows: Rows) -> None:
    """Two drafts with a deadline, two without, a handoff before, between and behind."""
    for name in ("c1", "c2", "c3", "c4", "c5", "c6"):
        rows.talk(name)
    rows.draft(1, "c1")
    rows.draft(2, "c2", due_at=at(200))
    rows.draft(3, "c3", due_at=at(100))
    rows.draft(4, "c1")
    rows.handoff(1, "c4")
    rows.handoff(2, "c5")
    rows.handoff(3, "c6", opened_at=at(0))
    rows.timer("c5", "first_answer", at(150))
    rows.timer("c6", "first_answer", at(50))


IN_ORDER = [
    ("handoff", 3), ("reply", 3), ("handoff", 2), ("reply", 2),
    ("reply", 1), ("handoff", 1), ("reply", 4),
]  # fmt: skip


def test_the_next_deadline_comes_first_and_what_has_none_as_it_came(
    rows: Rows, queue: Queue
) -> None:
    mixed(rows)
    assert numbers(queue.page(Filters())) == IN_ORDER


@pytest.mark.parametrize("most", [1, 2, 3, 6])
def test_pages_follow_each_other_without_a_gap(rows: Rows, queue: Queue, most: int) -> None:
    mixed(rows)
    page = queue.page(Filters(), most=most)
    found = numbers(page)
    while page.after:
        page = queue.page(Filters(), page.after, most)
        found += numbers(page)
    assert found == IN_ORDER


@pytest.mark.parametrize("after", ["x", "~~~", "a~b~c~d", "9~1", "0~9~0~" + "9" * 40])
def test_a_place_that_nobody_gave_out_breaks_nothing(rows: Rows, queue: Queue, after: str) -> None:
    mixed(rows)
    assert set(numbers(queue.page(Filters(), after))) <= set(IN_ORDER)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(kind="post"), [2]),
        (Filters(kind="handoff"), []),
        (Filters(team="billing"), [3]),
        (Filters(assignee="kim"), [4]),
        (Filters(risk="high"), [5]),
        (Filters(channel="telegram"), [6]),
        (Filters(overdue=True), [7]),
        (Filters(away=True), [8]),
        (Filters(team="billing", assignee="kim"), []),
    ],
)
def test_filters_leave_what_fits(
    rows: Rows, queue: Queue, filters: Filters, expected: list[int]
) -> None:
    rows.talk("c1")
    rows.talk("c2", channel="telegram")
    rows.draft(1)
    rows.draft(2, kind="post", network="linkedin")
    rows.draft(3, team="billing")
    rows.draft(4, assignee="kim")
    rows.draft(5, risk="high")
    rows.draft(6, "c2")
    rows.draft(7, due_at=at(59))
    rows.draft(8, snoozed_until=at(61))
    rows.draft(9, status="approved")
    assert [entry.number for entry in queue.page(filters).entries] == expected


def test_a_conversation_that_was_put_away_waits_elsewhere(rows: Rows, queue: Queue) -> None:
    rows.talk("c1")
    rows.handoff(1)
    rows.timer("c1", "snooze", at(90))
    assert queue.page(Filters()).entries == ()
    assert [entry.back_at for entry in queue.page(Filters(away=True)).entries] == [at(90)]


def test_an_entry_shows_what_was_asked_and_what_would_be_said(rows: Rows, queue: Queue) -> None:
    rows.talk("c1", channel="telegram")
    rows.draft(1, risk="medium", team="billing", due_at=at(59))
    entry = queue.page(Filters()).entries[0]
    assert (entry.about, entry.text) == ("Question 1", "Answer 1")
    assert (entry.channel, entry.risk, entry.team) == ("telegram", "medium", "billing")
    assert entry.overdue


def test_it_counts_what_waits_of_each_kind(rows: Rows, queue: Queue) -> None:
    mixed(rows)
    rows.draft(5, kind="post", team="marketing", assignee="kim", risk="high", due_at=at(59))
    rows.draft(6, snoozed_until=at(61))
    counts = queue.page(Filters(kind="post")).counts
    assert counts.kinds == {"reply": 4, "handoff": 3, "post": 1}
    assert counts.teams == {"": 4, "support": 3, "marketing": 1}
    assert (counts.assignees["kim"], counts.risks["high"]) == (1, 1)
    assert (counts.total, counts.overdue, counts.away) == (8, 2, 1)


def test_it_knows_the_channels(rows: Rows, queue: Queue) -> None:
    for name, channel in (("c1", "x"), ("c2", "telegram"), ("c3", "x")):
        rows.talk(name, channel=channel)
    assert queue.page(Filters()).channels == ["telegram", "x"]


def test_a_page_reads_the_same_few_rows_however_many_wait(
    rows: Rows, engine: Engine, queue: Queue
) -> None:
    rows.drafts(300, due_at=at(30))
    said: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def noted(_c: object, _cu: object, statement: str, *_: object) -> None:
        said.append(statement)

    page = queue.page(Filters())
    assert len(page.entries) == 50
    assert len([one for one in said if one.startswith("SELECT")]) <= 9


@pytest.mark.parametrize(
    ("number", "due_at", "neighbours"),
    [(3, at(100), (0, 2)), (2, at(200), (3, 1)), (1, "", (2, 4)), (4, "", (1, 0))],
)
def test_each_draft_knows_the_one_before_and_the_one_after(
    rows: Rows, engine: Engine, number: int, due_at: str, neighbours: tuple[int, int]
) -> None:
    mixed(rows)
    with engine.connect() as db:
        assert beside(db, due_at, number, at(60)) == neighbours
