"""Activity: what happened, newest first, and narrowed down."""

from collections.abc import Callable

import pytest

from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
As = Callable[..., Browser]


async def say(house: DeskHouse, text: str, conversation: str = "c1") -> None:
    await house.house.agent.receive(house.desk.message(text, conversation=conversation))
    house.desk.wait(minutes=1)


async def test_turns_are_shown_with_why(house: DeskHouse, client_as: As) -> None:
    house.desk.language.expect("a person", ("person_request", 0.9))
    await say(house, "what does it cost?")
    await say(house, "a person", "c2")
    page = (await client_as("viewer").get("/desk/activity")).text
    assert page.index("asks for a person") < page.index("answered")
    only = (await client_as("viewer").get("/desk/activity?outcome=handoff")).text
    assert "asks for a person" in only
    assert "<td>answered" not in only


async def test_pages_follow_each_other_without_a_turn_lost(house: DeskHouse, client_as: As) -> None:
    for number in range(70):
        await house.house.agent.receive(
            house.desk.message("what does it cost?", conversation=f"c{number}")
        )
    browser = client_as("viewer")
    first = (await browser.get("/desk/activity")).text
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = (await browser.get(older)).text
    seen = [page.count("conversation c") for page in (first, second)]
    assert seen == [60, 10]


async def test_decisions_say_who_decided_what(house: DeskHouse, client_as: As) -> None:
    house.desk.language.expect("it cost too much!", ("complaint", 0.99))
    await say(house, "it cost too much!")
    decision = {"draft": 1, "revision": 1, "action": "approve", "text": "", "by": "kim",
                "at": house.desk.now().isoformat()}  # fmt: skip
    await house.house.agent.decide(decision)  # type: ignore[arg-type]
    page = (await client_as("viewer").get("/desk/activity/decisions?action=approve")).text
    assert ">kim</th>" in page
    assert "/desk/drafts/1" in page
    other = (await client_as("viewer").get("/desk/activity/decisions?by=somebody")).text
    assert "nothing that fits" in other


@pytest.mark.parametrize("before", ["nonsense", "2026-01-01 t1", "' OR 1=1"])
async def test_made_up_places_are_harmless(client_as: As, before: str) -> None:
    for path in ("/desk/activity", "/desk/activity/decisions"):
        page = await client_as("viewer").get(path, params={"before": before})
        assert page.status_code == 200
