"""Time whole turns through the one door, also in a long conversation; and memory."""

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

from integrations.cli.house import message
from integrations.settings import Settings
from integrations.wiring import House, wire
from knowledge.language.classifier import Progress

LONG = 500  # messages
SAID = (
    "how much is the Team plan for {}?", "can {} attendees join on the Business plan",
    "which browsers work for {}", "please add dark mode to {}", "thanks, {} works now",
    "where do I find the invoice of {}", "do you support white label for {}", "hi {}",
    "how long are recordings of {} kept on Starter", "what does AI Assist do with my data in {}",
)  # fmt: skip


def measured(settings: Settings, turns: int, progress: Progress) -> dict[str, Any]:
    """Return p50 and p95 of fresh conversations, and of one that is already long."""
    with TemporaryDirectory(prefix="quiethand-bench-") as folder:
        house = wire(settings, progress, database=Path(folder) / "bench.sqlite")
        return asyncio.run(_measured(house, turns, progress))


async def _measured(house: House, turns: int, progress: Progress) -> dict[str, Any]:
    texts = said()
    await _timed(house, 20, texts, itertools.count())
    fresh = await _timed(house, turns, texts, itertools.count(100))
    progress(f"a conversation of {LONG} messages")
    await _timed(house, LONG // 2, texts, itertools.repeat(-1))
    long = await _timed(house, turns, texts, itertools.repeat(-1))
    short = await _timed(house, turns, texts, itertools.count(10_000))
    p50 = float(np.percentile(fresh, 50))
    return {
        "turns": turns,
        "p50_ms": round(p50, 2),
        "p95_ms": round(float(np.percentile(fresh, 95)), 2),
        "long_p50_ms": round(float(np.percentile(long, 50)), 2),
        "long_ratio": round(float(np.percentile(long, 50) / np.percentile(short, 50)), 3),
        "resident_mb": round(_resident(), 1),
    }


def said() -> Iterator[str]:
    """Return what customers of the demo brand ask, each time about another event."""
    for number in itertools.count():
        yield SAID[number % len(SAID)].format(f"event {number}")


async def _timed(
    house: House, turns: int, texts: Iterator[str], conversations: Iterator[int]
) -> list[float]:
    """Take turns; a person who owns a conversation gives it back, untimed."""
    times = []
    for _ in range(turns):
        name = f"bench-{next(conversations)}"
        coming = message(next(texts), "customer", name)
        began = perf_counter()
        turn = await house.agent.receive(coming)
        times.append(1000 * (perf_counter() - began))
        if turn["outcome"] == "handoff":
            await house.agent.hand_back(name, "bench")
    return times


def _resident() -> float:
    """Return the memory of this process in MB, as the system counts it."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * 4096 / 2**20
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
