"""People at the console, each with a browser of their own; and pictures of what they see."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from integrations.console.roles import Role
from tests.browser.service_house import ServiceHouse
from tests.browser.serving import Serving

FOLDER = Path(
    os.environ.get("QUIETHAND_SCREENSHOTS") or Path(__file__).parents[2] / ".ci/screenshots"
)
PATIENCE = 30_000  # ms, for a machine that has much to do
SIZE = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 760}


class Console:
    """A console that runs, and the browsers on it."""

    def __init__(self, browser: Any, serving: Serving, house: ServiceHouse) -> None:
        self.url, self.serving, self.house = serving.url, serving, house
        self._browser, self._open = browser, list[Any]()
        self.wrong: list[str] = []

    def enter(self, role: Role | None = None, **options: Any) -> Any:
        """Return a page of a fresh browser, in which the person of a role is signed in."""
        context = self._browser.new_context(**{"viewport": SIZE, "base_url": self.url, **options})
        context.set_default_timeout(PATIENCE)
        self._open.append(context)
        if role:
            cookie = {"name": "quiethand_desk", "value": self.house.cookie(role), "url": self.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", self._said)
        return page

    def leave(self) -> None:
        """Close all browsers."""
        while self._open:
            self._open.pop().close()

    def complain(self, conversation: str, text: str) -> int:
        """Let a customer complain; return the draft that waits."""
        return self.serving.do(self.house.complain(conversation, text))

    def _said(self, said: Any) -> None:
        refused = "status of 409" in said.text  # a page says so too, in words
        if said.type == "error" and not refused:
            self.wrong.append(said.text)


def picture(page: Any, name: str) -> None:
    """Keep what a page looks like."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


Enter = Callable[..., Any]
