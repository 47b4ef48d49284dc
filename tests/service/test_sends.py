"""What is said is said once, in order, and only while it is ours to say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from integrations.channels.contract import SendError
from integrations.store.schema import outbox
from integrations.store.sends import TRIES
from tests.service.stand import Recording, Stand, arrival

pytestmark = pytest.mark.anyio


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    one = Stand(tmp_path)
    yield one
    one.close()


async def decided(stand: Stand, *arrivals: str) -> None:
    """Bring messages as far as the outbox."""
    for external in arrivals:
        await stand.take(arrival(external))
        stand.desk.wait(seconds=3)
        assert await stand.worker().once()


async def test_a_message_that_was_lost_on_its_way_is_never_sent_blindly(stand: Stand) -> None:
    await decided(stand, "e1", "e2")
    letter = await stand.sends.lease("lost")
    assert letter is not None
    assert await stand.sends.begin(letter)
    stand.desk.wait(seconds=61)
    await stand.work()
    assert stand.states("outbox") == ["unknown", "sent"]
    assert len(stand.channel.sent) == 1


async def test_a_sender_that_stopped_before_it_sent_leaves_nothing_in_doubt(stand: Stand) -> None:
    await decided(stand, "e1")
    assert await stand.sends.lease("lost")
    stand.desk.wait(seconds=61)
    await stand.work()
    assert stand.states("outbox") == ["sent"]


async def test_what_a_lost_sender_did_send_after_all_counts_as_sent(stand: Stand) -> None:
    await decided(stand, "e1")
    letter = await stand.sends.lease("slow")
    assert letter is not None
    await stand.sends.begin(letter)
    stand.desk.wait(seconds=61)
    await stand.work()
    assert stand.states("outbox") == ["unknown"]
    await stand.sends.sent(letter, "theirs-1")
    assert stand.states("outbox") == ["sent"]


async def test_an_echo_settles_what_nobody_knew(stand: Stand) -> None:
    stand.channel.troubles = [SendError("cut", unknown=True)]
    await stand.answer(arrival("e1"))
    assert stand.states("outbox") == ["unknown"]
    mark = stand.channel.sent[0].mark
    await stand.answer(arrival("s1", "", happened="status", ours=mark, state="delivered"))
    assert stand.states("outbox") == ["sent"]


async def test_a_failed_status_of_another_row_settles_nothing(stand: Stand) -> None:
    stand.channel.troubles = [SendError("cut", unknown=True)]
    await stand.answer(arrival("e1"))
    await stand.answer(arrival("s1", "", happened="status", ours="qh-other", state="delivered"))
    assert stand.states("outbox") == ["unknown"]


async def test_a_platform_that_keeps_marks_is_asked_again_with_the_same(tmp_path: Path) -> None:
    stand = Stand(tmp_path, Recording(idempotent=True))
    await decided(stand, "e1")
    letter = await stand.sends.lease("lost")
    assert letter is not None
    await stand.sends.begin(letter)
    stand.desk.wait(seconds=61)
    await stand.work()
    assert [one.mark for one in stand.channel.sent] == [letter.mark]
    assert stand.states("outbox") == ["sent"]
    stand.close()


async def test_marks_of_two_databases_never_meet(tmp_path: Path) -> None:
    marks = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        stand = Stand(tmp_path / name)
        await stand.answer(arrival("e1"))
        marks |= {one.mark for one in stand.channel.sent}
        stand.close()
    assert len(marks) == 2


async def test_what_the_platform_refuses_for_now_is_tried_again_before_the_next(
    stand: Stand,
) -> None:
    await decided(stand, "e1", "e2")
    stand.channel.troubles = [SendError("busy")]
    await stand.work()
    assert stand.channel.sent == []
    stand.desk.wait(seconds=600)
    await stand.work()
    assert stand.states("outbox") == ["sent", "sent"]
    assert [one.mark for one in stand.channel.sent] == sorted(
        {one.mark for one in stand.channel.sent}, key=[o.mark for o in stand.channel.sent].index
    )


async def test_a_refusal_for_good_lets_the_next_message_go(stand: Stand) -> None:
    await decided(stand, "e1", "e2")
    stand.channel.troubles = [SendError("closed", permanent=True)]
    await stand.work()
    assert stand.states("outbox") == ["failed", "sent"]


async def test_trying_ends(stand: Stand) -> None:
    await decided(stand, "e1")
    stand.channel.troubles = [SendError("busy") for _ in range(TRIES)]
    for _ in range(TRIES):
        await stand.work()
        stand.desk.wait(seconds=600)
    assert stand.states("outbox") == ["failed"]
    assert stand.channel.sent == []


async def test_a_platform_that_cannot_be_reached_is_tried_for_as_long_as_it_takes(
    stand: Stand,
) -> None:
    await decided(stand, "e1")
    stand.channel.troubles = [SendError("not there", untried=True) for _ in range(3 * TRIES)]
    for _ in range(3 * TRIES):
        await stand.work()
        stand.desk.wait(seconds=600)
    await stand.work()
    assert stand.states("outbox") == ["sent"]


async def test_a_whole_account_rests_for_as_long_as_its_platform_asks(stand: Stand) -> None:
    await decided(stand, "e1")
    await stand.take(arrival("e2", conversation="c2", contact="lee"))
    stand.desk.wait(seconds=3)
    await stand.worker().once()
    stand.channel.troubles = [SendError("slow down", retry_after=30.0)]
    await stand.work()
    assert stand.channel.sent == []
    assert [row.attempts for row in stand.rows("outbox")] == [1, 0]
    stand.desk.wait(seconds=31)
    await stand.work()
    assert stand.states("outbox") == ["sent", "sent"]


async def test_what_the_agent_wanted_to_say_is_dropped_when_a_person_takes_over(
    stand: Stand,
) -> None:
    await decided(stand, "e1")
    letter = await stand.sends.lease("one")
    assert letter is not None
    await stand.take(arrival("e2", "I have it.", happened="echo"))
    await stand.worker().once()
    assert not await stand.sends.begin(letter)
    assert stand.states("outbox") == ["dropped"]


async def test_a_mistake_in_a_channel_is_unknown_not_sent_again(stand: Stand) -> None:
    stand.channel.troubles = [KeyError("ours")]
    await stand.answer(arrival("e1"))
    assert stand.states("outbox") == ["unknown"]
    assert "ours" not in stand.rows("outbox")[0].error


async def test_originals_come_back_on_the_way_out_and_unknown_ones_stop_it(stand: Stand) -> None:
    await decided(stand, "e1", "e2")
    with stand.engine.begin() as db:
        db.execute(update(outbox).where(outbox.c.id == 1).values(text="Dear <PERSON_7>"))
    await stand.work()
    assert stand.states("outbox") == ["blocked", "sent"]


async def test_a_long_answer_goes_in_parts_and_the_last_has_the_plain_mark(
    tmp_path: Path,
) -> None:
    stand = Stand(tmp_path, Recording(longest=20, recipient_per_second=1.0))
    await stand.answer(arrival("e1"))
    marks = [one.mark for one in stand.channel.sent]
    assert len(marks) > 1
    assert [mark.removeprefix(marks[-1]) for mark in marks[:-1]] == [
        f"-{number}" for number in range(1, len(marks))
    ]
    assert sum(stand.naps) >= len(marks) - 1
    stand.close()


async def test_half_an_answer_is_not_begun_again(tmp_path: Path) -> None:
    stand = Stand(tmp_path, Recording(longest=20))
    stand.channel.troubles = [None, SendError("busy")]
    await stand.answer(arrival("e1"))
    assert stand.states("outbox") == ["unknown"]
    assert len(stand.channel.sent) == 1
    stand.close()
