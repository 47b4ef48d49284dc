"""What open pages are told as it happens, and who is told to be on them."""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import StreamingResponse

from integrations.console.feed import Told
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.rendering import HEADERS
from integrations.console.roles import Person

PATH = "/desk/live"
ALIVE = 15.0  # seconds after which a silent stream says that it is there
LIFE = 600.0  # seconds; then the page asks again, and is let in again or not
EACH = 12  # pages that one person may have open
PRESENCE = "presence"
Reader = Annotated[Person, Depends(needs("see"))]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(PATH)
    async def stream(person: Reader, at: str = "") -> Response:
        """Tell a page what changes; as long as it listens, its reader counts as there."""
        if console.presence.pages(person.name) >= EACH:
            return Response("Too many pages are open.", 503, {**HEADERS, "Retry-After": "30"})
        told = events(console, person.name, at[:200])
        headers = {**HEADERS, "X-Accel-Buffering": "no"}
        return StreamingResponse(told, media_type="text/event-stream", headers=headers)

    @router.post(PATH)
    async def typing(person: Reader, at: Annotated[str, Form(max_length=200)] = "") -> Response:
        """Note that somebody types."""
        console.presence.types(at, person.name)
        console.feed.tell(PRESENCE, at, person.name)
        return Response(status_code=204, headers=HEADERS)

    return router


async def events(
    console: Console, who: str, at: str, alive: float = ALIVE, life: float = LIFE
) -> AsyncGenerator[str]:
    """Yield events as a page reads them."""
    time = asyncio.get_running_loop().time
    end = time() + life
    with _there(console, who, at), console.feed.listening() as coming:
        yield _event(await console.feed.here())
        while time() < end:
            try:
                told = await asyncio.wait_for(coming.get(), alive)
            except TimeoutError:
                yield ": still here\n\n"
            else:
                yield _event(told)


@contextmanager
def _there(console: Console, who: str, at: str) -> Iterator[None]:
    """Count a reader in, and tell the others when they come and go."""
    try:
        with console.presence.here(at, who):
            console.feed.tell(PRESENCE, at, who)
            yield
    finally:
        console.feed.tell(PRESENCE, at, who)


def _event(told: Told) -> str:
    return f"data: {json.dumps(told)}\n\n"
