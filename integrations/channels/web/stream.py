"""The event stream of one open page: the whole view at first, and again whenever it changes."""

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from integrations.channels.web.history import History
from integrations.channels.web.listeners import Listeners


@dataclass(frozen=True)
class Pauses:
    """Seconds between looks at the rows."""

    soon: tuple[float, ...] = (0.02, 0.1, 0.5)  # after a ring: the row is about to be written
    else_: float = 2.0  # another process may have sent something
    alive: float = 15.0  # say so at least every so often
    life: float = 600.0  # then the page connects again


async def views(
    history: History,
    listeners: Listeners,
    visitor: str,
    pauses: Pauses | None = None,
    place: str = "",
) -> AsyncGenerator[str]:
    """Yield events as the page reads them."""
    pauses = pauses or Pauses()
    time = asyncio.get_running_loop().time
    began = told = time()
    before, looks = None, list[float]()
    with listeners.listening(visitor, place) as listener:
        while not listener.over and time() - began < pauses.life:
            now = await asyncio.to_thread(history.pulse, visitor)
            if now != before:
                before, told = now, time()
                yield _event(json.dumps((await asyncio.to_thread(history.view, visitor)).plain()))
            elif time() - told >= pauses.alive:
                told = time()
                yield ": still here\n\n"
            if await listener.wait(looks.pop(0) if looks else pauses.else_):
                looks = list(pauses.soon)


def _event(data: str) -> str:
    return f"event: view\ndata: {data}\n\n"
