"""The service is killed again and again: nothing is lost, nothing said twice, order kept."""

import os
import random
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture.storm import Running, Speaker, Troubled

MESSAGES = int(os.environ.get("QUIETHAND_TORTURE_MESSAGES", "300"))
TALKS = max(10, min(60, MESSAGES // 10))
KILL_EVERY = (1.0, 2.0)  # seconds after it takes messages
PATIENCE = 600 + MESSAGES // 2  # seconds for everything to come to its end
pytestmark = pytest.mark.slow
OPEN = ("ready", "leased", "sending")


@pytest.fixture
def platform() -> Iterator[Troubled]:
    with Troubled(random.Random(7)) as fake:
        yield fake


@pytest.fixture
def running(tmp_path: Path, platform: Troubled) -> Iterator[Running]:
    service = Running(tmp_path, platform)
    yield service
    service.stop()


def asked(data: Path, query: str) -> list[tuple[str, ...]]:
    """Ask the database of the service, beside it."""
    db = sqlite3.connect(data / "connectsphere.sqlite", timeout=30)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()


def storm(running: Running, speakers: list[Speaker]) -> None:
    """Kill it until all have spoken."""
    dice = random.Random(11)
    while any(speaker.is_alive() for speaker in speakers):
        running.wait()
        time.sleep(dice.uniform(*KILL_EVERY))
        running.kill()
    running.wait()


def drain(data: Path) -> None:
    """Wait until nothing is open."""
    end = time.monotonic() + PATIENCE
    rows = "SELECT state FROM inbox UNION ALL SELECT state FROM outbox"
    while time.monotonic() < end:
        if not any(state in OPEN for (state,) in asked(data, rows)):
            return
        time.sleep(1)
    raise TimeoutError("something stays open")


def test_a_storm_of_kills_loses_nothing_and_says_nothing_twice(
    tmp_path: Path, running: Running, platform: Troubled
) -> None:
    running.wait()
    each = MESSAGES // TALKS
    speakers = [Speaker(f"c{number}", each, running, platform, 0.3) for number in range(TALKS)]
    for speaker in speakers:
        speaker.start()
    storm(running, speakers)
    drain(tmp_path)

    arrived = Counter(state for (state,) in asked(tmp_path, "SELECT state FROM inbox"))
    assert arrived == {"done": each * TALKS}
    marks = Counter(mark for mark, _ in platform.took)
    assert [mark for mark, times in marks.items() if times > 1] == []
    in_order(tmp_path, each)
    sent_in_order(tmp_path, platform)
    explained(tmp_path, running, platform)


def in_order(data: Path, each: int) -> None:
    """Every message is in its conversation, once and in its place."""
    talks: dict[str, list[int]] = {}
    said = "SELECT conversation, text FROM lines WHERE who = 'customer' ORDER BY id"
    for talk, text in asked(data, said):
        talks.setdefault(talk, []).extend(int(one) for one in re.findall(r"#(\d+)", text))
    assert list(talks.values()) == [list(range(1, each + 1))] * TALKS


def sent_in_order(data: Path, platform: Troubled) -> None:
    """No answer overtakes another one of its conversation."""
    place = {turn: id for turn, id in asked(data, "SELECT turn, id FROM outbox")}
    talks: dict[str, list[str]] = {}
    for mark, talk in platform.took:
        talks.setdefault(talk, []).append(place[mark.removeprefix("qh-")])
    assert [order for order in talks.values() if order != sorted(order)] == []


def explained(data: Path, running: Running, platform: Troubled) -> None:
    """Every message was sent, or is unknown because of a cut or of a kill."""
    states = Counter(asked(data, "SELECT state, error FROM outbox"))
    turns = {mark.removeprefix("qh-") for mark in platform.cut}
    unknown = asked(data, "SELECT turn FROM outbox WHERE state = 'unknown'")
    by_kill = [turn for (turn,) in unknown if turn not in turns]
    print(f"{running.kills} kills, {len(platform.cut)} cuts, {len(platform.took)} taken")  # noqa: T201
    print(dict(states), f"unknown after a kill: {len(by_kill)}")  # noqa: T201
    assert {state for state, _ in states} <= {"sent", "unknown"}
    assert len(by_kill) <= running.kills * 2  # senders of the process
    accepted = {mark.removeprefix("qh-") for mark, _ in platform.took}
    sent = {turn for (turn,) in asked(data, "SELECT turn FROM outbox WHERE state = 'sent'")}
    assert sent <= accepted
    assert accepted <= sent | {turn for (turn,) in unknown}
