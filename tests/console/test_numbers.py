"""The page of numbers: rates with their definitions, and charts that can be read as tables."""

from collections.abc import Callable

import pytest

from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
As = Callable[..., Browser]


async def test_an_empty_house_says_so_and_breaks_nowhere(client_as: As) -> None:
    page = await client_as("viewer").get("/desk/numbers")
    assert page.status_code == 200
    assert "no conversations yet" in page.text
    assert "Customers are not asked" in page.text


async def test_rates_are_shown_with_what_they_are_of(house: DeskHouse, client_as: As) -> None:
    for number in range(4):
        await house.house.agent.receive(
            house.desk.message("what does it cost?", conversation=f"c{number}")
        )
    await house.house.agent.receive(house.desk.message("where is parking?", conversation="c9"))
    house.desk.wait(hours=25)
    page = (await client_as("viewer").get("/desk/numbers?days=7")).text
    assert "80\u202f%" in page
    assert "of 5 conversations" in page
    assert "few: between" in page
    assert "<desc" in page
    assert "The numbers as a table" in page


@pytest.mark.parametrize("days", ["7", "28", "90", "0", "-1", "100000"])
async def test_any_period_is_answered(client_as: As, days: str) -> None:
    page = await client_as("viewer").get(f"/desk/numbers?days={days}")
    assert page.status_code == 200
    assert page.text.count('aria-current="page"') == 2  # the way here, and the period


async def test_no_style_and_no_script_stands_in_the_page(client_as: As) -> None:
    page = (await client_as("viewer").get("/desk/numbers")).text
    assert "style=" not in page
    assert "<script>" not in page
