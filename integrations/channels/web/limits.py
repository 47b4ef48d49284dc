"""How often somebody may write: a few messages at once, then one every so often."""

from collections import OrderedDict
from collections.abc import Callable

MOST = 10_000  # visitors that are remembered


class Allowance:
    """Counts for many; each has the same allowance."""

    def __init__(self, at_once: int, per_second: float, clock: Callable[[], float]) -> None:
        self._spare, self._each, self._clock = (at_once - 1) / per_second, 1 / per_second, clock
        self._used: OrderedDict[str, float] = OrderedDict()  # until when all is used up

    def ask(self, who: str) -> float:
        """Count one and return 0; or count nothing and return the seconds to wait."""
        now = self._clock()
        used = max(now, self._used.get(who, now))
        wait = used - now - self._spare
        if wait > 0:
            return wait
        self._used[who] = used + self._each
        self._used.move_to_end(who)
        while len(self._used) > MOST:
            self._used.popitem(last=False)
        return 0.0
