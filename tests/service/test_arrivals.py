"""Nothing that came in is lost, said twice or taken out of its order."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from integrations.store.dead import DeadLetters
from integrations.store.inbox import STATES, TOGETHER, TRIES
from integrations.store.leasing import end_leases
from integrations.store.missing import Missing
from integrations.store.traffic_schema import inbox
from integrations.store.vault_schema import contacts
from tests.service.stand import START, Stand, arrival

pytestmark = pytest.mark.anyio


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    one = Stand(tmp_path)
    yield one
    one.close()


async def test_a_message_is_answered_where_it_came_from(stand: Stand) -> None:
    await stand.answer(arrival("e1"))
    assert [one.conversation for one in stand.channel.sent] == ["c1"]
    assert "€149" in stand.channel.sent[0].text
    assert (stand.states("inbox"), stand.states("outbox")) == (["done"], ["sent"])


def test_the_same_event_delivered_fifty_times_at_once_is_stored_once(stand: Stand) -> None:
    with ThreadPoolExecutor(16) as pool:
        stored = list(pool.map(lambda _: asyncio.run(stand.take(arrival("e1"))), range(50)))
    assert sum(stored) == 1
    assert stand.states("inbox") == ["ready"]


async def test_an_event_that_comes_again_after_its_answer_changes_nothing(stand: Stand) -> None:
    await stand.answer(arrival("e1"))
    await stand.answer(arrival("e1"))
    assert len(stand.channel.sent) == 1


async def test_messages_in_one_go_are_read_as_one(stand: Stand) -> None:
    await stand.take(arrival("e1", "what does it"))
    stand.desk.wait(seconds=1)
    await stand.take(arrival("e2", "cost?"))
    stand.desk.wait(seconds=1)
    assert not await stand.worker().once()
    stand.desk.wait(seconds=1)
    await stand.work()
    assert stand.desk.language.seen == ["what does it\ncost?"]
    assert stand.states("inbox") == ["done", "done"]


async def test_what_two_people_write_in_one_thread_is_not_read_as_one(stand: Stand) -> None:
    await stand.answer(arrival("e1", "what does A cost?"), arrival("e2", "and B?", contact="lee"))
    assert stand.states("outbox") == ["sent", "sent"]


async def test_a_conversation_is_worked_on_by_one_worker_at_a_time(stand: Stand) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    assert await stand.inbox.lease("one")
    await stand.take(arrival("e2"), arrival("e3", conversation="c2", contact="lee"))
    stand.desk.wait(seconds=3)
    other = await stand.inbox.lease("two")
    assert other is not None
    assert [one.external for one in other.arrivals] == ["e3"]
    assert await stand.inbox.lease("three") is None


async def test_many_workers_keep_the_order_of_a_conversation(stand: Stand) -> None:
    for number in range(8):
        await stand.take(
            arrival(f"e{number}", f"what does it cost {number}?", contact=f"p{number}")
        )
    stand.desk.wait(seconds=9)
    for _ in range(8):
        await asyncio.gather(*(stand.worker().once() for _ in range(4)))
    assert stand.desk.language.seen == [f"what does it cost {number}?" for number in range(8)]


async def test_what_a_lost_worker_had_is_done_by_another_after_its_lease(stand: Stand) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    lost = await stand.inbox.lease("lost")
    stand.desk.wait(seconds=61)
    await stand.work()
    assert stand.states("inbox") == ["done"]
    assert lost is not None
    assert not stand.inbox.hold(lost)


@pytest.mark.parametrize("stops", range(TOGETHER + 2))
async def test_a_message_that_was_overtaken_is_read_in_its_place_whoever_stopped(
    stand: Stand, stops: int
) -> None:
    await stand.take(arrival("e2", "and for teams?", at=START + timedelta(seconds=1)))
    await stand.take(arrival("e1", "what does it cost?"))
    stand.desk.wait(seconds=3)
    for number in range(stops):
        assert await stand.inbox.lease(f"stopped {number}") is not None
        stand.desk.wait(seconds=61)
    await stand.work()
    read = "\n".join(stand.desk.language.seen)
    assert read == "what does it cost?\nand for teams?"
    assert len(stand.desk.language.seen) == (1 if stops < TOGETHER else 2)


async def test_a_worker_without_its_lease_cannot_bring_an_arrival_back(stand: Stand) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    lost = await stand.inbox.lease("lost")
    assert lost is not None
    stand.desk.wait(seconds=61)
    await stand.work()
    stand.inbox.failed(lost, "late")
    stand.inbox.release(lost)
    assert stand.states("inbox") == ["done"]
    assert len(stand.channel.sent) == 1


async def test_a_lease_that_is_renewed_stays(stand: Stand) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    leased = await stand.inbox.lease("one")
    assert leased is not None
    for _ in range(3):
        stand.desk.wait(seconds=50)
        assert stand.inbox.hold(leased)
        assert await stand.inbox.lease("two") is None


async def test_leases_of_a_process_that_ended_end_with_it(stand: Stand) -> None:
    await stand.take(arrival("e1"))
    stand.desk.wait(seconds=3)
    await stand.inbox.lease("gone")
    assert end_leases(stand.engine, inbox, STATES, lambda name: name == "gone") == 1
    await stand.work()
    assert stand.states("inbox") == ["done"]


async def test_what_fails_is_tried_again_alone_then_left_to_a_person(stand: Stand) -> None:
    await stand.take(arrival("e1"), arrival("e2"))
    stand.desk.wait(seconds=3)
    both = await stand.inbox.lease("one")
    assert both is not None
    assert len(both.ids) == 2
    stand.inbox.failed(both, "it broke")
    for _ in range(TRIES - 1):
        stand.desk.wait(seconds=600)
        alone = await stand.inbox.lease("one")
        assert alone is not None
        assert [one.external for one in alone.arrivals] == ["e1"]
        stand.inbox.failed(alone, "it broke")
    stand.desk.wait(seconds=600)
    await stand.work()
    assert stand.states("inbox") == ["dead", "done"]
    letters = DeadLetters(stand.engine, stand.desk.now)
    letters.replay(letters.all()[0].name)
    await stand.work()
    assert stand.states("inbox") == ["done", "done"]


async def test_what_was_said_in_the_terminal_is_not_replayed(stand: Stand) -> None:
    await stand.desk.say("what does Team cost?")
    ((id, _),) = await stand.desk.view.unsent("c1")
    await stand.desk.view.blocked([id])
    with pytest.raises(Missing, match="terminal"):
        DeadLetters(stand.engine, stand.desk.now).replay(f"out:{id}")
    assert stand.states("outbox") == ["blocked"]


async def test_a_row_that_no_longer_opens_stops_nobody(stand: Stand) -> None:
    await stand.take(arrival("e1"), arrival("e2", conversation="c2", contact="lee"))
    with stand.engine.begin() as db:
        db.execute(delete(contacts).where(contacts.c.id == stand.inbox.name("post", "shop", "kim")))
    stand.desk.wait(seconds=3)
    await stand.work()
    assert stand.states("inbox") == ["dead", "done"]


async def test_a_clock_that_is_set_back_an_hour_loses_no_message(stand: Stand) -> None:
    await stand.take(arrival("e1"), arrival("e2", conversation="c2", contact="lee"))
    stand.desk.wait(seconds=3)
    await stand.inbox.lease("stopped")
    stand.desk.time -= timedelta(hours=1)
    await stand.work()
    assert stand.states("inbox") == ["done", "done"]


async def test_a_person_who_answers_in_the_platforms_app_has_the_conversation(stand: Stand) -> None:
    await stand.answer(arrival("e1"))
    await stand.answer(arrival("e2", "Let me look.", happened="echo"))
    await stand.answer(arrival("e3", at=START + timedelta(minutes=1)))
    assert len(stand.channel.sent) == 1
    assert stand.states("inbox") == ["done"] * 3


async def test_an_echo_with_the_mark_of_another_program_is_a_persons_too(stand: Stand) -> None:
    await stand.answer(arrival("e1"))
    await stand.answer(arrival("e2", "Let me look.", happened="echo", ours="campaign-7"))
    await stand.answer(arrival("e3"))
    assert len(stand.channel.sent) == 1
