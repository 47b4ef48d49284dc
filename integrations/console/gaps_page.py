"""Questions that we could not answer: seen in groups, answered by writing an article."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.console.article import Article, read
from integrations.console.grouping import Grouping
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.roles import Person
from integrations.groups import Group
from integrations.store.missing import Missing
from integrations.store.todo import SqlTodo

PATH = "/desk/gaps"
MOST = 100  # groups on a page
LONGEST = 20_000  # characters of an article
SEES, TEACHES = Depends(needs("see")), Depends(needs("teach"))
Reader = Annotated[Person, SEES]
Teacher = Annotated[Person, TEACHES]
Field = Annotated[str, Form(max_length=LONGEST)]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router, todo = APIRouter(), SqlTodo(console.store.engine, console.clock)
    _seen(router, console, Grouping(todo, console.house))
    _answered(router, console)
    return router


def _seen(router: APIRouter, console: Console, grouping: Grouping) -> None:
    @router.get(PATH, response_class=HTMLResponse)
    async def page(request: Request, person: Reader) -> Response:
        """Show the groups, the most frequent first."""
        groups, fresh = await grouping.now()
        return console.pages.render(
            request,
            "gaps.html",
            person,
            groups=groups[:MOST],
            total=len(groups),
            questions=sum(len(one.gaps) for one in groups),
            fresh=fresh,
        )

    @router.get(PATH + "/{number}", response_class=HTMLResponse)
    async def one(number: int, request: Request, person: Reader) -> Response:
        """Show a group, and the article that is being written for it."""
        groups, _ = await grouping.now()
        group = _of(groups, number)
        house = await console.house()
        article = read(await house.gaps.begun(group))
        return console.pages.render(request, "gap.html", person, group=group, article=article)


def _answered(router: APIRouter, console: Console) -> None:
    @router.post(PATH + "/{number}")
    async def answer(
        number: int,
        request: Request,
        person: Teacher,
        title: Field = "",
        owner: Field = "",
        text: Field = "",
        ways: Field = "",
    ) -> Response:
        """Put an article into the help centre, and ask the questions again."""
        article = Article(title or text[:80], owner, text, ways.splitlines())
        try:
            words = await _written(console, person, number, article)
        except Missing as missing:
            place = f"{PATH}/{number}"
            return console.pages.back(request, person, place, str(missing), "bad")
        return console.pages.back(request, person, PATH, words)

    @router.post(PATH + "/{number}/dismiss")
    async def dismiss(number: int, request: Request, person: Teacher) -> Response:
        """Decide that no article shall answer these."""
        house = await console.house()
        group = await asyncio.to_thread(lambda: asyncio.run(house.gaps.dismiss(number)))
        await _note(console, person, "gap_dismissed", f"gap {group.number}")
        words = f"{len(group.gaps)} taken off the list, without an article."
        return console.pages.back(request, person, PATH, words)


def _of(groups: list[Group], number: int) -> Group:
    for one in groups:
        if any(gap.id == number for gap in one.gaps):
            return one
    raise Missing("This question is on the list no more: it was answered or taken off.")


async def _written(console: Console, person: Person, number: int, article: Article) -> str:
    """Read the article and ask again, beside the loop: both compute for a while."""
    if not article.text.strip():
        raise Missing("Write the answer first.")
    house, language = await console.house(), console.store.brand.settings.languages[0]
    house.gaps.write(number, article.file(console.clock().date(), language))
    document, asked = await asyncio.to_thread(lambda: asyncio.run(house.gaps.approve(number)))
    await _note(console, person, "gap_answered", f"document {document}")
    known = sum(answered for _, answered in asked)
    words = f"“{article.title}” is in the help centre; it answers {known} of {len(asked)}."
    left = " The others are still on the list; add how people ask for it to the article."
    return words + (left if known < len(asked) else "")


async def _note(console: Console, person: Person, action: str, what: str) -> None:
    await run_in_threadpool(console.audit.note, person.name, action, what, console.clock())
