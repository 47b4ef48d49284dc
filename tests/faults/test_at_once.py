"""Much at once, late, twice or in disorder: one row, one reply, one conversation, in order."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from integrations.app import make_app
from integrations.service.numbers import Numbers
from integrations.service.service import Bell, Service
from integrations.store.schema import conversations, lines
from integrations.store.traffic_schema import addresses
from tests.service.stand import START, Stand, arrival

pytestmark = pytest.mark.anyio
GOOD = {"x-signature": "good", "content-type": "application/json"}


def heard(stand: Stand) -> list[str]:
    """Return the numbers of the messages that are in the conversation, in their order."""
    said = select(lines.c.text).where(lines.c.who == "customer").order_by(lines.c.id)
    with stand.engine.begin() as db:
        return [number for text in db.scalars(said) for number in re.findall(r"#(\d+)", text)]


async def test_one_webhook_fifty_times_at_once_is_one_row_and_one_reply(stand: Stand) -> None:
    app = make_app(stand.intake, Service([]), Numbers(stand.engine, stand.desk.now), lambda: "")
    raw = json.dumps({"id": "e1", "text": "what does it cost?"}).encode()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as web:
        posts = (web.post("/channels/post/shop", content=raw, headers=GOOD) for _ in range(50))
        answers = await asyncio.gather(*posts)
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["stored"] for answer in answers) == 1
    stand.desk.wait(seconds=3)
    await asyncio.gather(*(stand.work() for _ in range(4)))
    assert (stand.states("inbox"), len(stand.channel.sent)) == (["done"], 1)


async def test_forty_messages_of_a_conversation_and_eight_workers_keep_their_order(
    stand: Stand,
) -> None:
    service = Service([(stand.worker(), Bell()) for _ in range(8)])
    service.start()
    for number in range(40):
        who = f"p{number % 3}"
        told = arrival(f"e{number}", f"what does it cost? #{number}", contact=who)
        await stand.take(told)
        stand.desk.wait(seconds=4)
    while "ready" in stand.states("inbox") or "leased" in stand.states("inbox"):
        stand.desk.wait(seconds=4)
        await asyncio.sleep(0.02)
    await service.stop()
    assert stand.states("inbox") == ["done"] * 40
    assert heard(stand) == [str(number) for number in range(40)]
    answered = len(stand.states("outbox"))
    await stand.work(rounds=60)
    assert len(stand.channel.sent) == answered == len({one.mark for one in stand.channel.sent})


async def test_six_first_messages_at_once_are_one_conversation_of_one_person(
    stand: Stand,
) -> None:
    firsts = [arrival(f"e{number}", f"what does it cost? #{number}") for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda one: asyncio.run(stand.take(one)), firsts)) == [1] * 6
    stand.desk.wait(seconds=9)
    await asyncio.gather(*(stand.work() for _ in range(6)))
    with stand.engine.begin() as db:
        for table in (conversations, addresses):
            assert db.scalar(select(func.count()).select_from(table)) == 1
    assert sorted(heard(stand)) == ["0", "1", "2", "3", "4", "5"]
    assert len(stand.channel.sent) == 1


async def test_what_comes_late_does_not_set_back_when_somebody_was_heard(stand: Stand) -> None:
    stand.desk.wait(hours=1)
    await stand.answer(arrival("e2", "and #2?", at=START + timedelta(hours=1)))
    await stand.answer(arrival("e1", "what does #1 cost?", at=START - timedelta(hours=30)))
    last = stand.channel.sent[-1]
    assert (last.last_heard, last.reply_to) == (START + timedelta(hours=1), "e2")


@pytest.mark.parametrize("happened", ["edited", "deleted", "status"])
@pytest.mark.parametrize("late", [True, False])
async def test_news_about_a_message_is_never_answered_before_or_after_it(
    stand: Stand, happened: str, late: bool
) -> None:
    news = arrival(f"e1:{happened}", "what does it cost now?", happened=happened)
    message = arrival("e1", "what does it cost?")
    for one in (message, news) if late else (news, message):
        await stand.answer(one)
    assert len(stand.channel.sent) == 1
    assert stand.states("inbox") == ["done", "done"]
    assert stand.desk.language.seen == ["what does it cost?"]
