"""Open a console over a brand's store."""

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import httpx

from integrations.console.feed import Feed
from integrations.console.parts import Console
from integrations.console.presence import Presence
from integrations.console.rendering import Pages
from integrations.opening import Store
from integrations.settings import Settings
from integrations.store.audit import Audit
from integrations.store.people import People
from integrations.store.sessions import Sessions

if TYPE_CHECKING:
    from integrations.wiring import House


def open_console(
    store: Store,
    settings: Settings,
    house: Callable[[], Awaitable["House"]],
    client: httpx.AsyncClient,
    seconds: Callable[[], float] = time.monotonic,
) -> Console:
    """Build a console; it reads the same rows as everything else of the brand."""
    engine, clock, brand = store.engine, store.vault.clock, store.brand.settings
    return Console(
        store=store,
        settings=settings,
        house=house,
        clock=clock,
        feed=Feed(engine),
        presence=Presence(clock),
        pages=Pages(brand.name, brand.time_zone, clock),
        people=People(engine, clock),
        sessions=Sessions(engine, clock),
        audit=Audit(engine),
        client=client,
        seconds=seconds,
    )
