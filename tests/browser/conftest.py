"""A browser, where the machine has one."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chat_house import ChatHouse
from tests.browser.console import Console
from tests.browser.service_house import ServiceHouse
from tests.browser.serving import Serving, site

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")  # longer, and its event loop would be in the way of other tests
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@dataclass(frozen=True)
class Chat:
    """A chat that runs, and a site that embeds it."""

    url: str
    site: str
    house: ChatHouse


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    address: list[str] = []
    with Serving(site(lambda: f"{address[0]}/chat/widget.js")) as embedding:
        house = ChatHouse(tmp_path, origins=[embedding.url])
        with Serving(house.app(), house) as serving:
            address.append(serving.url)
            yield Chat(f"{serving.url}/chat", embedding.url, house)
        house.close()


@pytest.fixture(scope="module")
def running(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """One console and one chat for all tests of a module; each has customers of its own."""
    house = ServiceHouse(tmp_path_factory.mktemp("service"))
    with Serving(house.app, house) as serving:
        yield Console(browser, serving, house)
    house.close()


@pytest.fixture
def console(running: Console) -> Iterator[Console]:
    running.wrong.clear()
    yield running
    running.leave()
    assert running.wrong == []
