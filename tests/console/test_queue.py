"""The queue as a page: it works without a script, and tells a script what happens."""

import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing
from datetime import timedelta

import pytest
from sqlalchemy import update

from integrations.console.live import events
from integrations.console.roles import Role
from integrations.console.spans import due, here
from integrations.store.schema import revisions
from tests.conftest import Clock
from tests.console.desk_house import Browser, DeskHouse
from tests.console.rows import Rows, at
from tests.console.waiting_desk import complain, words

pytestmark = pytest.mark.anyio
As = Callable[[Role], Browser]


@pytest.fixture
def rows(house: DeskHouse) -> Rows:
    rows = Rows(house.engine)
    rows.talk("c1")
    rows.talk("c2", channel="telegram")
    rows.draft(1, team="billing", assignee="kim", risk="high", due_at=at(0))
    rows.draft(2, "c2", kind="comment", due_at=at(600))
    rows.draft(3, kind="post", network="linkedin", title="Summaries")
    rows.handoff(1, "c2")
    return rows


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "1 2 3 c2"),
        ("?kind=post", "3"),
        ("?kind=handoff", "c2"),
        ("?team=billing", "1"),
        ("?assignee=me", "1"),
        ("?channel=telegram", "2 c2"),
        ("?risk=high", "1"),
        ("?overdue=1", "1"),
        ("?away=1", ""),
        ("?team=nobody", ""),
        ("?after=nonsense&kind=%3Cscript%3E", ""),
    ],
)
async def test_filters_are_plain_addresses(
    rows: Rows, client_as: As, query: str, shown: str
) -> None:
    page = (await client_as("community manager").get(f"/desk{query}")).text
    links = {"1": "drafts/1", "2": "drafts/2", "3": "drafts/3", "c2": "conversations/c2"}
    found = [
        name for name, link in links.items() if f'href="/desk/{link}" data-key="Enter"' in page
    ]
    assert found == shown.split()


async def test_each_is_offered_only_what_their_role_decides(rows: Rows, client_as: As) -> None:
    roles: dict[Role, list[int]] = {"community manager": [1, 2], "marketer": [3], "viewer": []}
    for role, offered in roles.items():
        page = (await client_as(role).get("/desk")).text
        found = [n for n in (1, 2, 3) if f'aria-label="Approve draft {n}"' in page]
        assert found == offered


async def test_only_what_can_do_little_harm_can_be_ticked(rows: Rows, client_as: As) -> None:
    page = (await client_as("admin").get("/desk")).text
    assert [f'value="{n}.1" aria-label' in page for n in (1, 2, 3)] == [False, True, True]


async def test_what_is_blocked_is_opened_and_not_approved_unread(
    rows: Rows, house: DeskHouse, client_as: As
) -> None:
    found = {"rule": "claim", "says": "no evidence", "start": 0, "end": 3, "blocks": True}
    with house.engine.begin() as db:
        db.execute(update(revisions).where(revisions.c.draft == 3).values(findings=[found]))
    page = (await client_as("admin").get("/desk")).text
    assert [f"Approve draft {n}" in page for n in (1, 2, 3)] == [True, True, False]
    assert 'href="/desk/drafts/3"' in page


async def test_what_is_about_to_leave_stands_on_top_with_a_way_back(
    house: DeskHouse, client_as: As
) -> None:
    await complain(house)
    await client_as("community manager").post("/desk/drafts/1", do="approve", revision=1)
    browser = client_as("admin")
    page = (await browser.get("/desk")).text
    assert "kim, leaves" in words(page)
    house.desk.wait(seconds=11)
    assert "kim, leaves" not in words((await browser.get("/desk")).text)


async def test_the_next_page_is_a_link(house: DeskHouse, client_as: As) -> None:
    Rows(house.engine).drafts(60)
    browser = client_as("viewer")
    page = (await browser.get("/desk?kind=reply")).text
    address = page.partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    more = (await browser.get(address)).text
    assert 'href="/desk/drafts/60"' in more
    assert 'href="/desk/drafts/50"' not in more


async def test_an_open_page_is_told_of_a_decision(house: DeskHouse, client_as: As) -> None:
    await complain(house)
    async with aclosing(events(house.console, "ada", "draft 1")) as told:
        assert '"here"' in await anext(told)
        await client_as("community manager").post("/desk/drafts/1", do="approve", revision=1)
        while (one := await asyncio.wait_for(anext(told), 20)).startswith(":") or (
            json.loads(one.removeprefix("data: "))["kind"] != "decision"
        ):
            pass
    assert json.loads(one.removeprefix("data: ")) == {"kind": "decision", "id": "1", "by": "kim"}


async def test_who_listens_counts_as_there(house: DeskHouse) -> None:
    async with aclosing(events(house.console, "ada", "draft 1")) as told:
        await anext(told)
        assert [one.name for one in house.console.presence.others("draft 1", "kim")] == ["ada"]
    assert house.console.presence.others("draft 1", "kim") == []


async def test_a_silent_stream_says_that_it_is_there(house: DeskHouse) -> None:
    async with aclosing(events(house.console, "ada", "", alive=0.01)) as told:
        assert [(await anext(told))[0] for _ in range(3)] == ["d", ":", ":"]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(5, "due in 5 min"), (-5, "5 min late"), (180, "due in 3 h"), (-4000, "3 days late")],
)
def test_a_deadline_in_words(clock: Clock, minutes: int, said: str) -> None:
    now = clock()
    assert due((now + timedelta(minutes=minutes)).isoformat(), now) == said


def test_times_are_told_as_people_here_read_them(clock: Clock) -> None:
    said = "Already approved by kim at 2026-11-18 10:31. Asked 2026-11-02 23:30 UTC."
    assert here(said, "Europe/Berlin", clock()) == (
        "Already approved by kim at 11:31. Asked 3 Nov 00:30."
    )
