"""The agent's house, opened when somebody first needs it: the web face starts without."""

import asyncio
from typing import TYPE_CHECKING

from integrations.opening import Progress
from integrations.settings import Settings

if TYPE_CHECKING:
    from integrations.wiring import House


class Stopped(Exception):
    """The face ends before the house is open."""


class LateHouse:
    """Opens a house once, beside the loop, however many ask for it at the same time."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        self._settings, self._progress = settings, progress
        self._opening: asyncio.Task[House] | None = None
        self._ends = False

    async def __call__(self) -> "House":
        """Return the house."""
        if self._opening is None or (self._opening.done() and self._opening.exception()):
            self._opening = asyncio.create_task(asyncio.to_thread(self._open))
        return await asyncio.shield(self._opening)

    async def close(self) -> None:
        """Close the house, if it was opened; one that still reads articles stops at the next."""
        self._ends = True
        if self._opening is None:
            return
        await asyncio.wait({self._opening})
        if not self._opening.exception():
            self._opening.result().close()

    def _open(self) -> "House":
        from integrations.wiring import wire

        house = wire(self._settings, self._told)
        house.warm_up()
        return house

    def _told(self, line: str) -> None:
        if self._ends:
            raise Stopped
        self._progress(line)
