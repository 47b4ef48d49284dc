"""The page of a conversation: what was said and why, who has it, and what only the team reads."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.console.acting import refusals, words
from integrations.console.guard import needs
from integrations.console.later import LATER, moment
from integrations.console.parts import Console
from integrations.console.pieces import Sentence, pieces, sentences
from integrations.console.reasons import Why, why
from integrations.console.roles import Person
from integrations.store.audit import append
from integrations.store.missing import Missing
from integrations.store.reading import reading
from integrations.store.talk import Line, Talk, talk
from integrations.store.timing import timing_of

if TYPE_CHECKING:
    from integrations.reviewing import Reviewing

PATH = "/desk/conversations/{id:path}"
Reader = Annotated[Person, Depends(needs("see"))]
Talker = Annotated[Person, Depends(needs("talk"))]
Field = Annotated[str, Form()]
Before = Annotated[int, Query(ge=0, le=2**31)]
OURS = ("agent", "person")
WHO = {"customer": "Customer", "team": "Team", "agent": "Quiethand", "person": "A person"}
SENDING = {
    "ready": "on its way",
    "leased": "on its way",
    "sending": "on its way",
    "unknown": "nobody knows whether it arrived",
    "failed": "it could not be sent",
    "blocked": "not sent: a person must look at it",
    "dropped": "not sent",
}
DONE = {
    "take_over": "You have the conversation now.",
    "hand_back": "The agent has it again.",
    "speak": "It is on its way.",
    "note": "The note is kept. Only the team reads it.",
    "later": "It is put away; it comes back by itself.",
}


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it."""

    line: Line
    who: str
    sentences: list[Sentence]
    why: Why | None  # at the line that a turn began with
    anew: bool  # a new episode begins here
    sending: str  # in words, while it has not arrived


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(PATH, response_class=HTMLResponse)
    async def page(id: str, request: Request, person: Reader, before: Before = 0) -> Response:
        """Show a conversation."""
        console.presence.opened(place(id), person.name)
        return await _shown(console, request, person, id, before)

    @router.post(PATH)
    async def act(
        id: str,
        request: Request,
        person: Talker,
        do: Field = "",
        text: Field = "",
        until: Field = "",
    ) -> Response:
        """Take it over, hand it back, say something, note something, or put it away."""
        if do not in DONE:
            raise Missing("That cannot be done with a conversation.")
        reviewing = (await console.house()).reviewing
        try:
            if do == "later":
                await run_in_threadpool(_put_away, console, id, until, person.name)
            else:
                await _act(reviewing, do, id, text.replace("\r\n", "\n").strip(), person.name)
        except refusals() as error:
            return await _shown(
                console, request, person, id, 0, words(console, str(error)), {do: text}
            )
        console.feed.tell("line", id, person.name)
        return console.pages.back(request, person, f"/desk/conversations/{id}", DONE[do])

    return router


def place(id: str) -> str:
    """Name a conversation's page, for those who are there."""
    return f"conversation {id}"


async def _act(reviewing: "Reviewing", do: str, id: str, text: str, by: str) -> None:
    acts: dict[str, Callable[[], Awaitable[object]]] = {
        "take_over": lambda: reviewing.take_over(id, by),
        "hand_back": lambda: reviewing.hand_back(id, by),
        "speak": lambda: reviewing.speak(id, text, by),
        "note": lambda: reviewing.note(id, text, by),
    }
    await acts[do]()


def _put_away(console: Console, id: str, until: str, by: str) -> None:
    """Put a conversation that people have away until a time."""
    settings = console.store.brand.settings
    at = moment(until, console.clock(), settings.time_zone)
    if at is None:
        raise Missing("There is no such time.")
    timing_of(settings, console.clock).snooze(console.store.engine, id, at, by, "")
    now = console.clock().isoformat()
    with console.store.engine.begin() as db:
        append(db, by, "put_away", f"conversation {id}", {"until": at.isoformat()}, now)


async def _shown(
    console: Console,
    request: Request,
    person: Person,
    id: str,
    before: int,
    refused: str = "",
    kept: dict[str, str] | None = None,
) -> Response:
    mark, found = await run_in_threadpool(_read, console, id, before)
    return console.pages.render(
        request,
        "conversation.html",
        person,
        409 if refused else 200,
        talk=found,
        lines=_lines(found.lines),
        before=before,
        refused=refused,
        cut=pieces,
        later=LATER,
        kept=kept or {},
        others=console.presence.others(place(id), person.name),
        at=place(id),
        mark=mark,
        open_drafts=[one for one in found.drafts if one["status"] == "open"],
        watch=json.dumps(_watched(found)),
    )


def _watched(found: Talk) -> list[str]:
    """Name the changes that this page shows."""
    here = [f"{kind}:{found.id}" for kind in ("line", "note", "handoff")]
    here += [f"decision:{one['id']}" for one in found.drafts]
    return [*here, f"audit:conversation {found.id}"]


def _read(console: Console, id: str, before: int) -> tuple[str, Talk]:
    mark = console.feed.mark()  # before the rows: what comes later is told
    with reading(console.store.engine) as db:
        return mark, talk(db, id, before)


def _lines(lines: list[Line]) -> list[Shown]:
    shown: list[Shown] = []
    told: set[str] = set()
    for place, line in enumerate(lines):
        evidence = line.record.get("evidence", []) if line.who == "agent" else []
        reason = why(line.record) if line.turn not in told else None
        told.add(line.turn)
        anew = bool(place and lines[place - 1].episode != line.episode)
        who = WHO.get(line.who, line.who)
        said = sentences(line.text, evidence) if evidence else [_whole(line.text)]
        sending = SENDING.get(line.sending, "") if line.who in OURS else ""
        shown.append(Shown(line, who, said, reason, anew, sending))
    return shown


def _whole(text: str) -> Sentence:
    return Sentence(pieces(text), [], True)
