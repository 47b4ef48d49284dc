"""The disk is full: what is acknowledged is stored, what is stored is done when space returns."""

import asyncio
import itertools
import sqlite3

import pytest
from sqlalchemy import event

from integrations.channels.contract import SendError
from integrations.store.database import StoreError
from tests.service.stand import Stand, arrival

pytestmark = pytest.mark.anyio
ROOM = 10_000_000
FULL = "database or disk is full"
NUMBERS = itertools.count()


class Disk:
    """Lets a stand's database grow by so many pages, and no further."""

    def __init__(self, stand: Stand) -> None:
        self._stand, self._pages = stand, ROOM
        event.listen(stand.engine, "connect", lambda raw, _: raw.execute(self._limit()))
        stand.desk.records._engine = stand.engine

    def _limit(self) -> str:
        return f"PRAGMA max_page_count={self._pages}"

    def fill(self) -> None:
        with self._stand.engine.begin() as db:
            self._pages = int(db.exec_driver_sql("PRAGMA page_count").scalar_one())
        self._stand.engine.dispose()

    def clear(self) -> None:
        self._pages = ROOM
        self._stand.engine.dispose()


def whole(stand: Stand) -> str:
    with sqlite3.connect(stand.desk.file) as db:
        found: str = db.execute("PRAGMA integrity_check").fetchone()[0]
    db.close()
    return found


async def fails_for(stand: Stand, rounds: int) -> set[str]:
    """Work as a service does: whatever breaks, it begins again; return what broke."""
    broke: set[str] = set()
    for _ in range(rounds):
        await fill_up(stand)
        stand.desk.wait(seconds=70)
        for once in (stand.worker().once, stand.sender().once):
            try:
                await once()
            except Exception as error:  # noqa: BLE001 - as the service's loop does
                broke.add(str(error.__cause__ or error).partition("\n")[0])
    return broke


async def fill_up(stand: Stand) -> None:
    """Take the last free bytes, as a busy inbox would."""
    for size in (3000, 300, 3):
        for _ in range(200):
            told = arrival(f"x{next(NUMBERS)}", "x" * size, conversation="z", contact="z")
            try:
                await stand.take(told)
            except StoreError:
                break
        else:
            raise AssertionError("there is room for everything")


async def test_a_turn_that_finds_no_room_is_done_when_there_is_some(stand: Stand) -> None:
    await stand.take(arrival("e1"))
    disk = Disk(stand)
    disk.fill()
    assert await fails_for(stand, 3) <= {FULL}
    disk.clear()
    assert whole(stand) == "ok"
    stand.desk.wait(minutes=10)
    await stand.work(rounds=100)
    assert [one.conversation for one in stand.channel.sent].count("c1") == 1
    assert set(stand.states("inbox")) == {"done"}


async def test_no_message_becomes_a_dead_letter_however_long_the_disk_is_full(
    stand: Stand,
) -> None:
    await stand.take(arrival("e1"))
    disk = Disk(stand)
    disk.fill()
    assert await fails_for(stand, 15) <= {FULL}
    assert stand.states("inbox")[0] != "dead"
    disk.clear()
    stand.desk.wait(minutes=10)
    await stand.work(rounds=100)
    assert stand.states("inbox")[0] == "done"


async def test_what_was_sent_and_could_not_be_written_down_is_not_sent_again(
    stand: Stand,
) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    await stand.worker().once()
    disk = Disk(stand)
    stand.channel.troubles = [SendError("cut", unknown=True)]
    disk.fill()
    await asyncio.gather(stand.sender().once(), return_exceptions=True)
    disk.clear()
    for _ in range(5):
        stand.desk.wait(minutes=5)
        await stand.work()
    assert len(stand.channel.sent) == 1
    assert stand.states("outbox") == ["unknown"]
