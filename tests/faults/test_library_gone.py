"""The library cannot be searched: who asks gets a person, and everybody else goes on."""

from pathlib import Path
from typing import Any

import pytest

from knowledge.documents.scope import Scope
from tests.desk import Desk, FakeDocuments

pytestmark = pytest.mark.anyio


class Gone(FakeDocuments):
    """A library whose vectors are corrupt."""

    def search(self, question: str, scope: Scope, follows: str = "", most: int = 8) -> Any:
        raise RuntimeError("Error executing plan: planted words about /var/lib")

    def lapsed(self, scope: Scope) -> bool:
        raise RuntimeError("the same")


class Without(Desk):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.documents.__class__ = Gone


async def test_a_question_goes_to_a_person_and_nothing_is_told_of_the_fault(
    tmp_path: Path,
) -> None:
    desk = Without(tmp_path)
    turn = await desk.say("what does it cost?")
    assert turn["outcome"] == "handoff"
    assert "planted" not in turn["text"] + turn["reason"]
    assert await desk.outbox() == [turn["text"]]


async def test_what_needs_no_library_goes_on(tmp_path: Path) -> None:
    desk = Without(tmp_path)
    desk.language.expect("hello!", ("greeting", 0.95))
    turn = await desk.say("hello!", conversation="c2")
    assert turn["outcome"] == "reply"


async def test_when_it_is_back_questions_are_answered_again(tmp_path: Path) -> None:
    desk = Without(tmp_path)
    await desk.say("what does it cost?")
    desk.documents.__class__ = FakeDocuments
    turn = await desk.say("what does it cost?", conversation="c3")
    assert (turn["outcome"], "€149" in turn["text"]) == ("reply", True)
