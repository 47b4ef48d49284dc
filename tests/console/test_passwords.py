"""Signing in with a password, and how long somebody may guess."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from integrations.console.passwords import hashed
from integrations.store.people import PeopleError
from tests.console.desk_house import DeskHouse

pytestmark = pytest.mark.anyio
COOKIE = "__Host-quiethand_desk"
GOOD = "correct horse battery staple"


@pytest.fixture(scope="module")
def kept() -> str:
    return hashed(GOOD)


@pytest.fixture
def house(tmp_path: Path, kept: str) -> Iterator[DeskHouse]:
    built = DeskHouse(tmp_path, sign_in="password")
    for name in ("kim", "max"):
        built.console.people.set_password(name, kept, by="ada")
    yield built
    built.close()


@pytest.fixture
async def browser(house: DeskHouse) -> AsyncIterator[httpx.AsyncClient]:
    async with house.stranger() as one:
        yield one


async def sign_in(
    browser: httpx.AsyncClient, name: str = "kim", password: str = GOOD
) -> httpx.Response:
    fields = {"name": name, "password": password}
    return await browser.post("/desk/sign-in/password", data=fields)


async def test_who_knows_their_password_gets_in(
    house: DeskHouse, browser: httpx.AsyncClient
) -> None:
    assert (await sign_in(browser)).status_code == 303
    assert "kim" in (await browser.get("/desk/settings")).text
    entry = house.console.audit.last()
    assert entry
    assert (entry.who, entry.action, entry.detail) == ("kim", "signed_in", {"way": "password"})


@pytest.mark.parametrize(
    ("name", "password"),
    [("kim", "wrong"), ("kim", ""), ("vera", ""), ("vera", GOOD), ("nobody", GOOD), ("", GOOD)],
)
async def test_nobody_else_does_and_all_are_told_the_same(
    browser: httpx.AsyncClient, name: str, password: str
) -> None:
    answer = await sign_in(browser, name, password)
    assert (answer.status_code, COOKIE in browser.cookies) == (400, False)
    assert "The name or the password is wrong." in answer.text


async def test_who_is_disabled_is_told_no_more(
    house: DeskHouse, browser: httpx.AsyncClient
) -> None:
    house.console.people.disable("kim", by="ada")
    answer = await sign_in(browser)
    assert (answer.status_code, "wrong" in answer.text) == (400, True)


async def test_guessing_one_name_is_stopped_and_others_get_in(
    house: DeskHouse, browser: httpx.AsyncClient
) -> None:
    answers = [await sign_in(browser, password=f"guess {number}") for number in range(6)]
    assert [one.status_code for one in answers] == [400] * 5 + [429]
    assert (await sign_in(browser)).status_code == 429
    assert (await sign_in(browser, "max")).status_code == 303
    house.seconds += 61
    assert (await sign_in(browser)).status_code == 303


async def test_guessing_many_names_is_stopped_too(browser: httpx.AsyncClient) -> None:
    answers = [(await sign_in(browser, f"name{number}", "x")).status_code for number in range(11)]
    assert answers == [400] * 10 + [429]


async def test_another_sites_page_signs_nobody_in(browser: httpx.AsyncClient) -> None:
    browser.headers["Origin"] = "https://evil.example"
    assert ((await sign_in(browser)).status_code, COOKIE in browser.cookies) == (403, False)


async def test_a_new_password_ends_sessions_and_links(
    house: DeskHouse, browser: httpx.AsyncClient, kept: str
) -> None:
    await sign_in(browser)
    link = house.console.sessions.link(house.console.people.named("kim").id, by="ada")
    house.console.people.set_password("kim", kept, by="kim")
    assert (await browser.get("/desk/settings")).status_code == 303
    assert house.console.sessions.behind(link) == ""


async def test_somebody_changes_their_own_password(
    house: DeskHouse, browser: httpx.AsyncClient
) -> None:
    kim, other = house.client_as("community manager"), house.client_as("community manager")
    new = "another long password"
    wrong = await kim.after("/desk/account/password", old="wrong", new=new)
    assert "That is not your password so far." in wrong.text
    short = await kim.after("/desk/account/password", old=GOOD, new="short")
    assert "A password has 12 to 200" in short.text
    done = await kim.after("/desk/account/password", old=GOOD, new=new)
    assert "What you may do" in done.text
    assert (await other.get("/desk/account")).status_code == 303
    assert (await sign_in(browser, password=new)).status_code == 303


async def test_who_came_by_a_link_gives_themselves_a_password(
    house: DeskHouse, browser: httpx.AsyncClient
) -> None:
    await house.client_as("viewer").post("/desk/account/password", new=GOOD)
    assert (await sign_in(browser, "vera")).status_code == 303


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_password_is_long_enough(password: str) -> None:
    with pytest.raises(PeopleError):
        hashed(password)


def test_a_password_is_kept_slow_and_salted(kept: str) -> None:
    assert kept.startswith("$argon2id$")
    assert kept != hashed(GOOD)


async def test_without_the_setting_there_is_no_such_door(tmp_path: Path, kept: str) -> None:
    built = DeskHouse(tmp_path)
    built.console.people.set_password("kim", kept, by="ada")
    async with built.stranger() as one:
        assert (await sign_in(one)).status_code == 404
    built.close()
