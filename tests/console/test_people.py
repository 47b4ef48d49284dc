"""Who may use the console: added, changed, let out, each time with an entry in the log."""

from collections.abc import Callable

import pytest

from integrations.console.roles import Role
from integrations.store.missing import Missing
from integrations.store.people import PeopleError
from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
ClientAs = Callable[[Role], Browser]
PATH = "/desk/people"


@pytest.fixture
def admin(client_as: ClientAs) -> Browser:
    return client_as("admin")


def last(house: DeskHouse) -> tuple[str, str, str]:
    entry = house.console.audit.last()
    assert entry
    return entry.who, entry.action, entry.what


async def test_an_admin_adds_somebody_and_makes_a_link(house: DeskHouse, admin: Browser) -> None:
    page = await admin.after(PATH, name="Jo Doe", role="marketer", email="jo@example.org")
    assert "Jo Doe is a marketer now" in page.text
    assert last(house) == ("ada", "user_added", "user Jo Doe")
    shown = await admin.post(f"{PATH}/Jo Doe/link")
    link = shown.text.split("sign-in?link=")[1].split('"')[0]
    assert house.console.sessions.behind(link) == "Jo Doe"
    assert last(house) == ("ada", "link_made", "user Jo Doe")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "kim"}, "There is a user kim already."),
        ({"name": ""}, "is not a name here"),
        ({"name": "<b>"}, "is not a name here"),
        ({"name": "quiethand"}, "is not a name here"),
        ({"name": "x" * 61}, "is not a name here"),
        ({"name": "jo", "email": "nonsense"}, "is not an e-mail address"),
        ({"name": "jo", "role": "boss"}, "There is no role"),
    ],
)
async def test_what_is_no_user_is_not_added(
    house: DeskHouse, admin: Browser, fields: dict[str, str], said: str
) -> None:
    page = await admin.after(PATH, **{"role": "viewer", **fields})
    assert said in page.text
    assert len(house.console.people.all()) == 4


async def test_two_people_do_not_share_an_address(house: DeskHouse, admin: Browser) -> None:
    await admin.post(PATH, name="jo", role="viewer", email="jo@example.org")
    page = await admin.after(PATH, name="joe", role="viewer", email="JO@example.org")
    assert "Somebody has the address" in page.text


async def test_who_is_disabled_is_out_at_once(
    house: DeskHouse, admin: Browser, client_as: ClientAs
) -> None:
    kim = client_as("community manager")
    await admin.post(f"{PATH}/kim", do="disable")
    assert last(house) == ("ada", "user_disabled", "user kim")
    assert (await kim.get("/desk/settings")).status_code == 303
    page = await admin.after(f"{PATH}/kim", do="enable")
    assert "kim may sign in again" in page.text
    assert (await kim.get("/desk/settings")).status_code == 303


async def test_an_admin_signs_somebody_out(admin: Browser, client_as: ClientAs) -> None:
    kim = client_as("community manager")
    assert "signed out of 1 browser." in (await admin.after(f"{PATH}/kim", do="end")).text
    assert (await kim.get("/desk/settings")).status_code == 303


@pytest.mark.parametrize("fields", [{"do": "disable"}, {"do": "role", "role": "viewer"}])
async def test_there_is_always_an_admin(
    house: DeskHouse, admin: Browser, fields: dict[str, str]
) -> None:
    assert "the only admin" in (await admin.after(f"{PATH}/ada", **fields)).text
    house.console.people.give_role("max", "admin", by="ada")
    assert "the only admin" not in (await admin.after(f"{PATH}/ada", **fields)).text


async def test_somebody_unknown_is_said_to_be(admin: Browser) -> None:
    answer = await admin.post(f"{PATH}/nobody", do="disable")
    assert (answer.status_code, "There is no user" in answer.text) == (404, True)


async def test_nothing_else_is_done(admin: Browser) -> None:
    assert "nothing that can be done" in (await admin.after(f"{PATH}/kim", do="sing")).text


def test_a_subject_nobody_has_is_nobodys(house: DeskHouse) -> None:
    with pytest.raises(Missing):  # four users have no subject at all
        house.console.people.behind("")


def test_what_was_refused_changes_nothing(house: DeskHouse) -> None:
    with pytest.raises(PeopleError):
        house.console.people.disable("ada", by="ada")
    assert house.console.people.named("ada").disabled_at == ""
