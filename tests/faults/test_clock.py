"""The clock of the machine jumps an hour, forward and back, while things wait and run."""

from datetime import timedelta

import pytest

from integrations.channels.contract import SendError
from integrations.service.pace import Pace
from tests.service.stand import START, Stand, arrival

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)
BUSY = SendError("busy")


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
async def test_what_waits_is_answered_soon_after_a_jump(stand: Stand, jump: timedelta) -> None:
    await stand.take(arrival("e1"))
    stand.desk.time += jump
    stand.desk.wait(seconds=3)
    await stand.work()
    assert (stand.states("inbox"), len(stand.channel.sent)) == (["done"], 1)


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
async def test_what_a_worker_has_is_done_once_whatever_the_clock_says(
    stand: Stand, jump: timedelta
) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    leased = await stand.inbox.lease("slow")
    assert leased is not None
    stand.desk.time += jump
    await stand.work()
    stand.inbox.failed(leased, "late")
    await stand.work()
    assert (stand.states("inbox"), len(stand.channel.sent)) == (["done"], 1)


async def test_what_came_while_the_clock_was_ahead_is_answered_after_it_is_set_right(
    stand: Stand,
) -> None:
    stand.desk.time += HOUR
    await stand.take(arrival("e1"))
    stand.desk.time -= HOUR
    await stand.answer(arrival("e2", "and for ten people, what does it cost?"))
    assert stand.states("inbox") == ["done", "done"]
    assert len(stand.channel.sent) >= 1


async def test_a_send_to_be_tried_again_does_not_wait_for_the_hour_that_never_was(
    stand: Stand,
) -> None:
    stand.channel.troubles = [BUSY]
    stand.pace = Pace(lambda: 0.0)  # the pace of sends has a clock that never jumps
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    await stand.worker().once()
    stand.desk.time += HOUR
    await stand.sender().once()
    assert stand.states("outbox") == ["ready"]
    stand.desk.time -= HOUR
    stand.desk.wait(minutes=20)
    await stand.work()
    assert stand.states("outbox") == ["sent"]


async def test_a_message_to_be_tried_again_does_not_wait_for_the_hour_that_never_was(
    stand: Stand,
) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    stand.desk.time += HOUR
    leased = await stand.inbox.lease("one")
    assert leased is not None
    stand.inbox.failed(leased, "it broke")
    stand.desk.time -= HOUR
    stand.desk.wait(minutes=20)
    await stand.work()
    assert stand.states("inbox") == ["done"]


async def test_what_was_to_be_sent_when_the_clock_jumped_is_sent_once(stand: Stand) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    await stand.worker().once()
    for jump in (HOUR, -HOUR, -HOUR, HOUR):
        stand.desk.time += jump
        await stand.work()
    assert (stand.states("outbox"), len(stand.channel.sent)) == (["sent"], 1)


async def test_nobody_is_heard_in_a_time_that_has_not_come(stand: Stand) -> None:
    await stand.answer(arrival("e1", "what does it cost?", at=START + timedelta(days=27000)))
    await stand.answer(arrival("e2", "and for teams?", at=START + timedelta(minutes=2)))
    first, last = (sent.last_heard for sent in stand.channel.sent)
    assert first == START
    assert last == START + timedelta(minutes=2)
