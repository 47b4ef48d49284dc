"""The service is killed again and again: nothing is lost, nothing said twice, order kept."""

import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from integrations.service.dispatch import AT_ONCE
from tests.torture.storm import Running, Speaker, Troubled

MESSAGES = int(os.environ.get("QUIETHAND_TORTURE_MESSAGES", "300"))
TALKS, AT_A_TIME = max(10, MESSAGES // 10), 100
KILL_EVERY = (0.5, 1.5)  # seconds
POWERCUTS = 0.2  # of the kills end all processes at once, the others one worker
PATIENCE = 600 + MESSAGES  # seconds for everything to come to its end
pytestmark = pytest.mark.slow
OPEN = ("ready", "leased", "sending")


@pytest.fixture
def platform() -> Iterator[Troubled]:
    with Troubled(random.Random(7)) as fake:
        yield fake


Ask = Callable[[str], list[tuple[Any, ...]]]  # the database of the service, beside it


@pytest.fixture(params=["sqlite", "postgres"])
def tried(
    request: pytest.FixtureRequest, tmp_path: Path, platform: Troubled
) -> Iterator[tuple[Running, Ask]]:
    """A service on each of the two databases; on Postgres with three workers."""
    if request.param == "sqlite":
        service = Running(tmp_path, platform)
        engine = create_engine(f"sqlite:///{tmp_path / 'connectsphere.sqlite'}?timeout=30")
    else:
        address = request.getfixturevalue("postgres").empty().url.get_secret_value()
        service = Running(tmp_path, platform, 3, address)
        path = {"options": "-csearch_path=connectsphere"}
        engine = create_engine(
            address.replace("postgresql:", "postgresql+psycopg:"), connect_args=path
        )

    def ask(query: str) -> list[tuple[Any, ...]]:
        with engine.connect() as db:
            return [tuple(row) for row in db.execute(text(query))]

    yield service, ask
    engine.dispose()
    service.stop()


def storm(running: Running, speakers: list[Speaker], ask: Ask) -> None:
    """Kill a process about every second while somebody speaks; after that in the midst of work.

    A worker takes longer than a second to start, so once all is said each kill waits for work.
    """
    dice, end = random.Random(11), time.monotonic() + PATIENCE
    while (open_ := waiting(ask)) or any(speaker.is_alive() for speaker in speakers):
        time.sleep(dice.uniform(*KILL_EVERY))
        spoken = not any(speaker.is_alive() for speaker in speakers)
        while spoken and 0 < waiting(ask) > open_ - MESSAGES // 100:
            assert time.monotonic() < end, "it gets nowhere between the kills"
            time.sleep(0.1)
        if dice.random() < POWERCUTS:
            running.kill()
            running.wait()
        else:
            running.kill_a_worker(dice)
    running.wait()


def waiting(ask: Ask) -> int:
    """Count the messages that nobody answered yet."""
    return int(ask("SELECT count(*) FROM inbox WHERE state != 'done'")[0][0])


def drain(ask: Ask) -> None:
    """Wait until nothing is open."""
    end = time.monotonic() + PATIENCE
    rows = "SELECT state FROM inbox UNION ALL SELECT state FROM outbox"
    while time.monotonic() < end:
        if not any(state in OPEN for (state,) in ask(rows)):
            return
        time.sleep(1)
    raise TimeoutError("something stays open")


def test_a_storm_of_kills_loses_nothing_and_says_nothing_twice(
    tried: tuple[Running, Ask], platform: Troubled
) -> None:
    running, ask = tried
    running.wait()
    each = MESSAGES // TALKS
    talks = [f"c{number}" for number in range(TALKS)]
    shares = [talks[first::AT_A_TIME] for first in range(min(AT_A_TIME, TALKS))]
    speakers = [Speaker(share, each, running, platform) for share in shares]
    for speaker in speakers:
        speaker.start()
    storm(running, speakers, ask)
    drain(ask)

    arrived = Counter(state for (state,) in ask("SELECT state FROM inbox"))
    assert arrived == {"done": each * TALKS}, ask("SELECT DISTINCT error, attempts FROM inbox")
    marks = Counter(mark for mark, _ in platform.took)
    assert [mark for mark, times in marks.items() if times > 1] == []
    in_order(ask, each)
    sent_in_order(ask, platform)
    explained(ask, running, platform)


def in_order(ask: Ask, each: int) -> None:
    """Every message is in its conversation, once and in its place."""
    talks: dict[str, list[int]] = {}
    said = "SELECT conversation, text FROM lines WHERE who = 'customer' ORDER BY id"
    for talk, words in ask(said):
        talks.setdefault(talk, []).extend(int(one) for one in re.findall(r"#(\d+)", words))
    assert list(talks.values()) == [list(range(1, each + 1))] * TALKS


def sent_in_order(ask: Ask, platform: Troubled) -> None:
    """No answer overtakes another one of its conversation."""
    place = {turn: id for turn, id in ask("SELECT turn, id FROM outbox")}
    talks: dict[str, list[str]] = {}
    for mark, talk in platform.took:
        talks.setdefault(talk, []).append(place[mark.removeprefix("qh-")])
    assert [order for order in talks.values() if order != sorted(order)] == []


def explained(ask: Ask, running: Running, platform: Troubled) -> None:
    """Every message was sent, or is unknown because of a cut or of a kill."""
    states = Counter(ask("SELECT state, error FROM outbox"))
    turns = {mark.removeprefix("qh-") for mark in platform.cut}
    unknown = ask("SELECT turn FROM outbox WHERE state = 'unknown'")
    by_kill = [turn for (turn,) in unknown if turn not in turns]
    print(f"{running.kills} kills, {len(platform.cut)} cuts, {len(platform.took)} taken")  # noqa: T201
    print(dict(states), f"unknown after a kill: {len(by_kill)}")  # noqa: T201
    assert {state for state, _ in states} <= {"sent", "unknown"}
    assert len(by_kill) <= running.powercuts * AT_ONCE
    accepted = {mark.removeprefix("qh-") for mark, _ in platform.took}
    sent = {turn for (turn,) in ask("SELECT turn FROM outbox WHERE state = 'sent'")}
    assert sent <= accepted
    assert accepted <= sent | {turn for (turn,) in unknown}
