"""What a platform allows decides on the way out: its window, and how long it keeps a key."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from integrations.channels.allowance import TooLate, check_window
from integrations.channels.contract import Capabilities, SendError
from integrations.service.sender import Sender
from integrations.store.dead import DeadLetters
from tests.channels.meta_accounts import account
from tests.fakes.meta import PAGE, FakeMeta
from tests.service.stand import START, Recording, Stand, arrival

pytestmark = pytest.mark.anyio
META = Capabilities(longest=100, window_hours=24, window_for_people_hours=168)
WHATSAPP = replace(META, window_for_people_hours=24)
ALWAYS = Capabilities(longest=100)


@pytest.mark.parametrize(
    ("allowed", "by_person", "hours", "words"),
    [
        (META, False, 24, ""),
        (META, False, 24.1, "24 hours ago: only what a person approves may go out, within 7 days"),
        (META, True, 168, ""),
        (META, True, 168.1, "7 days ago: they have to write first"),
        (META, False, 168.1, "7 days ago: they have to write first"),
        (WHATSAPP, False, 24.1, "24 hours ago: they have to write first"),
        (WHATSAPP, True, 24.1, "24 hours ago: they have to write first"),
        (replace(META, window_for_people_hours=None), True, 24.1, "they have to write first"),
        (ALWAYS, False, 10_000, ""),
    ],
)
def test_the_window_is_data(
    allowed: Capabilities, by_person: bool, hours: float, words: str
) -> None:
    now = START + timedelta(hours=hours)
    check_window(allowed, by_person, None, now)  # who knows? the platform decides
    if not words:
        check_window(allowed, by_person, START, now)
        return
    with pytest.raises(TooLate, match=words):
        check_window(allowed, by_person, START, now)


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    one = Stand(tmp_path, Recording("shop", window_hours=24, window_for_people_hours=168))
    yield one
    one.close()


async def decided(stand: Stand) -> None:
    """Bring a message as far as the outbox."""
    await stand.take(arrival("e1", at=stand.desk.now()))
    stand.desk.wait(seconds=3)
    assert await stand.worker().once()


async def test_an_answer_that_comes_too_late_waits_for_a_person(stand: Stand) -> None:
    await decided(stand)
    stand.desk.wait(hours=25)
    await stand.work()
    assert stand.channel.sent == []
    letters = DeadLetters(stand.engine, stand.desk.now)
    (letter,) = letters.all()
    assert (letter.state, letter.attempts) == ("blocked", 1)
    assert "only what a person approves" in letter.error
    assert letter.text  # what the person is asked to approve
    letters.replay(letter.name)
    await stand.work()
    assert [one.by_person for one in stand.channel.sent] == [True]
    assert stand.states("outbox") == ["sent"]


async def test_after_a_week_nobody_may_say_it(stand: Stand) -> None:
    await decided(stand)
    stand.desk.wait(days=8)
    await stand.work()
    letters = DeadLetters(stand.engine, stand.desk.now)
    letters.replay(letters.all()[0].name)
    await stand.work()
    assert stand.channel.sent == []
    assert "they have to write first" in letters.all()[0].error


async def test_who_writes_again_opens_the_window(stand: Stand) -> None:
    await decided(stand)
    stand.desk.wait(hours=25)
    await stand.answer(arrival("e2", at=stand.desk.now()))
    assert stand.states("outbox") == ["sent", "sent"]


async def test_messenger_gets_the_approved_answer_with_its_tag(
    stand: Stand, client: httpx.AsyncClient, meta: FakeMeta
) -> None:
    messenger = account("messenger", client, url=meta.url, clock=stand.desk.now)
    heard = arrival("e1", conversation="7001", at=stand.desk.now())
    await stand.inbox.take("messenger", PAGE, [heard], 0.0)
    await stand.worker().once()
    stand.desk.wait(hours=30)
    channels = {("messenger", PAGE): messenger}
    sender = Sender("elsewhere:1:x:m", stand.sends, stand.vault, channels, stand.pace)
    while await sender.once():
        pass
    assert meta.sent == []
    letters = DeadLetters(stand.engine, stand.desk.now)
    letters.replay(letters.all()[0].name)
    while await sender.once():
        pass
    (body,) = meta.sent
    assert (body["messaging_type"], body["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


@pytest.mark.parametrize(("hours", "states"), [(0.5, ["sent"]), (2, ["unknown"])])
async def test_a_key_counts_only_as_long_as_the_platform_keeps_it(
    tmp_path: Path, hours: float, states: list[str]
) -> None:
    stand = Stand(tmp_path, Recording("shop", idempotent=True, idempotent_hours=1))
    await decided(stand)
    letter = await stand.sends.lease("lost")
    assert letter is not None
    assert await stand.sends.begin(letter)
    stand.desk.wait(hours=hours)
    await stand.work()
    assert stand.states("outbox") == states
    assert len(stand.channel.sent) == states.count("sent")
    stand.close()


async def test_a_first_try_may_be_late(tmp_path: Path) -> None:
    stand = Stand(tmp_path, Recording("shop", idempotent=True, idempotent_hours=1))
    await decided(stand)
    stand.desk.wait(hours=5)
    await stand.work()
    assert stand.states("outbox") == ["sent"]
    stand.close()


async def test_what_never_left_is_no_try(stand: Stand) -> None:
    await decided(stand)
    stand.channel.troubles = [
        SendError("over budget", retry_after=3600.0, untried=True) for _ in range(20)
    ]
    for _ in range(20):
        await stand.work()
        assert [row.attempts for row in stand.rows("outbox")] == [0]
        stand.desk.wait(hours=1)
    await stand.work()
    assert stand.states("outbox") == ["sent"]
