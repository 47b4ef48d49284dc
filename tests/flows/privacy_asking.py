"""A customer who asks for their data, and what erases or collects them."""

from typing import Any

from agents.state import Turn
from integrations.store.requests import PrivacyRequest
from tests.desk import Desk

ERASE, EXPORT = "delete everything you know about me", "send me a copy of my data"


class FakeErasing:
    """Remembers whom it was told to erase or collect."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []
        self.broken = False

    def erase(self, contact: str, by: str) -> dict[str, Any]:
        if self.broken:
            raise OSError("the disk is full")
        self.calls.append(("erase", contact, by))
        return {"lines": 4}

    def export(self, contact: str, by: str) -> dict[str, Any]:
        self.calls.append(("export", contact, by))
        return {"contact": contact, "lines": ["héllo"]}


async def ask(desk: Desk, text: str = ERASE, **parts: str) -> Turn:
    desk.language.expect(text, ("privacy_request", 0.95))
    return await desk.say(text, **parts)


async def confirmed(desk: Desk, text: str = ERASE, **parts: str) -> PrivacyRequest:
    await ask(desk, text, **parts)
    assert (await desk.say("YES", **parts))["outcome"] == "handoff"
    return (await desk.requests.waiting())[-1]
