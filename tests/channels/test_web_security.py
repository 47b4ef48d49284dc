"""Nobody reads or writes in another visitor's name."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.chat_house import HERE, SITE, TEXT, ChatHouse, opened, write

pytestmark = pytest.mark.anyio
COOKIE = "__Host-quiethand_chat"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ChatHouse]:
    built = ChatHouse(tmp_path, origins=[SITE], title="Ask us")
    yield built
    built.close()


@pytest.fixture
async def browser(house: ChatHouse) -> AsyncIterator[httpx.AsyncClient]:
    async with opened(house) as client:
        yield client


def visitor_in(house: ChatHouse, client: httpx.AsyncClient) -> str:
    return client.cookies[COOKIE].partition(".")[0]


async def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_other_hosts(
    browser: httpx.AsyncClient,
) -> None:
    given = (await browser.get("/chat")).headers["set-cookie"]
    parts = {part.strip().lower() for part in given.split(";")}
    assert {"httponly", "samesite=lax", "secure", "path=/"} <= parts
    assert given.startswith(f"{COOKIE}=")
    assert "domain" not in given.lower()


async def test_on_this_machine_without_tls_the_cookie_has_its_plain_name(house: ChatHouse) -> None:
    async with opened(house, "http://127.0.0.1:8000") as client:
        given = (await client.get("/chat")).headers["set-cookie"]
        assert given.startswith("quiethand_chat=")
        assert (await write(client)).status_code == 202


async def test_a_session_that_somebody_else_chose_is_not_taken_over(house: ChatHouse) -> None:
    async with opened(house, cookies={COOKIE: "chosen-by-somebody-else"}) as client:
        page = await client.get("/chat?visitor=chosen&token=chosen")
        assert "chosen" not in page.headers["set-cookie"]
        assert (await write(client)).status_code == 202


async def test_a_known_visitor_stays_who_they_are(browser: httpx.AsyncClient) -> None:
    await browser.get("/chat")
    assert "set-cookie" not in (await browser.get("/chat")).headers


async def test_who_starts_anew_is_somebody_else(
    house: ChatHouse, browser: httpx.AsyncClient
) -> None:
    await browser.get("/chat")
    before = visitor_in(house, browser)
    assert (await browser.post("/chat/visitor")).json() == {}
    assert visitor_in(house, browser) != before


async def test_without_a_conversation_of_ones_own_nothing_is_read_or_written(
    browser: httpx.AsyncClient,
) -> None:
    assert (await write(browser)).status_code == 401
    assert (await browser.get("/chat/events")).status_code == 401
    await browser.get("/chat")
    made_up = {"X-Quiethand-Visitor": "made-up"}  # does not fall back to the cookie
    assert (await write(browser, made_up)).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://chat.example"},
        {"Origin": ""},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
        {"Origin": SITE, "Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("path", ["/chat/messages", "/chat/visitor", "/chat/visitor?embed=1"])
async def test_another_site_cannot_write_in_a_visitors_name(
    house: ChatHouse, browser: httpx.AsyncClient, headers: dict[str, str], path: str
) -> None:
    await browser.get("/chat")
    answer = await browser.post(path, json=TEXT, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    await house.work()
    assert house.desk.language.seen == []


async def test_a_page_that_names_no_origin_cannot_write(browser: httpx.AsyncClient) -> None:
    await browser.get("/chat")
    del browser.headers["Origin"]
    assert (await write(browser)).status_code == 403


async def test_another_sites_page_cannot_listen(browser: httpx.AsyncClient) -> None:
    await browser.get("/chat")
    crossing = {"Sec-Fetch-Site": "cross-site"}
    assert (await browser.get("/chat/events", headers=crossing)).status_code == 403


async def test_behind_a_server_that_hides_the_host_the_settings_name_it(house: ChatHouse) -> None:
    async with opened(house, "https://internal.example") as client:
        await client.get("/chat")
        assert (await write(client, {"Origin": SITE})).status_code == 202
