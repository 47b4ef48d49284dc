"""Every page of a busy console: for everybody, in light and dark, on a desk and on a phone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest

from integrations.store.shelf import SqlShelf
from knowledge.documents.document import About, Document
from knowledge.documents.passages import cut
from tests.browser.console import PHONE, Console, picture

GRAVE = ("serious", "critical")
DRAFT, DECIDED = 9, 2
PAGES = {
    "queue": "/desk",
    "queue-handoffs": "/desk?kind=handoff",
    "draft": f"/desk/drafts/{DRAFT}",
    "draft-decided": f"/desk/drafts/{DECIDED}",
    "draft-post": "/desk/drafts/7",
    "conversation": f"/desk/conversations/bench-{DRAFT}",
    "conversation-with-people": "/desk/conversations/with-people",
    "reveal": f"/desk/reveal/bench-{DRAFT}?placeholder=PERSON_1",
    "content": "/desk/content",
    "gaps": "/desk/gaps",
    "documents": "/desk/documents",
    "document": "/desk/documents/plans?start=41&end=76",
    "voice": "/desk/voice",
    "playground": "/desk/playground",
    "numbers": "/desk/numbers?days=90",
    "activity": "/desk/activity",
    "decisions": "/desk/activity/decisions",
    "audit": "/desk/audit",
    "settings": "/desk/settings",
    "people": "/desk/people",
    "account": "/desk/account",
    "missing": "/desk/drafts/99999",
}
TEXT = """# Plans

Three plans are sold.

## Prices

The Team plan costs €149 per month. Nobody pays twice.
"""


@pytest.fixture(scope="module")
def busy(running: Console) -> Console:
    """A console with much to do, and documents that may be read."""
    house = running.house
    house.be_busy()
    plans = About(owner="Sales", reviewed=date(2026, 10, 1))
    document = Document("plans", "Plans", TEXT, "plans.md", plans)
    parts = [(p, np.zeros((2 + len(p.sentences), 384), np.float32)) for p in cut(document)]
    SqlShelf(house.engine).write("brand", document.source, "d", [], [(document, parts)])
    number = running.complain("with-people", "the cost is a joke, I am on +49 170 1234567")
    running.serving.do(house.decide(number, "take_over"))
    return running


@pytest.fixture
def page(busy: Console, console: Console) -> Iterator[Any]:
    yield console.enter("admin")
    console.wrong[:] = [said for said in console.wrong if "status of 404" not in said]


def sign_in_page(console: Console) -> Any:
    page = console.enter()
    page.goto("/desk/sign-in")
    return page


def found_by_axe(page: Any) -> list[str]:
    """Return what keeps people out of a page, each with the first place."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    found = axe.Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found
            if one["impact"] in GRAVE]  # fmt: skip


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_page_is_for_everybody(page: Any, console: Console, look: str) -> None:
    page.emulate_media(color_scheme=look)
    wrong: dict[str, list[str]] = {}
    for name, path in PAGES.items():
        page.goto(path)
        picture(page, f"{name}-{look}")
        if found := found_by_axe(page):
            wrong[name] = found
    assert wrong == {}


def test_who_chose_dark_gets_it_on_a_light_system(page: Any) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/desk/people")
    page.locator("details.me summary").click()
    page.get_by_role("button", name="Dark").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("data-look") == "dark"
    assert found_by_axe(page) == []


def test_the_door_is_for_everybody(console: Console) -> None:
    page = sign_in_page(console)
    picture(page, "sign-in-light")
    assert found_by_axe(page) == []


def test_nothing_sticks_out_of_a_phone(busy: Console, console: Console) -> None:
    page = console.enter("admin", viewport=PHONE, has_touch=True, is_mobile=True)
    wide = {}
    for name, path in PAGES.items():
        page.goto(path)
        picture(page, f"{name}-phone")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
            wide[name] = width
    console.wrong[:] = [said for said in console.wrong if "status of 404" not in said]
    assert wide == {}
