"""Who gets into the console by a link, and how they get out again."""

from collections.abc import Callable

import pytest

from integrations.console.roles import Role
from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
COOKIE = "__Host-quiethand_desk"
ClientAs = Callable[[Role], Browser]


def link_for(house: DeskHouse, name: str = "kim") -> str:
    return house.console.sessions.link(house.console.people.named(name).id, by="test")


async def test_a_link_signs_in_once(house: DeskHouse) -> None:
    link = link_for(house)
    async with house.stranger() as one, house.stranger() as two:
        asked = await one.get("/desk/sign-in", params={"link": link})
        assert "Sign in as <strong>kim</strong>" in asked.text
        answer = await one.post("/desk/sign-in/link", data={"link": link})
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
        assert "kim" in (await one.get("/desk/settings")).text
        again = await two.post("/desk/sign-in/link", data={"link": link})
        assert (again.status_code, "used already" in again.text) == (400, True)
        assert COOKIE not in two.cookies


async def test_looking_at_a_link_does_not_use_it_up(house: DeskHouse) -> None:
    link = link_for(house)
    async with house.stranger() as preview, house.stranger() as one:
        for _ in range(3):
            await preview.get("/desk/sign-in", params={"link": link})
        assert (await one.post("/desk/sign-in/link", data={"link": link})).status_code == 303


async def test_a_link_is_good_for_half_an_hour(house: DeskHouse) -> None:
    link = link_for(house)
    house.desk.wait(minutes=31)
    async with house.stranger() as one:
        assert (await one.post("/desk/sign-in/link", data={"link": link})).status_code == 400


async def test_somebody_disabled_gets_in_by_no_link(house: DeskHouse) -> None:
    link = link_for(house)
    house.console.people.disable("kim", by="ada")
    house.console.people.enable("kim", by="ada")
    async with house.stranger() as one:
        assert (await one.post("/desk/sign-in/link", data={"link": link})).status_code == 400


@pytest.mark.parametrize("path", ["/", "/desk/"])
async def test_the_bare_address_leads_to_the_door(house: DeskHouse, path: str) -> None:
    async with house.stranger(follow_redirects=True) as one:
        assert "quiethand users link" in (await one.get(path)).text


@pytest.mark.parametrize("link", ["", "x", "é" * 40, "\x00", "' OR 1=1 --"])
async def test_what_is_no_link_signs_nobody_in(house: DeskHouse, link: str) -> None:
    async with house.stranger() as one:
        answer = await one.post("/desk/sign-in/link", data={"link": link})
        assert answer.status_code in (400, 422)
        assert COOKIE not in one.cookies


async def test_guessing_links_is_stopped(house: DeskHouse) -> None:
    async with house.stranger() as one:
        tries = [await one.post("/desk/sign-in/link", data={"link": f"x{n}"}) for n in range(21)]
        assert [answer.status_code for answer in tries] == [400] * 20 + [429]
        house.seconds += 3
        good = {"link": link_for(house)}
        assert (await one.post("/desk/sign-in/link", data=good)).status_code == 303


async def test_signing_in_begins_a_new_session_and_ends_the_old_one(house: DeskHouse) -> None:
    planted = house.client_as("viewer").client.cookies[COOKIE]
    async with house.stranger(cookies={COOKIE: planted}) as one:
        await one.post("/desk/sign-in/link", data={"link": link_for(house)})
        assert one.cookies.get(COOKIE, domain="desk.example") != planted
    assert house.console.sessions.who(planted) is None


async def test_the_cookie_is_for_our_pages_alone(house: DeskHouse) -> None:
    async with house.stranger() as one:
        answer = await one.post("/desk/sign-in/link", data={"link": link_for(house)})
    written = answer.headers["set-cookie"].lower()
    assert all(part in written for part in ("__host-", "secure", "httponly", "samesite=lax"))


@pytest.mark.parametrize(("idle", "status"), [(11, 200), (13, 303)])
async def test_a_session_ends_when_nobody_is_there(
    house: DeskHouse, client_as: ClientAs, idle: int, status: int
) -> None:
    kim = client_as("community manager")
    house.desk.wait(hours=idle)
    assert (await kim.get("/desk/settings")).status_code == status


async def test_a_session_ends_after_a_week_whatever_happens(
    house: DeskHouse, client_as: ClientAs
) -> None:
    kim = client_as("community manager")
    for _ in range(20):
        house.desk.wait(hours=8)
        assert (await kim.get("/desk/settings")).status_code == 200
    house.desk.wait(hours=9)
    assert (await kim.get("/desk/settings")).status_code == 303


async def test_signing_out_ends_the_session_itself(house: DeskHouse, client_as: ClientAs) -> None:
    kim = client_as("community manager")
    secret = kim.client.cookies[COOKIE]
    assert (await kim.post("/desk/sign-out")).headers["location"] == "/desk/sign-in"
    async with house.stranger(cookies={COOKIE: secret}) as again:
        assert (await again.get("/desk/settings")).status_code == 303


async def test_signing_out_everywhere_leaves_others_alone(client_as: ClientAs) -> None:
    here, there, other = client_as("admin"), client_as("admin"), client_as("viewer")
    await here.post("/desk/sign-out/everywhere")
    assert (await there.get("/desk/people")).status_code == 303
    assert (await other.get("/desk/people")).status_code == 403


async def test_who_asked_for_a_page_gets_there_after_the_door(house: DeskHouse) -> None:
    async with house.stranger() as one:
        sent = await one.get("/desk/audit?who=kim")
        assert sent.headers["location"] == "/desk/sign-in?next=/desk/audit%3Fwho%3Dkim"
        page = {"link": link_for(house, "ada"), "next": "/desk/audit?who=kim"}
        answer = await one.post("/desk/sign-in/link", data=page)
        assert answer.headers["location"] == "/desk/audit?who=kim"


@pytest.mark.parametrize(
    "next", ["https://evil.example", "//evil.example", "/desk/..//evil", "/\\evil", "/deskevil", ""]
)
async def test_nobody_is_sent_elsewhere(house: DeskHouse, next: str) -> None:
    async with house.stranger() as one:
        page = {"link": link_for(house), "next": next}
        answer = await one.post("/desk/sign-in/link", data=page)
        assert answer.headers["location"] == "/desk"


async def test_a_new_role_counts_from_the_next_click(house: DeskHouse, client_as: ClientAs) -> None:
    vera = client_as("viewer")
    assert (await vera.get("/desk/audit")).status_code == 403
    house.console.people.give_role("vera", "admin", by="ada")
    assert (await vera.get("/desk/audit")).status_code == 200
