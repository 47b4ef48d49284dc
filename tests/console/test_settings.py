"""The page that shows how the agent is set up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from integrations.console.roles import Role
from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
ClientAs = Callable[[Role], Browser]


async def test_the_ladder_stands_in_the_order_in_which_it_decides(
    house: DeskHouse, client_as: ClientAs
) -> None:
    page = (await client_as("marketer").get("/desk/settings")).text
    rows = page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]
    ladder = house.desk.brand.settings.autonomy
    assert len(rows) == len(ladder)
    words = {"auto": "the agent<", "draft": "after a person", "off": "a person<"}
    for row, rung in zip(rows, ladder, strict=True):
        assert words[rung.mode] in row
        assert (rung.intent or "any").replace("_", " ") in row


@pytest.mark.parametrize(
    "said",
    ["brand.toml", "09:00 – 18:00", "closed", "365 days", "Retention", "sales"],
)
async def test_everything_of_the_file_is_there(client_as: ClientAs, said: str) -> None:
    assert said in (await client_as("community manager").get("/desk/settings")).text


async def test_every_table_of_the_file_has_a_card(house: DeskHouse, client_as: ClientAs) -> None:
    page = (await client_as("admin").get("/desk/settings")).text
    tables = [name for name, one in house.desk.brand.settings if isinstance(one, BaseModel)]
    assert page.count("<h2") >= len(tables) + 4


async def test_no_secret_is_shown(tmp_path: Path) -> None:
    secrets = {"model_key": "k-1234567", "oidc_secret": "o-1234567", "identity_key": "i" * 32}
    house = DeskHouse(tmp_path, **secrets)
    page = (await house.client_as("admin").get("/desk/settings")).text
    assert not [one for one in secrets.values() if one in page]
    house.close()
