"""The playground: be a customer or a marketer at the left, and watch the steps at the right."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from agents.state import Step, Turn
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.playing import Play, Played, kinds, play, played, say
from integrations.console.rendering import HEADERS
from integrations.console.roles import Person
from integrations.store.reading import reading

PATH = "/desk/playground"
LONGEST = 4_000  # characters of a message
SOON = 0.3  # seconds until somebody is told that the models are being loaded
STREAM = "text/event-stream"
OPENING = Step(name="opening", ms=0.0, found="the models are being loaded; only the first time")
SEES, PLAYS = Depends(needs("see")), Depends(needs("talk", "content", "teach"))
Reader = Annotated[Person, SEES]
Player = Annotated[Person, PLAYS]
Field = Annotated[str, Form(max_length=LONGEST)]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    known = kinds(console.store.brand, console.settings.data)

    @router.get(PATH, response_class=HTMLResponse)
    async def page(
        request: Request, person: Reader, who: str = "", channel: str = "", talk: str = ""
    ) -> Response:
        """Show a conversation of the person's own."""
        wish = play(person, who, channel, talk, known)
        found = await run_in_threadpool(_read, console, wish)
        return console.pages.render(
            request, "playground.html", person, play=wish, channels=known, **_shown(found)
        )

    @router.post(PATH)
    async def message(
        request: Request,
        person: Player,
        text: Field = "",
        who: Field = "",
        channel: Field = "",
        talk: Field = "",
    ) -> Response:
        """Let the agent take a message; a script hears of each step as it is done."""
        wish = play(person, who, channel, talk, known)
        if request.headers.get("accept") == STREAM:
            told = _told(console, wish, text)
            return StreamingResponse(told, media_type=STREAM, headers=HEADERS)
        if text.strip():
            from agents.agent import nobody_watches

            house, at = await console.house(), console.clock().isoformat()
            await say(house, wish, text, at, nobody_watches)
        return RedirectResponse(f"{PATH}?{urlencode(wish.query)}#said", 303, HEADERS)

    return router


async def _told(console: Console, wish: Play, text: str) -> AsyncGenerator[str]:
    """Yield each step as it is done, then the conversation and the whole of why."""
    steps: asyncio.Queue[Step | None] = asyncio.Queue()
    turn = asyncio.create_task(_taken(console, wish, text, steps))
    while (step := await steps.get()) is not None:
        yield _event("step", dict(step))
    await asyncio.wait({turn})
    if turn.exception():
        yield _event("failed", {"words": "It could not be taken; the log says why. Try again."})
        return
    found = _shown(await run_in_threadpool(_read, console, wish))
    part = console.pages.part
    talk = part("playground_talk.html", wish.person, play=wish, **found)
    why = part("playground_why.html", wish.person, play=wish, **found)
    yield _event("turn", {"talk": talk, "why": why})


async def _taken(
    console: Console, wish: Play, text: str, steps: asyncio.Queue[Step | None]
) -> Turn | None:
    try:
        if not text.strip():
            return None
        opening = asyncio.ensure_future(console.house())
        ready, _ = await asyncio.wait({opening}, timeout=SOON)
        if not ready:
            steps.put_nowait(OPENING)
        at = console.clock().isoformat()
        return await say(await opening, wish, text, at, steps.put_nowait)
    finally:
        steps.put_nowait(None)


def _read(console: Console, wish: Play) -> Played:
    store = console.store
    with reading(store.engine) as db:
        return played(db, store.vault, wish.conversation)


def _shown(found: Played) -> dict[str, Any]:
    return {"lines": found.lines, "turn": found.last}


def _event(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
