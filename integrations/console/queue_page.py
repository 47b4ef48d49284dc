"""The queue: what waits for people, the next deadline first, with what is about to leave."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.console.draft_page import place
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.pieces import pieces
from integrations.console.roles import Action, Person
from integrations.console.spans import due, left
from integrations.store import leaving
from integrations.store.entries import Entry, Filters
from integrations.store.queue import Queue
from integrations.store.reading import reading

PATH = "/desk"
Reader = Annotated[Person, Depends(needs("see"))]
KINDS = {
    "": "Everything",
    "reply": "Replies",
    "comment": "Comments",
    "post": "Posts",
    "handoff": "Handoffs",
}
MINE = "me"


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    kind: str = ""
    team: str = ""
    assignee: str = ""  # a name, or me
    risk: str = ""
    channel: str = ""
    overdue: bool = False
    away: bool = False

    def filters(self, person: Person) -> Filters:
        """Return what is read from the rows."""
        mine = {"assignee": person.name} if self.assignee == MINE else {}
        return Filters(**{**vars(self), **mine})

    def path(self, **changed: Any) -> str:
        """Return the address of this page with some things changed."""
        asked = {name: value for name, value in {**vars(self), **changed}.items() if value}
        words = urlencode({n: "1" if v is True else v for n, v in asked.items()})
        return f"{PATH}?{words}" if words else PATH


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    queue = Queue(console.store.engine, console.clock)

    @router.get(PATH, response_class=HTMLResponse)
    async def page(
        request: Request,
        person: Reader,
        kind: str = "",
        team: str = "",
        assignee: str = "",
        risk: str = "",
        channel: str = "",
        overdue: Annotated[str, Query()] = "",
        away: Annotated[str, Query()] = "",
        after: str = "",
    ) -> Response:
        """Show what waits."""
        asked = Asked(kind, team, assignee, risk, channel, bool(overdue), bool(away))
        context = await run_in_threadpool(_context, console, queue, asked, person, after)
        return console.pages.render(request, "queue.html", person, **context)

    return router


def _context(
    console: Console, queue: Queue, asked: Asked, person: Person, after: str
) -> dict[str, Any]:
    mark, now = console.feed.mark(), console.clock()  # before the rows: what comes later is told
    page = queue.page(asked.filters(person), after)
    with reading(console.store.engine) as db:
        going = leaving.leaving(db, now.isoformat())
    people = {name for name in page.counts.assignees if name} | {person.name}
    return {
        "asked": asked,
        "page": page,
        "rows": [_row(console, entry, person, now) for entry in page.entries],
        "leaving": [{**vars(one), "left": left(one.leaves_at, now)} for one in going],
        "kinds": KINDS,
        "cut": pieces,
        "kind_counts": page.counts.kinds,
        "teams": sorted(name for name in page.counts.teams if name),
        "people": sorted(people - {person.name}),
        "after": asked.path(after=page.after) if page.after else "",
        "first": not after,
        "mark": mark,
        "now": now.isoformat(),
    }


def _row(console: Console, entry: Entry, person: Person, now: datetime) -> dict[str, Any]:
    """Return an entry with what depends on who looks, and when."""
    right: Action = "content" if entry.kind == "post" else "decide"
    handed = entry.kind == "handoff"
    draft = place(entry.number)
    return {
        "entry": entry,
        "due": due(entry.due_at, now),
        "url": f"/desk/conversations/{entry.conversation}"
        if handed
        else f"/desk/drafts/{entry.number}",
        "may": not handed and person.may(right),
        "others": [] if handed else console.presence.others(draft, person.name),
    }
