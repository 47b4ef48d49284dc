"""Let only one process of all hear a platform: two that ask would take each other's answers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from integrations.store.leasing import LEASE
from integrations.store.runners import BEAT, Runners

log = logging.getLogger(__name__)
Listen = Callable[[], Awaitable[None]]
LOOK = 2.0  # seconds between looks whether whoever listens is gone
GIVE_UP = (LEASE - BEAT).total_seconds()  # without a beat; before anybody else begins


def only_one(
    listen: Listen, runners: Runners, name: str, worker: str, beat: float = BEAT.total_seconds()
) -> Callable[[], Coroutine[Any, Any, None]]:
    """Return a listener that waits until it is its turn, and ends when it is another's."""

    async def alone() -> None:
        while not await asyncio.to_thread(runners.lease, name, worker):
            await asyncio.sleep(min(LOOK, beat))
        hearing = asyncio.ensure_future(listen())
        try:
            await _while_ours(hearing, partial(runners.hold, name, worker), beat)
        finally:
            if not hearing.done():
                hearing.cancel()
                with suppress(asyncio.CancelledError):
                    await hearing
            await asyncio.to_thread(runners.release, name, worker)
        if not hearing.cancelled():
            hearing.result()  # what broke is the caller's to know

    return alone


async def _while_ours(hearing: asyncio.Future[None], hold: Callable[[], bool], beat: float) -> None:
    loop = asyncio.get_running_loop()
    shown = loop.time()
    while not (await asyncio.wait({hearing}, timeout=beat))[0]:
        began = loop.time()
        try:
            if not await asyncio.to_thread(hold):
                log.info("another process listens", extra={"action": "listening_elsewhere"})
                return
            shown = began
        except SQLAlchemyError as error:
            log.warning("%s", type(error).__name__, extra={"action": "lease_not_renewed"})
            if began - shown >= GIVE_UP:
                return
