"""Ask a platform again and again, more seldom while it fails."""

import random
from collections.abc import Awaitable, Callable

SHORTEST, LONGEST = 1.0, 60.0  # seconds before asking again after an error

Rest = Callable[[float], Awaitable[None]]


def pause(failures: int) -> float:
    """Return how long to wait after so many failures, never twice the same."""
    return min(LONGEST, SHORTEST * 2.0 ** min(failures - 1, 10)) * random.uniform(0.5, 1.0)
