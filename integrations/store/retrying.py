"""How long to wait before something is tried again."""

from datetime import timedelta

LONGEST_WAIT = timedelta(minutes=15)


def wait_before(attempts: int, asked: float | None, chance: float) -> timedelta:
    """Return how long to wait before another try: what was asked for, or longer each time."""
    if asked is not None:
        return min(timedelta(seconds=asked), LONGEST_WAIT)
    return timedelta(seconds=min(300, 2.0 ** min(attempts, 9)) * (0.5 + chance))
