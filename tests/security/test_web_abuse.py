"""What strangers try with addresses, headers and pages of the web face."""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
import pytest

from integrations.channels.web.listeners import Listeners
from tests.security.exposed import PLATFORMS, Exposed
from tests.service.stand import Recording
from tests.stores.locked import locked

pytestmark = pytest.mark.anyio
EVIL = "evil.example"
PAGE = {"Origin": "http://here"}
SIGNED = {**PAGE, "x-signature": "good"}
HELLO = {"id": "0123456789abcdef", "text": "What does the Team plan cost?"}
CLIMBING = (
    "/chat/../../etc/passwd", "/chat/..%2f..%2fetc%2fpasswd", "/chat/%2e%2e/%2e%2e/etc/passwd",
    "/chat/chat.js/../../channel.py", "/chat/..%5c..%5cchannel.py", "/chat/%00chat.js", "/chat//",
    "/chat/chat.html", "/chat/pages/chat.js", "/..%2f.env", "/channels/..%2f../x", "//evil.example",
)  # fmt: skip


class Breaking(Recording):
    """A channel with a mistake in it."""

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        raise RuntimeError("planted words of a customer, kim@example.org")


async def written(web: httpx.AsyncClient, **more: Any) -> httpx.Response:
    return await web.post("/chat/messages", json=HELLO | more, headers=PAGE)


@pytest.mark.parametrize("path", CLIMBING)
async def test_no_address_leads_to_a_file_or_elsewhere(web: httpx.AsyncClient, path: str) -> None:
    request = web.build_request("GET", "http://here/")
    request.url = httpx.URL(scheme="http", host="here", raw_path=path.encode())
    answer = await web.send(request)
    assert answer.status_code in (403, 404, 405)
    assert "location" not in answer.headers


async def test_no_answer_repeats_the_host_that_a_request_names(web: httpx.AsyncClient) -> None:
    named = {"Host": EVIL, "X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}"}
    for path in ("/chat", "/chat/", "/chat/widget.js", "/healthz/", "/channels/webhook/shop/",
                 "/openapi.json", "/metrics", "/nothing"):  # fmt: skip
        answer = await web.get(path, headers=named)
        assert EVIL not in answer.text + str(answer.headers)
        assert not answer.is_redirect


