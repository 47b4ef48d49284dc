"""Sweeping what is old leaves alone whoever still waits for an answer."""

from pathlib import Path

import pytest

from integrations.retention import sweep
from knowledge.brands.brand import Retention
from tests.service.stand import Stand, arrival

pytestmark = pytest.mark.anyio


async def test_the_key_of_who_waits_in_another_s_conversation_stays(tmp_path: Path) -> None:
    stand = Stand(tmp_path)
    await stand.take(arrival("e1"), arrival("e2", contact="lee"), arrival("e3"))
    sweep(stand.engine, Retention(), stand.desk.now)
    stand.desk.wait(seconds=3)
    await stand.work()
    assert stand.states("inbox") == ["done", "done", "done"]
    stand.close()
