"""Look for garbage rarely: a look at everything stops a process for a tenth of a second."""

import asyncio
import gc

YOUNG = 10_000  # new objects before a look at them; Python's own 700 come a hundred times a turn
NEVER = 1_000_000  # such looks before one at everything: that is left to ``tidying``
SETTLED, PAUSE = 10.0, 60.0  # seconds after the start; seconds between looks at everything


def tidy_rarely() -> None:
    """Call it once everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, NEVER)


async def tidying() -> None:
    """Look at everything now and then; what came with the first work stays, like the rest."""
    await asyncio.sleep(SETTLED)
    gc.collect()
    gc.freeze()
    while True:
        await asyncio.sleep(PAUSE)
        gc.collect()
