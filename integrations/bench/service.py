"""Load the whole service as it starts by default: how soon it acknowledges, how much it does."""

import asyncio
import gc
from itertools import pairwise
from typing import Any

import numpy as np

from integrations.bench.platform import Platform, deliver
from integrations.bench.running import Running, Steps, copied, running
from integrations.settings import Settings
from knowledge.language.classifier import Progress

RATE = 200.0  # deliveries a second
IDLE = 10.0  # seconds without work that are watched
QUIET = 5.0  # seconds without an answer after which no more come
WARM = 20  # messages before anything is timed


def measured(
    settings: Settings, count: int, words: list[str], progress: Progress
) -> dict[str, Any]:
    """Return seconds to start, CPU at rest, acknowledgements in ms, and turns a second."""
    return asyncio.run(_measured(settings, count, words, progress))


async def _measured(
    settings: Settings, count: int, words: list[str], progress: Progress
) -> dict[str, Any]:
    async with Platform() as platform:
        with copied(settings) as data:
            with running(data, platform.channels(), words) as service:
                await service.ready()  # reads the help centre in, where that was not done yet
            with running(data, platform.channels(), words) as service:
                return await _loaded(service, platform, count, progress)


async def _loaded(
    service: Running, platform: Platform, count: int, progress: Progress
) -> dict[str, Any]:
    found = {"start_seconds": round(await service.ready(), 2)}
    await deliver(service.port, WARM, 10)
    await _answered(platform)
    found |= {"idle_percent": await _idle(service)}
    progress(f"delivering {count} messages")
    return found | await _load(service, platform, count)


async def _idle(service: Running) -> float:
    before = sum(service.cpu())
    await asyncio.sleep(IDLE)
    return round(100 * (sum(service.cpu()) - before) / IDLE, 2)


async def _load(service: Running, platform: Platform, count: int) -> dict[str, Any]:
    """Deliver quicker than anybody answers, then wait for all answers."""
    platform.times.clear()
    gc.collect()
    gc.freeze()  # pauses of who measures are not the service's
    steps = service.steps()
    face, workers = service.cpu()
    waits = 1000 * np.array(await deliver(service.port, count, RATE))
    done = await _answered(platform)
    face_then, workers_then = service.cpu()
    answered = np.array(platform.times)
    tenth = done // 10  # the first and the last do not show the pace
    seconds = answered[-tenth - 1] - answered[tenth]
    gaps = [later - earlier for earlier, later in pairwise(answered[tenth:-tenth])]
    return {
        "answered": done,
        "acknowledged_p50_ms": round(float(np.percentile(waits, 50)), 1),
        "acknowledged_p99_ms": round(float(np.percentile(waits, 99)), 1),
        "acknowledged_most_ms": round(float(waits.max()), 1),
        "turns_per_second": round((done - 2 * tenth) / seconds, 1),
        "longest_gap_seconds": round(max(gaps), 2),
        "cpu_ms_a_turn": round(1000 * (face_then + workers_then - face - workers) / count, 1),
        "face_cpu_ms_a_turn": round(1000 * (face_then - face) / count, 1),
        "workers_cpu_ms_a_turn": round(1000 * (workers_then - workers) / count, 1),
        **_profile(steps, service.steps()),
    }


def _profile(before: Steps, after: Steps) -> dict[str, float]:
    """Return how long each step of a turn took, with its waits for others, the longest first."""
    took: dict[str, float] = {}
    for step, (seconds, times) in after.items():
        earlier, fewer = before.get(step, (0.0, 0.0))
        if times > fewer:
            took[f"{step}_wall_ms"] = round(1000 * (seconds - earlier) / (times - fewer), 2)
    return dict(sorted(took.items(), key=lambda one: -one[1]))


async def _answered(platform: Platform) -> int:
    """Wait until no more answers come; some messages wait for a person instead."""
    quiet, seen = 0, -1
    while quiet < QUIET / 0.1:
        await asyncio.sleep(0.1)
        quiet = 0 if len(platform.times) > seen else quiet + 1
        seen = len(platform.times)
    return seen
