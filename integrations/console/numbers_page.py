"""Numbers with their definitions: what the agent settles alone, what people change, who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.console import charts
from integrations.console.charts import interval, minutes, percent
from integrations.console.drawing import Chart
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.roles import Person
from integrations.store.days import Day, Rates
from integrations.store.rates import rates
from integrations.store.reading import reading

PATH = "/desk/numbers"
PERIODS = (7, 28, 90)
FRESH = timedelta(seconds=10)  # so old may numbers be
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
FEW = 30  # below that a share says little
MAY = Depends(needs("see"))
Reader = Annotated[Person, MAY]


@dataclass(frozen=True)
class Tile:
    """One number, and what it is a number of."""

    name: str
    value: str
    of: str
    doubt: str = ""  # how sure it is


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router, kept = APIRouter(), dict[int, tuple[datetime, Rates]]()

    @router.get(PATH, response_class=HTMLResponse)
    async def page(request: Request, person: Reader, days: int = 28) -> Response:
        """Show the last days."""
        chosen = days if days in PERIODS else 28
        at, found = kept.get(chosen, (_LONG_AGO, None))
        if found is None or not timedelta(0) <= console.clock() - at < FRESH:
            found = await run_in_threadpool(_read, console, chosen)
            kept[chosen] = console.clock(), found
        drawn = _charts(found)
        return console.pages.render(
            request,
            "numbers.html",
            person,
            rates=found,
            tiles=_tiles(found),
            charts=drawn,
            days=chosen,
            periods=PERIODS,
            asks=console.store.brand.settings.satisfaction.ask,
        )

    return router


def _read(console: Console, days: int) -> Rates:
    zone = console.store.brand.settings.time_zone
    with reading(console.store.engine) as db:
        return rates(db, console.clock(), days, zone)


def _tiles(found: Rates) -> list[Tile]:
    whole, queue = found.together, found.queue
    sent = whole.decided["approved"] + whole.decided["edited"]
    oldest = f"the oldest for {minutes(queue.oldest)}" if queue.waiting else "nothing waits"
    late = f"{queue.overdue:,} overdue" if queue.overdue else ""
    changed = "–" if whole.changed is None else percent(whole.changed)
    return [
        _share("Automation", whole.resolved, whole.settled, "conversations"),
        _share("Approval", sent, whole.decided.total(), "decided drafts"),
        Tile("Words changed", changed, f"in {len(whole.changes):,} drafts that went out"),
        Tile("Waiting now", f"{queue.waiting:,}", oldest, late),
        _share("Satisfied", _good(whole), whole.rated, "ratings"),
    ]


def _good(day: Day) -> int:
    return day.scores[4] + day.scores[5]


def _share(name: str, part: int, whole: int, what: str) -> Tile:
    if not whole:
        return Tile(name, "–", f"no {what} yet")
    low, high = interval(part, whole)
    doubt = f"between {100 * low:.0f} and {percent(high)}, 19 times of 20"
    few = f"few: {doubt}" if whole < FEW else doubt
    return Tile(name, percent(part / whole), f"of {whole:,} {what}", few)


def _charts(found: Rates) -> dict[str, Chart]:
    days = found.days
    labels = [f"{one.day.day} {one.day:%b}" for one in days]
    return {
        "automation": charts.lines(
            "automation",
            "Automation by day",
            labels,
            [
                ("automation", [one.automation for one in days]),
                ("involvement", [one.involvement for one in days]),
                ("resolution", [one.resolution for one in days]),
            ],
            top=1,
        ),
        "conversations": _conversations(days, labels),
        "decisions": _decisions(days, labels),
        "changed": charts.lines(
            "changed", "Words changed by people", labels, [("changed", [d.changed for d in days])]
        ),
        "waits": charts.lines(
            "waits", "Half of the drafts were decided within", labels,
            [("median wait", [one.wait for one in days])], minutes,
        ),
        "ages": charts.stacks(
            "ages", "How long drafts have waited", list(found.queue.ages),
            [("drafts", list(found.queue.ages.values()))],
        ),
        "satisfaction": charts.lines(
            "satisfaction", "Ratings that are 4 or 5", labels,
            [("satisfied", [one.satisfaction for one in days])], top=1,
        ),
        "scores": charts.stacks(
            "scores", "How they rated us", [str(score) for score in range(1, 6)],
            [("ratings", [found.together.scores[score] for score in range(1, 6)])],
        ),
    }  # fmt: skip


def _conversations(days: Sequence[Day], labels: Sequence[str]) -> Chart:
    return charts.stacks(
        "conversations",
        "Customers' conversations by day",
        labels,
        [
            ("settled by the agent", [one.resolved for one in days]),
            ("with a person too", [one.involved - one.resolved for one in days]),
            ("not answered by it", [one.settled - one.involved for one in days]),
            ("not over yet", [one.going for one in days]),
        ],
    )


def _decisions(days: Sequence[Day], labels: Sequence[str]) -> Chart:
    return charts.stacks(
        "decisions",
        "Drafts decided by day",
        labels,
        [
            ("as drafted", [one.decided["approved"] for one in days]),
            ("edited", [one.decided["edited"] for one in days]),
            ("rejected", [one.decided["rejected"] for one in days]),
            ("taken over", [one.decided["taken_over"] for one in days]),
        ],
    )
