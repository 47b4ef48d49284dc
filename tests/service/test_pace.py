"""How fast a platform is written to: as fast as it allows, also when much waits."""

from pathlib import Path

import pytest

from integrations.service.sender import Sender
from tests.service.stand import Recording, Stand, arrival

pytestmark = pytest.mark.anyio


async def test_what_finds_no_place_comes_back_one_after_the_other(tmp_path: Path) -> None:
    stand = Stand(tmp_path, Recording(account_per_second=2.0))
    rings: list[float] = []
    sender = Sender("s", stand.sends, stand.vault, stand.channels, stand.pace, rings.append)
    for number in range(6):
        await stand.take(arrival(f"e{number}", conversation=f"c{number}"))
    stand.desk.wait(seconds=3)
    while await stand.worker().once():
        pass
    while await sender.once():
        pass
    assert [round(ring, 3) for ring in rings] == [0.5, 1.0, 1.5, 2.0, 2.5]
    for _ in range(5):
        stand.desk.wait(seconds=0.5)
        assert await sender.once()
        assert not await sender.once()
    assert stand.states("outbox") == ["sent"] * 6
    assert stand.naps == [0.0]  # nobody waited with a message in their hand
    stand.close()
