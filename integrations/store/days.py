"""What was counted of days, and the rates that come of it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import fmean, median
from zoneinfo import ZoneInfo

END = "9999"  # after every time
GOOD = 4  # of five: from here on somebody is satisfied


def share(part: int, whole: int) -> float | None:
    """Return a part of a whole; nothing, where there is no whole."""
    return part / whole if whole else None


@dataclass
class Day:
    """What was counted of one day, or of several together."""

    day: date
    began: int = 0  # conversations of customers
    idle: int = 0  # of these: nothing was asked
    going: int = 0  # of these: not over yet
    involved: int = 0  # of those that are over: the agent answered something by itself
    resolved: int = 0  # of these: no person was needed, nothing stayed open
    decided: Counter[str] = field(default_factory=Counter)  # drafts, by what became of them
    waits: list[float] = field(default_factory=list)  # minutes until a draft was decided
    changes: list[float] = field(default_factory=list)  # share of words, of each draft sent
    asked: int = 0  # for a rating
    scores: Counter[int] = field(default_factory=Counter)

    @property
    def settled(self) -> int:
        """Count the conversations that asked for something and are over."""
        return self.began - self.idle - self.going

    @property
    def involvement(self) -> float | None:
        """Return the share of conversations in which the agent answered by itself."""
        return share(self.involved, self.settled)

    @property
    def resolution(self) -> float | None:
        """Return the share of these that needed nobody else."""
        return share(self.resolved, self.involved)

    @property
    def automation(self) -> float | None:
        """Return involvement times resolution."""
        return share(self.resolved, self.settled)

    @property
    def approval(self) -> float | None:
        """Return the share of decided drafts that went out, edited or not."""
        return share(self.decided["approved"] + self.decided["edited"], self.decided.total())

    @property
    def untouched(self) -> float | None:
        """Return the share of decided drafts that went out word by word."""
        return share(self.decided["approved"], self.decided.total())

    @property
    def changed(self) -> float | None:
        """Return the share of words that people changed in what they let go out."""
        return fmean(self.changes) if self.changes else None

    @property
    def wait(self) -> float | None:
        """Return the minutes within which half of the drafts were decided."""
        return median(self.waits) if self.waits else None

    @property
    def rated(self) -> int:
        """Count the ratings that came."""
        return self.scores.total()

    @property
    def satisfaction(self) -> float | None:
        """Return the share of ratings that are a four or a five."""
        return share(sum(n for score, n in self.scores.items() if score >= GOOD), self.rated)

    @property
    def response(self) -> float | None:
        """Return the share of those asked who answered."""
        return share(self.rated, self.asked)


@dataclass(frozen=True)
class Queue:
    """What waits for a decision right now."""

    waiting: int
    oldest: float  # minutes
    ages: dict[str, int]  # how many wait for how long
    overdue: int


@dataclass(frozen=True)
class Rates:
    """The days of a period, oldest first, and how things stand."""

    days: Sequence[Day]
    queue: Queue

    @cached_property
    def together(self) -> Day:
        """Return all days as one."""
        whole = Day(self.days[-1].day)
        for one in self.days:
            for name in ("began", "idle", "going", "involved", "resolved", "asked"):
                setattr(whole, name, getattr(whole, name) + getattr(one, name))
            whole.decided += one.decided
            whole.scores += one.scores
            whole.waits += one.waits
            whole.changes += one.changes
        return whole


class Period:
    """Days as the brand's clocks show them; times in the store are UTC."""

    def __init__(self, now: datetime, days: int, zone: str) -> None:
        local, self.now = ZoneInfo(zone), now
        last = now.astimezone(local).date()
        self.dates = [last - timedelta(days=ago) for ago in range(days - 1, -1, -1)]
        starts = [datetime.combine(one, time(), local) for one in self.dates]
        self._starts = [start.astimezone(now.tzinfo).isoformat()[:19] for start in starts]

    @property
    def start(self) -> str:
        """Return when it begins, as the store writes times."""
        return self._starts[0]

    @property
    def spans(self) -> Sequence[tuple[str, str]]:
        """Return where each day begins and ends."""
        return list(pairwise([*self._starts, END]))

    def place(self, at: str) -> int:
        """Return which of the days a time belongs to."""
        return bisect_right(self._starts, at) - 1
