"""What is kept stays small, and a house with much behind it is as quick as a new one."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from integrations.cli.house import message
from integrations.wiring import House
from tests.faults.sizes import by_table, bytes_of, copied
from tests.service.stand import Stand, arrival

pytestmark = pytest.mark.anyio
QUESTIONS = (
    "Hello, what does the Team plan cost for a company of about a dozen people?",
    "Thanks! And does it cost more when two of them work from another country for half a year?",
    "One more: I am Maria Example, my address is maria@example.org. What does an upgrade cost?",
    "I was charged twice it seems, what does your invoice 2026-1187 cost me in the end?",
)


async def talk(stand: Stand, name: str, turns: int, start: int = 0) -> list[float]:
    """Let somebody ask again and again; return how long each turn took."""
    took = []
    for number in range(start, start + turns):
        text = f"{QUESTIONS[number % len(QUESTIONS)]} #{number}"
        await stand.take(arrival(f"{name}-{number}", text, conversation=name, contact=name))
        stand.desk.wait(seconds=60)
        began = time.perf_counter()
        await stand.worker().once()
        took.append(time.perf_counter() - began)
        await stand.sender().once()
    return took


async def test_a_conversation_of_two_hundred_turns_takes_less_than_a_megabyte(
    stand: Stand,
) -> None:
    await talk(stand, "other", 2)
    before = bytes_of(stand.desk.file)
    await talk(stand, "long", 200)
    grown = bytes_of(stand.desk.file) - before
    print(f"{grown:,} bytes; {by_table(stand.desk.file)}")  # noqa: T201
    assert set(stand.states("inbox")) == {"done"}
    assert set(stand.states("outbox")) == {"sent"}
    assert grown <= 1_000_000, by_table(stand.desk.file)


async def test_what_is_understood_in_two_hundred_turns_takes_less_than_a_megabyte(
    real_house: Callable[[], House], tmp_path: Path
) -> None:
    # A person has it from the second question on: what waits for them is read again each time.
    house, file = real_house(), tmp_path / "house.sqlite"
    before = bytes_of(file)
    for number in range(200):
        text = f"{QUESTIONS[number % len(QUESTIONS)]} #{number}"
        await house.agent.receive(message(text, "customer", "long"))
    assert bytes_of(file) - before <= 1_000_000, by_table(file)


@pytest.mark.slow
async def test_a_turn_takes_as_long_with_a_million_messages_behind_it(
    stand: Stand, tmp_path: Path
) -> None:
    for name in ("a", "b", "c", "d", "e"):
        await talk(stand, name, 20)
    talks = tuple(stand.inbox.name("post", "shop", name) for name in "abcde")
    stand.engine.dispose()
    stored = copied(stand.desk.file, 10_000, talks)
    new = tmp_path / "new"
    new.mkdir()
    small = Stand(new)
    took: dict[Stand, list[float]] = {stand: [], small: []}
    for number in range(60):  # by turns, so that whatever else runs here slows both
        for one, times in took.items():
            times += await talk(one, "z", 1, number)
    after, before = (1000 * statistics.median(times[10:]) for times in took.values())
    small.close()
    size = bytes_of(stand.desk.file)
    print(f"{stored:,} messages, {size:,} bytes: {after:.1f} ms a turn; new: {before:.1f} ms")  # noqa: T201
    assert stored >= 1_000_000
    assert after <= 1.3 * before
