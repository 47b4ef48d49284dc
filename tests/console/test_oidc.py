"""Signing in with a provider, and everything that somebody might try on the way."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey

from tests.console.desk_house import DeskHouse
from tests.fakes.id_provider import CLIENT, ISSUER, SECRET, IdProvider

pytestmark = pytest.mark.anyio
COOKIE = "__Host-quiethand_desk"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[DeskHouse]:
    settings = {"oidc_issuer": ISSUER, "oidc_client": CLIENT, "oidc_secret": SECRET}
    built = DeskHouse(tmp_path, sign_in="oidc", **settings)
    built.console.people.add("kim.b", "marketer", by="ada", email="Kim@example.org")
    yield built
    built.close()


@pytest.fixture
def provider(house: DeskHouse) -> IdProvider:
    made = IdProvider(house.desk.now)
    house.outside = made
    return made


@pytest.fixture
async def browser(house: DeskHouse) -> AsyncIterator[httpx.AsyncClient]:
    async with house.stranger() as one:
        yield one


async def come_back(browser: httpx.AsyncClient, provider: IdProvider) -> httpx.Response:
    sent = await browser.get("/desk/sign-in/oidc", params={"next": "/desk/voice"})
    assert sent.status_code == 303, sent.text
    brought = provider.let_in(sent.headers["location"])
    return await browser.get("/desk/sign-in/oidc/back", params=brought)


async def test_whom_the_provider_knows_by_a_checked_address_gets_in(
    house: DeskHouse, browser: httpx.AsyncClient, provider: IdProvider
) -> None:
    answer = await come_back(browser, provider)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/voice")
    assert house.console.people.named("kim.b").subject == f"{ISSUER} 42"
    assert "kim.b" in (await browser.get("/desk/settings")).text


async def test_the_subject_counts_from_then_on_whatever_the_address_is(
    house: DeskHouse, browser: httpx.AsyncClient, provider: IdProvider
) -> None:
    await come_back(browser, provider)
    provider.person["email"] = "new@example.org"
    async with house.stranger() as later:
        assert (await come_back(later, provider)).status_code == 303
    provider.person = {"sub": "43", "email": "kim@example.org", "email_verified": True}
    async with house.stranger() as other:
        assert (await come_back(other, provider)).status_code == 403


@pytest.mark.parametrize(
    "person",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email_verified": "yes"},
        {"email_verified": None},
        {"email": None},
        {"email": ""},
        {"email": ["kim@example.org"]},
        {"sub": "x" * 400},
    ],
)
async def test_whom_the_console_does_not_know_stays_outside(
    browser: httpx.AsyncClient, provider: IdProvider, person: dict[str, Any]
) -> None:
    provider.lies = person
    answer = await come_back(browser, provider)
    assert (answer.status_code, COOKIE in browser.cookies) == (403, False)


async def test_whom_an_admin_disabled_stays_outside(
    house: DeskHouse, browser: httpx.AsyncClient, provider: IdProvider
) -> None:
    await come_back(browser, provider)
    house.console.people.disable("kim.b", by="ada")
    async with house.stranger() as later:
        assert (await come_back(later, provider)).status_code == 403


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"]},
        {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
        {"azp": "somebody-else"},
        {"iss": "https://evil.example"},
        {"exp": 1_600_000_000},
        {"exp": None},
        {"iat": 2_600_000_000},
        {"sub": None},
    ],
)
async def test_a_token_that_is_not_for_us_signs_nobody_in(
    browser: httpx.AsyncClient, provider: IdProvider, lies: dict[str, Any]
) -> None:
    provider.lies = lies
    answer = await come_back(browser, provider)
    assert (answer.status_code, COOKIE in browser.cookies) == (502, False)


async def test_a_token_of_anothers_key_signs_nobody_in(
    browser: httpx.AsyncClient, provider: IdProvider
) -> None:
    provider.signing = ECKey.generate_key("P-256", {"kid": "one"})
    assert (await come_back(browser, provider)).status_code == 502


async def test_new_keys_of_the_provider_are_fetched_when_they_are_needed(
    house: DeskHouse, browser: httpx.AsyncClient, provider: IdProvider
) -> None:
    assert (await come_back(browser, provider)).status_code == 303
    provider.key = provider.signing = ECKey.generate_key("P-256", {"kid": "two"})
    house.seconds += 61
    async with house.stranger() as later:
        assert (await come_back(later, provider)).status_code == 303
    assert provider.asked.count("/keys") == 2


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}, {"iss": "https://evil"}])
async def test_only_the_browser_that_went_comes_back(
    browser: httpx.AsyncClient, provider: IdProvider, changed: dict[str, str]
) -> None:
    sent = await browser.get("/desk/sign-in/oidc")
    brought = provider.let_in(sent.headers["location"]) | changed
    answer = await browser.get("/desk/sign-in/oidc/back", params=brought)
    assert (answer.status_code, COOKIE in browser.cookies) == (400, False)


async def test_what_one_browser_brings_back_signs_no_other_one_in(
    house: DeskHouse, browser: httpx.AsyncClient, provider: IdProvider
) -> None:
    sent = await browser.get("/desk/sign-in/oidc")
    brought = provider.let_in(sent.headers["location"])
    async with house.stranger() as victim:
        await victim.get("/desk/sign-in/oidc")
        answer = await victim.get("/desk/sign-in/oidc/back", params=brought)
        assert (answer.status_code, COOKIE in victim.cookies) == (400, False)


@pytest.mark.parametrize(
    "published",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://id.example/token"},
        {"jwks_uri": None},
    ],
)
async def test_a_provider_that_is_not_what_it_says_is_not_asked(
    browser: httpx.AsyncClient, provider: IdProvider, published: dict[str, Any]
) -> None:
    provider.published = published
    answer = await browser.get("/desk/sign-in/oidc")
    assert (answer.status_code, provider.asked) == (502, ["/.well-known/openid-configuration"])


async def test_a_provider_that_is_away_is_said_in_words(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/desk/sign-in/oidc")
    assert "does not work right now" in answer.text


async def test_a_link_opens_the_door_while_the_provider_is_away(
    house: DeskHouse, browser: httpx.AsyncClient
) -> None:
    link = house.console.sessions.link(house.console.people.named("ada").id, by="test")
    assert (await browser.post("/desk/sign-in/link", data={"link": link})).status_code == 303
