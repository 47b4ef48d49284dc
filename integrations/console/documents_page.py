"""What the help centre says: listed, searched, and read at the place that an answer points to."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.reading import sections
from integrations.console.roles import Person
from integrations.store.heads import Head, heads
from integrations.store.missing import Missing
from integrations.store.reading import reading
from knowledge.documents.document import Document
from knowledge.documents.passages import Passage
from knowledge.documents.scope import Scope
from knowledge.documents.sentences import without_comments

PATH = "/desk/documents"
MOST = 200  # rows of the list
LONGEST = 200  # characters of a question
NEAREST = 5  # passages
MAY = Depends(needs("see"))
Reader = Annotated[Person, MAY]


@dataclass(frozen=True)
class Near:
    """A passage that comes near to what was asked."""

    document: str
    title: str
    heading: str
    text: str
    start: int
    end: int
    anchor: str


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    _list(router, console)
    _one(router, console)
    return router


def _list(router: APIRouter, console: Console) -> None:
    @router.get(PATH, response_class=HTMLResponse)
    async def page(request: Request, person: Reader, q: str = "", state: str = "") -> Response:
        """List the documents; a question is looked for by its words and by its meaning."""
        asked = q.strip()[:LONGEST]
        found = await run_in_threadpool(_heads, console, asked)
        today = console.clock().date()
        states = {one.id: one.states(today) for one in found}
        counts = Counter(said for known in states.values() for said in known)
        chosen = [one for one in found if not state or state in states[one.id]]
        return console.pages.render(
            request,
            "documents.html",
            person,
            documents=chosen[:MOST],
            total=len(chosen),
            states=states,
            counts=counts,
            wanted={"q": asked, "state": state},
            near=await _near(console, asked) if asked else [],
        )


def _one(router: APIRouter, console: Console) -> None:
    @router.get(PATH + "/{id:path}", response_class=HTMLResponse)
    async def page(
        id: str, request: Request, person: Reader, start: int = -1, end: int = -1, passage: int = 0
    ) -> Response:
        """Show one document, with a place in it lit."""
        document, parts = await run_in_threadpool(_read, console, id)
        if 0 < passage <= len(parts):
            start, end = parts[passage - 1].start, parts[passage - 1].end
        head = Head(document.id, document.title, document.source, document.about)
        return console.pages.render(
            request,
            "document.html",
            person,
            document=document,
            sections=sections(parts, start, end),
            quoted=_quoted(document, start, end),
            states=head.states(console.clock().date()),
        )


def _heads(console: Console, asked: str) -> list[Head]:
    with reading(console.store.engine) as db:
        return heads(db, asked.split())


def _read(console: Console, id: str) -> tuple[Document, list[Passage]]:
    from integrations.store.shelf import SqlShelf  # brings numpy, which the web face does without

    shelf = SqlShelf(console.store.engine)
    document = shelf.document(id)
    if document is None:
        raise Missing("There is no such document; it may have been taken out.")
    return document, shelf.passages(id)


def _quoted(document: Document, start: int, end: int) -> str:
    """Return a place as it is written, without the comments in between."""
    if not 0 <= start < end:
        return ""
    rows = without_comments(document.text[start:end]).splitlines()
    return "\n".join(row.rstrip() for row in rows)


async def _near(console: Console, asked: str) -> list[Near]:
    """Return what the agent itself would look at for a question."""
    house = await console.house()
    scope = Scope(console.clock().date())
    found = await run_in_threadpool(house.library.search, asked, scope, most=NEAREST)
    return [_shown(hit.passage, hit.sentences) for hit in found.hits]


def _shown(passage: Passage, scores: tuple[float, ...]) -> Near:
    best = passage.sentences[max(range(len(scores)), key=scores.__getitem__)]
    return Near(
        document=passage.document,
        title=passage.title,
        heading=passage.heading,
        text=best.text,
        start=best.start,
        end=best.end,
        anchor=passage.anchor,
    )
