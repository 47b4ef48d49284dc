"""Keep a lease alive while the work that it is for goes on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from integrations.store.leasing import LEASE

log = logging.getLogger(__name__)
BEAT = LEASE.total_seconds() / 3


@asynccontextmanager
async def beating(hold: Callable[[], object], seconds: float = BEAT) -> AsyncIterator[None]:
    """Renew a lease every so many seconds, until the block is left."""
    beat = asyncio.create_task(_beat(hold, seconds))
    try:
        yield
    finally:
        beat.cancel()
        with suppress(asyncio.CancelledError):
            await beat


async def _beat(hold: Callable[[], object], seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(hold)
        except SQLAlchemyError as error:  # the next beat comes before the lease ends
            log.warning("%s", type(error).__name__, extra={"action": "lease_not_renewed"})
