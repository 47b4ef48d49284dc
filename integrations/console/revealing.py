"""An original of personal data: shown to who has the right, says why, and is written down."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.console.guard import Forbidden, needs
from integrations.console.parts import Console
from integrations.console.roles import Person
from integrations.store.audit import append
from integrations.store.missing import Missing

PATH = "/desk/reveal/{conversation:path}"
Revealer = Annotated[Person, Depends(needs("reveal"))]
Field = Annotated[str, Form()]
SHORTEST = 4  # characters of a reason


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(PATH, response_class=HTMLResponse)
    async def ask(
        conversation: str, request: Request, person: Revealer, placeholder: str = ""
    ) -> Response:
        """Ask why somebody wants to see it."""
        return _page(console, request, person, conversation, placeholder)

    @router.post(PATH, response_class=HTMLResponse)
    async def reveal(
        conversation: str,
        request: Request,
        person: Revealer,
        placeholder: Field = "",
        why: Field = "",
    ) -> Response:
        """Show it once; the page is kept nowhere."""
        if len(why.strip()) < SHORTEST:
            wrong = "Say why you need to see it; a word or two is enough."
            return _page(console, request, person, conversation, placeholder, wrong=wrong)
        clean = await _cleaned(console, why)
        value = await run_in_threadpool(
            look, console, conversation, placeholder, person.name, clean
        )
        console.feed.tell("audit", conversation, person.name)
        return _page(console, request, person, conversation, placeholder, value=value)

    return router


def look(console: Console, conversation: str, token: str, by: str, why: str) -> str:
    """Return an original; who looks is written down before anybody sees it."""
    allowed = console.store.brand.settings.privacy.may_reveal
    if allowed and by not in allowed:
        raise Forbidden("reveal")
    name = f"<{token.strip('<> ').upper()}>"
    now = console.clock().isoformat()
    with console.store.engine.begin() as db:
        append(db, by, "reveal", f"conversation {conversation}", {"token": name}, now)
    return console.store.vault.reveal(conversation, name, by, why)


async def _cleaned(console: Console, why: str) -> str:
    """Take personal data out of what is kept for the record."""
    house = await console.house()
    redactor = house.agent.deps.redactor
    clean = await run_in_threadpool(redactor.clean_own, why.strip()[:300], {})
    if not clean.checked:
        raise Missing("Your reason could not be checked for personal data; try other words.")
    return clean.text


def _page(
    console: Console,
    request: Request,
    person: Person,
    conversation: str,
    token: str,
    value: str = "",
    wrong: str = "",
) -> Response:
    return console.pages.render(
        request,
        "conversation_reveal.html",
        person,
        400 if wrong else 200,
        conversation=conversation,
        token=token.strip("<> ")[:60],
        value=value,
        wrong=wrong,
    )
