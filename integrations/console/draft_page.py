"""The page of a draft: what was asked, what would be said, what it rests on, and the decisions."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.console.difference import difference
from integrations.console.draft_view import Kept, clean, context
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.roles import Action, Person
from integrations.store.reading import reading
from integrations.store.sheet import Sheet, sheet

PATH = "/desk/drafts/{number}"
Reader = Annotated[Person, Depends(needs("see"))]
Field = Annotated[str, Form()]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(PATH, response_class=HTMLResponse)
    async def page(number: int, request: Request, person: Reader) -> Response:
        """Show a draft."""
        console.presence.opened(place(number), person.name)
        return await shown(console, request, person, number)

    @router.post(PATH + "/compare", response_class=HTMLResponse)
    async def compare(
        number: int, request: Request, person: Reader, text: Field = "", piece: Field = ""
    ) -> Response:
        """Show what an edit would change, before it is decided."""
        if not piece:
            return await shown(console, request, person, number, Kept("edit", text))
        found = await run_in_threadpool(_sheet, console, number)
        parts = difference(found.current.answer["text"], clean(text))
        return HTMLResponse(console.pages.part("draft_change.html", person, parts=parts))

    return router


def place(number: int) -> str:
    """Name a draft's page, for those who are there."""
    return f"draft {number}"


async def shown(
    console: Console,
    request: Request,
    person: Person,
    number: int,
    kept: Kept | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Return the page, with what somebody wrote and could not have carried out."""
    found = await run_in_threadpool(context, console, number, kept)
    draft: Sheet = found["draft"]
    right: Action = "content" if draft.kind == "post" else "decide"
    return console.pages.render(
        request,
        "draft.html",
        person,
        status,
        **found,
        kept=kept,
        may_decide=person.may(right),
        others=console.presence.others(place(number), person.name),
        at=place(number),
    )


def _sheet(console: Console, number: int) -> Sheet:
    with reading(console.store.engine) as db:
        return sheet(db, number)
