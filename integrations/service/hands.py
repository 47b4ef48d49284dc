"""What takes turns: workers around a house, in this process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy import Engine
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from integrations.retention import retention
from integrations.service.memory import tidy_rarely, tidying
from integrations.service.ringing import ringer
from integrations.service.scheduler import Scheduler
from integrations.service.service import Bell, Service, Works, is_gone, worker_name
from integrations.service.worker import Worker
from integrations.settings import Settings
from integrations.store.inbox import Inbox
from integrations.store.runners import Runners
from integrations.store.sends import Sends
from integrations.store.settling import Settling
from integrations.store.sqlite import tidy
from integrations.store.sweeping import sweeping
from integrations.store.timing import timing_of
from integrations.tracing import open_tracing
from integrations.wiring import House, wire
from knowledge.language.classifier import Progress

AT_ONCE = 2  # turns; one computes while another waits for the database
TIDY = 1.0  # seconds between two looks at the log of SQLite


@asynccontextmanager
async def taking_turns(
    settings: Settings, progress: Progress, arrived: Bell, rung: Callable[[], None]
) -> AsyncIterator[None]:
    """Take turns while the block runs; ``rung`` tells the senders that there is something."""
    house = wire(settings, progress)
    tracing = open_tracing(settings)
    if tracing:
        house = tracing.house(house)
    house.warm_up()
    service = make_hands(house, arrived, rung)
    service.start()
    try:
        yield
    finally:
        await service.stop()
        if tracing:
            tracing.close()
        house.close()


def make_hands(house: House, arrived: Bell, rung: Callable[[], None]) -> Service:
    """Build the workers; ``rung`` tells the senders that there is something to say."""
    threadpool_limits(1, "blas")  # its threads would spin while others wait for a core
    engine, vault, clock = house.vault.engine, house.vault, house.vault.clock
    inbox, sends = Inbox(engine, vault, clock), Sends(engine, vault, clock)
    recall = Settling(engine, vault).mark
    works: list[tuple[Works, Bell]] = [
        (Worker(worker_name(number), house.agent, inbox, sends, rung, recall), arrived)
        for number in range(AT_ONCE)
    ]
    works.append((_scheduler(house, rung), Bell()))
    tidy_rarely()
    ring = ringer(engine, {"inbox": arrived.ring})
    return Service(works, [tidying, ring or partial(tidying_log, engine)])


async def tidying_log(engine: Engine) -> None:
    """Keep SQLite's log short, out of the way of who writes."""
    while True:
        await asyncio.sleep(TIDY)
        await asyncio.to_thread(tidy, engine)


def _scheduler(house: House, rung: Callable[[], None]) -> Scheduler:
    """Every process has one; the one that has the lease works."""
    engine, clock, settings = house.vault.engine, house.vault.clock, house.brand.settings
    timing = timing_of(settings, clock)
    runners = Runners(engine, clock, is_gone)
    jobs = [retention(engine, settings.retention, clock), *sweeping(engine, clock)]
    name = worker_name(AT_ONCE)
    return Scheduler(name, runners, engine, house.agent, timing, jobs, rung)
