"""What happened lately: every turn with why, and every decision with who."""

from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from agents.state import Kind, Verdict
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.roles import Person
from integrations.store.activity import (
    MOST,
    Decided,
    Taken,
    Wanted,
    latest_decisions,
    latest_turns,
)
from integrations.store.reading import reading
from integrations.store.waiting import channels

PATH = "/desk/activity"
ACTIONS = ("approve", "edit", "reject", "rewrite", "take_over", "snooze", "assign", "undo",
           "expire", "supersede", "escalate")  # fmt: skip
MAY = Depends(needs("see"))
Reader = Annotated[Person, MAY]
Wish = Annotated[Wanted, Depends()]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(PATH, response_class=HTMLResponse)
    async def taken(request: Request, person: Reader, wanted: Wish) -> Response:
        """Show the latest turns."""
        found, places = await run_in_threadpool(_turns, console, wanted)
        more = f"{found[MOST - 1].at} {found[MOST - 1].id}" if len(found) > MOST else ""
        return console.pages.render(
            request,
            "activity.html",
            person,
            turns=found[:MOST],
            more=more,
            wanted=wanted,
            kinds=get_args(Kind),
            outcomes=get_args(Verdict),
            channels=places,
        )

    @router.get(PATH + "/decisions", response_class=HTMLResponse)
    async def decided(request: Request, person: Reader, wanted: Wish) -> Response:
        """Show the latest decisions."""
        found = await run_in_threadpool(_decisions, console, wanted)
        more = str(found[MOST - 1].id) if len(found) > MOST else ""
        return console.pages.render(
            request,
            "decisions.html",
            person,
            decisions=found[:MOST],
            more=more,
            wanted=wanted,
            actions=ACTIONS,
        )

    return router


def _turns(console: Console, wanted: Wanted) -> tuple[list[Taken], list[str]]:
    with reading(console.store.engine) as db:
        return latest_turns(db, wanted, MOST + 1), channels(db)


def _decisions(console: Console, wanted: Wanted) -> list[Decided]:
    with reading(console.store.engine) as db:
        return latest_decisions(db, wanted, MOST + 1)
