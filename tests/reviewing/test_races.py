"""On both databases: a send and its undo never both happen, nor two decisions."""

import asyncio
from pathlib import Path

import pytest

from agents.deps import StaleDecision
from integrations.reviewing import Decided
from integrations.store.places import Place
from tests.reviewing.office import ANSWER, Office

pytestmark = pytest.mark.anyio
ROUNDS = 8


async def test_it_is_either_sent_or_taken_back(tmp_path: Path, place: Place) -> None:
    office = Office(tmp_path, place=place)
    for number in range(1, ROUNDS + 1):
        await office.customer(talk=f"c{number}")
        await office.decide("approve", draft=number)
        office.desk.wait(seconds=11)
        undo, _ = await asyncio.gather(
            office.reviewing.undo(number, "kim"), office.sender().once(), return_exceptions=True
        )
        await office.deliver(seconds=1)
        said = [one.text for one in office.channel.sent if one.conversation == f"c{number}"]
        assert said == ([] if isinstance(undo, Decided) else [ANSWER])
        assert isinstance(undo, Decided | StaleDecision)
    office.close()


async def test_of_several_at_once_one_decides(tmp_path: Path, place: Place) -> None:
    office = Office(tmp_path, place=place)
    for number in range(1, ROUNDS + 1):
        await office.customer(talk=f"c{number}")
        clicks = [office.decide(what, draft=number) for what in ("approve", "reject", "take_over")]
        found = await asyncio.gather(*clicks, return_exceptions=True)
        assert [isinstance(one, Decided) for one in found].count(True) == 1
        assert all(isinstance(one, Decided | StaleDecision) for one in found)
        assert len(office.history(number)) == 1
    office.close()
