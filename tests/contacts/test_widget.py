"""A site tells the panel who is signed in there, with proof, in a real browser."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse

from integrations.contacts import People
from integrations.identity import Identities
from integrations.service.intake import Intake
from integrations.store.inbox import Inbox
from tests.browser.chat_house import ChatHouse
from tests.browser.conftest import browser as browser
from tests.browser.serving import Serving

pytestmark = pytest.mark.slow
KEY = b"a key of the brand's own, 32 bytes long"


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(contact: str) -> str:
    """Sign as a brand's own system would, without any code of ours."""
    claims = {"sub": "customer-42", "aud": "web/site", "contact": contact,
              "exp": int(time.time()) + 600}  # fmt: skip
    head = _part(json.dumps({"alg": "HS256"}).encode())
    text = f"{head}.{_part(json.dumps(claims).encode())}"
    return f"{text}.{_part(hmac.new(KEY, text.encode(), sha256).digest())}"


def shop(script: list[str]) -> FastAPI:
    """A site whose visitor is signed in."""
    app = FastAPI()

    @app.get("/", response_class=HTMLResponse)
    def home() -> str:
        return f'<!doctype html><script src="{script[0]}" data-identity="/who" async></script>'

    @app.get("/who", response_class=PlainTextResponse)
    def who(contact: str) -> str:
        return token(contact)

    return app


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[ChatHouse, str]]:
    script: list[str] = []
    with Serving(shop(script)) as site:
        house = ChatHouse(tmp_path, origins=[site.url])
        inbox = Inbox(house.engine, house.vault, house.vault.clock)
        house.intake = Intake(
            {("web", "site"): house.channel},
            inbox,
            house.vault.clock,
            lambda _: None,
            burst=0.0,
            identities=Identities(house.vault, inbox, KEY),
        )
        with Serving(house.app(), house) as serving:
            script.append(f"{serving.url}/chat/widget.js")
            yield house, site.url
        house.close()


def test_who_is_signed_in_on_the_site_is_known_here(
    browser: Any, house: tuple[ChatHouse, str]
) -> None:
    page = browser.new_context().new_page()
    with page.expect_response("**/who?contact=*"):
        page.goto(house[1])
        page.get_by_role("button", name="Chat with").click()
    panel = page.frame_locator("iframe")
    panel.get_by_label("Your message").fill("What does the Team plan cost?")
    panel.get_by_label("Your message").press("Enter")
    panel.locator("li.agent").wait_for()
    page.context.close()
    with house[0].engine.connect() as db:
        contact = db.exec_driver_sql("SELECT contact FROM conversations").scalar_one()
    [link] = People(house[0].vault, "Brand").show(contact)["links"]
    assert (link["origin"], link["contact"]) == ("signed", contact)
