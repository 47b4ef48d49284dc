"""The routes of the web chat: who may see and write what, and what a browser is told."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser.chat_house import HERE, SITE, TEXT, ChatHouse, opened, write

pytestmark = pytest.mark.anyio


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ChatHouse]:
    built = ChatHouse(tmp_path, origins=[SITE], title="Ask us")
    yield built
    built.close()


@pytest.fixture
async def browser(house: ChatHouse) -> AsyncIterator[httpx.AsyncClient]:
    async with opened(house) as client:
        yield client


async def test_the_page_says_that_it_is_automated_and_takes_no_foreign_script(
    browser: httpx.AsyncClient,
) -> None:
    page = await browser.get("/chat")
    assert "Ask us" in page.text
    assert "Automated assistant" in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["x-frame-options"] == "DENY"
    assert "<style" not in page.text
    assert "://" not in page.text


async def test_only_the_sites_of_the_settings_may_frame_the_panel(
    browser: httpx.AsyncClient,
) -> None:
    panel = await browser.get("/chat?embed=1")
    policy = panel.headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors 'self' {SITE}")
    assert "set-cookie" not in panel.headers


@pytest.mark.parametrize("name", ["chat.js", "drawing.js", "chat.css", "theme.css", "icon.svg"])
async def test_files_of_the_page_are_for_the_page(browser: httpx.AsyncClient, name: str) -> None:
    file = await browser.get(f"/chat/{name}")
    assert file.status_code == 200
    assert file.headers["cross-origin-resource-policy"] == "same-origin"
    assert file.headers["x-content-type-options"] == "nosniff"


async def test_the_script_for_sites_may_be_loaded_by_them(browser: httpx.AsyncClient) -> None:
    script = await browser.get("/chat/widget.js")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert '"title": "Ask us"' in script.text


@pytest.mark.parametrize("path", ["../channel.py", "%2e%2e/channel.py", "chat.html", "..%2f..%2f"])
async def test_no_other_file_is_served(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(f"/chat/{path}")).status_code == 404


async def test_a_panel_gets_a_token_and_no_cookie(browser: httpx.AsyncClient) -> None:
    given = await browser.post("/chat/visitor?embed=1")
    assert "set-cookie" not in given.headers
    assert given.headers["cache-control"] == "no-store"
    headers = {"X-Quiethand-Visitor": given.json()["token"]}
    assert (await write(browser, headers)).status_code == 202


async def test_a_message_is_answered_once_however_often_it_is_delivered(
    house: ChatHouse, browser: httpx.AsyncClient
) -> None:
    await browser.get("/chat")
    assert [(await write(browser)).json()["stored"] for _ in range(2)] == [1, 0]
    await house.work()
    assert house.desk.language.seen == [TEXT["text"]]


async def test_one_visitor_cannot_take_anothers_ids(house: ChatHouse) -> None:
    async with opened(house) as one, opened(house) as two:
        await one.get("/chat")
        await two.get("/chat")
        assert (await write(one)).json()["stored"] == 1
        assert (await write(two)).json()["stored"] == 1


async def test_who_writes_too_much_is_asked_to_wait_and_others_are_not(house: ChatHouse) -> None:
    app = house.app(lambda: 0.0)
    transport = httpx.ASGITransport(app)
    with_origin: Any = {"base_url": HERE, "headers": {"Origin": HERE}}
    async with httpx.AsyncClient(transport=transport, **with_origin) as one:
        await one.get("/chat")
        answers = [await write(one, id=f"0123456789abcde{number}") for number in range(9)]
        assert [answer.status_code for answer in answers] == [202] * 8 + [429]
        assert answers[-1].headers["retry-after"] == "2"
    async with httpx.AsyncClient(transport=transport, **with_origin) as two:
        await two.get("/chat")
        assert (await write(two)).status_code == 202


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b'{"id": "0123456789abcdef", "text": ""}', "application/json", 400),
        (b'{"id": "0123456789abcdef"', "application/json", 400),
        (b'{"id": "0123456789abcdef", "text": "' + b"x" * 2001 + b'"}', "application/json", 400),
        (b'{"text": "' + b"x" * 20_000 + b'"}', "application/json", 413),
        (b'{"id": "0123456789abcdef", "text": "hi"}', "text/plain", 415),
        (b"id=0123456789abcdef&text=hi", "application/x-www-form-urlencoded", 415),
    ],
)
async def test_what_is_no_message_is_refused(
    house: ChatHouse, browser: httpx.AsyncClient, content: bytes, kind: str, status: int
) -> None:
    await browser.get("/chat")
    headers = {"Content-Type": kind}
    answer = await browser.post("/chat/messages", content=content, headers=headers)
    assert answer.status_code == status
    await house.work()
    assert house.desk.language.seen == []


async def test_when_too_many_pages_are_open_more_are_asked_to_wait(
    house: ChatHouse, browser: httpx.AsyncClient
) -> None:
    await browser.get("/chat")
    house.channel.listeners = type(house.channel.listeners)(most=0)
    answer = await browser.get("/chat/events")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
