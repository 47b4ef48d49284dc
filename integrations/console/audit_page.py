"""The audit log: who did what, whether nobody changed it since, and all of it as a file."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.rendering import HEADERS
from integrations.console.roles import Person
from integrations.store.audit import Entry

PATH = "/desk/audit"
MOST = 100  # rows on a page
MAY = Depends(needs("audit"))
Reader = Annotated[Person, MAY]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    _seen(router, console)
    _proved(router, console)
    return router


def _seen(router: APIRouter, console: Console) -> None:
    @router.get(PATH, response_class=HTMLResponse)
    async def page(
        request: Request,
        person: Reader,
        who: str = "",
        action: str = "",
        what: str = "",
        before: int = 0,
    ) -> Response:
        """Show the newest rows that fit."""
        wanted = {"who": who.strip(), "action": action.strip(), "what": what.strip()}
        log = console.audit
        found = await run_in_threadpool(log.rows, **wanted, before=before, most=MOST + 1)
        return console.pages.render(
            request,
            "audit.html",
            person,
            rows=found[:MOST],
            more=found[MOST - 1].id if len(found) > MOST else 0,
            actions=await run_in_threadpool(log.actions),
            last=await run_in_threadpool(log.last),
            wanted=wanted,
        )


def _proved(router: APIRouter, console: Console) -> None:
    log = console.audit

    @router.post(PATH + "/verify")
    async def verify(request: Request, person: Reader) -> Response:
        """Check every seal."""
        broken = await run_in_threadpool(log.verify)
        if broken is None:
            words = "Every entry fits its seal: nobody changed or removed one in between."
            return console.pages.back(request, person, PATH, words)
        words = f"Entry {broken} does not fit its seal: it, or one before it, was changed."
        return console.pages.back(request, person, PATH, words, "bad")

    @router.get(PATH + "/export")
    async def export(request: Request, person: Reader) -> Response:
        """Give all of it, an entry a line, oldest first."""
        await run_in_threadpool(log.note, person.name, "audit_exported", "audit", console.clock())
        name = f"audit-{_day(console.clock())}.jsonl"
        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(
            _lines(log.export()), media_type="application/x-ndjson", headers=headers
        )


def _lines(entries: Iterator[Entry]) -> Iterator[str]:
    for one in entries:
        yield json.dumps(one.plain(), ensure_ascii=False) + "\n"


def _day(at: datetime) -> str:
    return at.date().isoformat()