async def test_every_answer_says_what_a_browser_may_do_with_it(
    web: httpx.AsyncClient, house: Exposed
) -> None:
    for path in ("/chat", "/chat/chat.js", "/healthz", "/readyz", "/metrics", "/nothing",
                 "/openapi.json", "/channels/webhook/shop"):  # fmt: skip
        headers = (await web.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_what_a_platform_asks_to_hear_again_is_no_page(web: httpx.AsyncClient) -> None:
    meta = next(one for one in PLATFORMS if one.kind == "messenger")
    asked = {"hub.mode": "subscribe", "hub.verify_token": "invented-verify-token"}
    evil = "<script>1</script>\r\nSet-Cookie: a=b"
    answer = await web.get(meta.path, params={**asked, "hub.challenge": evil})
    assert (answer.status_code, answer.text) == (200, evil)
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


async def test_a_visitor_reads_their_own_chat_only_whatever_they_claim(house: Exposed) -> None:
    async with house.browser() as one, house.browser() as other:
        await one.get("/chat")
        await other.get("/chat")
        assert (await written(one)).status_code == 202
        await house.work()
        mine, theirs = (client.cookies["quiethand_chat"] for client in (one, other))
        name, rest = mine.partition(".")[0], theirs.partition(".")[2]
        for claim in (f"{name}.{rest}", name, f"{mine}x", mine.upper(), f"{name}.0.", f" {mine}"):
            claimed = {"X-Quiethand-Visitor": claim}
            assert (await other.get("/chat/events", headers=claimed)).status_code == 401
        assert (await written(other, conversation=name)).status_code == 400
        assert (await written(other, id=f"{name}:0123456789abcdef")).status_code == 400


async def test_a_visitor_chosen_by_somebody_else_is_not_kept(web: httpx.AsyncClient) -> None:
    for chosen in ("a" * 24, "a" * 24 + ".1795168800." + "b" * 43, "", "a;b", "\x7f"):
        web.cookies.set("quiethand_chat", chosen, domain="here.local")
        given = (await web.get("/chat", headers={"Cookie": f"quiethand_chat={chosen}"})).headers
        assert given["set-cookie"].partition("=")[2].partition(";")[0] != chosen
        assert "httponly" in given["set-cookie"].lower()
        assert "samesite=lax" in given["set-cookie"].lower()


async def test_one_address_cannot_write_for_everybody_with_ever_new_visitors(
    house: Exposed,
) -> None:
    async def as_somebody_new(address: str) -> int:
        async with house.browser(client=(address, 1)) as client:
            await client.get("/chat")
            return (await written(client)).status_code

    flood = [await as_somebody_new(f"2001:db8:1:1::{number:x}") for number in range(1, 91)]
    assert (flood.count(202), flood.count(429)) == (80, 10)
    assert await as_somebody_new("::ffff:198.51.100.7") == 202
    assert await as_somebody_new("2001:db8:1:2::1") == 202


async def test_one_address_cannot_keep_all_open_pages_to_itself() -> None:
    listeners = Listeners(most=10, from_one_place=3)
    with contextlib.ExitStack() as pages:
        for number in range(3):
            assert not listeners.crowded("198.51.100.7")
            pages.enter_context(listeners.listening(f"v{number}", "198.51.100.7"))
        assert listeners.crowded("198.51.100.7")
        assert not listeners.crowded("198.51.100.8")
        assert not listeners.crowded("")
    assert not listeners.crowded("198.51.100.7")


async def test_what_a_form_of_another_site_can_post_is_refused(house: Exposed) -> None:
    async with house.browser() as client:
        await client.get("/chat")
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            for origin in ({"Origin": "null"}, {"Origin": f"http://{EVIL}"}, {}, PAGE):
                answer = await client.post(
                    "/chat/messages",
                    content=json.dumps(HELLO),
                    headers={"Content-Type": kind, **origin},
                )
                assert answer.status_code in (403, 415)
        assert (await client.get("/chat/messages")).status_code == 405
    assert "inbox" not in house.rows()


async def test_what_breaks_says_nothing_of_itself(
    house: Exposed, caplog: pytest.LogCaptureFixture
) -> None:
    house.channels["post", "shop"] = Breaking()
    async with house.browser() as client:
        answer = await client.post(
            "/channels/post/shop", content=b"{}", headers={"Content-Type": "application/json"}
        )
    assert answer.status_code == 500
    assert answer.json() == {"error": "Something broke here; it is in the log."}
    assert "RuntimeError at test_web_abuse.py" in caplog.text
    assert "planted" not in caplog.text + answer.text


@pytest.mark.parametrize("path", ["/chat/messages", "/channels/post/shop"])
async def test_who_waits_when_we_stop_is_asked_to_come_again(house: Exposed, path: str) -> None:
    house.channels["post", "shop"] = Recording()
    async with house.browser() as client:
        await client.get("/chat")
        with locked(house.desk.file):
            waits = asyncio.create_task(client.post(path, json=HELLO, headers=SIGNED))
            await asyncio.sleep(0.1)
            waits.cancel()  # as the server does when it has waited long enough
            answer = await waits
    assert answer.status_code == 503
    assert answer.json() == {"error": "Quiethand stops; send it again in a moment."}


async def test_a_locked_database_breaks_no_answer(house: Exposed) -> None:
    await asyncio.to_thread(house.engine.dispose)
    house.desk.file.with_suffix(".sqlite-wal").unlink(missing_ok=True)
    house.desk.file.write_bytes(b"not a database" * 100)
    async with house.browser() as client:
        numbers = await client.get("/metrics")
    assert (numbers.status_code, numbers.json()) == (
        503, {"error": "The database does not answer right now."}
    )  # fmt: skip
