"""Look for garbage rarely: most of what a process holds stays, most of the rest goes by itself."""

import gc

YOUNG = 20_000  # new objects before a look; Python's own 700 come a hundred times a turn


def tidy_rarely() -> None:
    """Call it once everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
