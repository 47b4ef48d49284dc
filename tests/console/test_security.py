"""What a browser may do with the console's pages, and what it may send."""

import re
from collections.abc import AsyncIterator, Callable
from importlib.resources import files
from pathlib import Path

import httpx
import pytest

from integrations.console.roles import Role
from integrations.web_manners import Manners
from tests.console.desk_house import Browser, DeskHouse

pytestmark = pytest.mark.anyio
ClientAs = Callable[[Role], Browser]
PAGES = ["/desk/people", "/desk/audit", "/desk/settings"]
TEMPLATES = [
    one.name for one in files("integrations.console").joinpath("pages").iterdir()
    if one.name.endswith(".html")
]  # fmt: skip
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.I)
UNSAFE = re.compile(r"\|\s*safe\b|autoescape false|https?://(?!www\.w3\.org/2000/svg)", re.I)


@pytest.mark.parametrize("path", [*PAGES, "/desk/sign-in"])
async def test_a_page_runs_no_script_but_ours_and_is_framed_by_nobody(
    client_as: ClientAs, path: str
) -> None:
    headers = (await client_as("admin").get(path)).headers
    policy = headers["content-security-policy"]
    for part in ("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'",
                 "base-uri 'none'", "object-src 'none'"):  # fmt: skip
        assert part in policy
    assert "unsafe" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_a_script_or_a_style_in_it(name: str) -> None:
    text = files("integrations.console").joinpath("pages", name).read_text(encoding="utf-8")
    assert not INLINE.search(text)
    assert not UNSAFE.search(text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_form_that_changes_something_carries_the_token(name: str) -> None:
    text = files("integrations.console").joinpath("pages", name).read_text(encoding="utf-8")
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.S):
        assert "{{ seal }}" in form or "/desk/sign-in/" in form, form


async def test_what_somebody_is_called_stays_text(house: DeskHouse, client_as: ClientAs) -> None:
    admin = client_as("admin")
    page = await admin.get("/desk/audit", params={"who": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text
    page = await admin.after("/desk/people", name="<img src=x>", role="viewer")
    assert "<img src=x>" not in page.text


@pytest.mark.parametrize(
    "path", ["../app.py", "..%2fapp.py", "%2e%2e/%2e%2e/settings.py", "nothing.css", "x.py", ""]
)
async def test_no_other_file_is_served(house: DeskHouse, path: str) -> None:
    async with house.stranger() as one:
        assert (await one.get(f"/desk/static/{path}")).status_code in (404, 405)


async def test_files_are_kept_by_browsers_until_they_change(client_as: ClientAs) -> None:
    admin = client_as("admin")
    page = (await admin.get("/desk/people")).text
    addresses = re.findall(r'/desk/static/[^"]+', page)
    assert addresses
    for address in addresses:
        file = await admin.get(address)
        assert (file.status_code, "immutable" in file.headers["cache-control"]) == (200, True)


async def test_what_is_too_large_is_not_read(client_as: ClientAs) -> None:
    kim = client_as("admin")
    answer = await kim.post("/desk/people", name="x" * 1_100_000)
    assert answer.status_code == 413


async def test_a_form_says_how_long_it_is(house: DeskHouse) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"token="

    async with house.stranger() as one:
        assert (await one.post("/desk/sign-out", content=endless())).status_code == 411


async def test_a_word_after_a_form_is_shown_once_and_only_to_who_sent_it(
    house: DeskHouse, client_as: ClientAs
) -> None:
    admin, other = client_as("admin"), client_as("admin")
    answer = await admin.post("/desk/people/kim", do="enable")
    cookie = {"quiethand_said": answer.cookies["quiethand_said"]}
    stolen = await other.client.get("/desk/people", headers={"Cookie": _cookies(other, cookie)})
    assert "may sign in again" not in stolen.text
    assert "may sign in again" in (await admin.get("/desk/people")).text
    assert "may sign in again" not in (await admin.get("/desk/people")).text


@pytest.mark.parametrize("said", ["", ".", "x.y", "Z29vZA==.00", "é.é", "\x00"])
async def test_a_word_that_is_not_ours_is_not_shown(client_as: ClientAs, said: str) -> None:
    admin = client_as("admin")
    cookie = _cookies(admin, {"quiethand_said": said}).encode("utf-8", "replace")
    page = await admin.client.get("/desk/people", headers=[(b"cookie", cookie)])
    assert (page.status_code, 'role="status"' in page.text) == (200, False)


@pytest.mark.parametrize(("look", "shown"), [("dark", True), ("light", True), ('x"><b>', False)])
async def test_light_and_dark_work_without_a_script(
    client_as: ClientAs, look: str, shown: bool
) -> None:
    page = await client_as("viewer").after("/desk/look", look=look, next="/desk/sign-in")
    admin = client_as("admin")
    page = await admin.after("/desk/look", look=look, next="/desk/people")
    assert (f'data-look="{look}"' in page.text) is shown


async def test_without_tls_the_cookie_has_a_plain_name(tmp_path: Path) -> None:
    house = DeskHouse(tmp_path)
    link = house.console.sessions.link(house.console.people.named("kim").id, by="test")
    transport = httpx.ASGITransport(Manners(house.app))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8321") as one:
        answer = await one.post("/desk/sign-in/link", data={"link": link})
        assert "quiethand_desk" in one.cookies
        assert "secure" not in answer.headers["set-cookie"].lower()
        assert (await one.get("/desk/settings")).status_code == 200
    house.close()


async def test_behind_a_server_with_tls_the_cookie_is_for_tls_alone(tmp_path: Path) -> None:
    house = DeskHouse(tmp_path, address="https://desk.example.org")
    link = house.console.sessions.link(house.console.people.named("kim").id, by="test")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(house.app), base_url="http://10.0.0.7:8321"
    ) as inside:
        answer = await inside.post("/desk/sign-in/link", data={"link": link})
    assert answer.headers["set-cookie"].startswith("__Host-quiethand_desk=")
    assert "secure" in answer.headers["set-cookie"].lower()
    page = await house.client_as("admin").post("/desk/people/kim/link")
    assert "https://desk.example.org/desk/sign-in?link=" in page.text
    house.close()


def _cookies(browser: Browser, more: dict[str, str]) -> str:
    named = {**dict(browser.client.cookies), **more}
    return "; ".join(f"{name}={value}" for name, value in named.items())
