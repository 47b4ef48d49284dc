"""Content: a brief, the posts that were drafted, and the plan with its exports."""

import asyncio
import uuid
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from agents.state import Message, Turn
from integrations.console.brief_form import KINDS, MOST, PATTERNS, BriefForm, asked
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.roles import Person
from integrations.store.missing import Missing
from integrations.store.posts import Drafted, Posts
from tools.drafting.calendar import Planned, as_csv, as_ical
from tools.drafting.dating import monday
from tools.drafting.networks import NETWORKS

PATH = "/desk/content"
WEEKS = 5  # of the plan that is shown
SHOWN = 60
Marketer = Annotated[Person, Depends(needs("content"))]
Short = Annotated[str, Form(max_length=200)]
Count = Annotated[int, Form(ge=1, le=MOST)]
STATUS = {
    "open": ("waits", "accent"),
    "approved": ("approved", "good"),
    "edited": ("approved", "good"),
    "rejected": ("rejected", ""),
}


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router, posts = APIRouter(), Posts(console.store.engine)
    _seen(router, console, posts)
    _briefed(router, console)
    _handed_out(router, console, posts)
    return router


def _seen(router: APIRouter, console: Console, posts: Posts) -> None:
    @router.get(PATH, response_class=HTMLResponse)
    async def page(request: Request, person: Marketer, status: str = "") -> Response:
        """Show the brief, the newest posts and the plan."""
        wanted = {"open": ("open",), "approved": ("approved", "edited")}.get(status, ())
        latest = await run_in_threadpool(posts.latest, SHOWN, wanted)
        first = _first(console)
        plan = await run_in_threadpool(posts.planned, *_between(first))
        return console.pages.render(
            request,
            "content.html",
            person,
            posts=[_row(one) for one in latest],
            shown=status,
            weeks=_weeks(first, plan),
            networks={key: one.name for key, one in NETWORKS.items()},
            usual=console.store.brand.settings.content,
            kinds=KINDS,
            patterns=PATTERNS,
            most=MOST,
        )


def _briefed(router: APIRouter, console: Console) -> None:
    @router.post(PATH)
    async def draft(
        request: Request,
        person: Marketer,
        about: Short = "",
        kind: Short = "post",
        networks: Annotated[list[str] | None, Form()] = None,
        number: Count = 1,
        weeks: Annotated[int, Form(ge=1, le=6)] = 1,
        audience: Short = "",
        pattern: Short = "",
        tone: Short = "",
        act: Short = "",
    ) -> Response:
        """Have posts drafted, as a colleague would ask for them."""
        chosen = BriefForm(about, kind, networks or [], number, weeks, audience, pattern, tone, act)
        try:
            turn = await _asked(console, person, asked(chosen))
        except Missing as missing:
            return console.pages.back(request, person, PATH, str(missing), "bad")
        made = len(turn.get("drafts", []))
        words = f"{made} drafted; they wait below." if made else turn["text"].split("\n")[0]
        return console.pages.back(request, person, PATH, words, "good" if made else "bad")


def _handed_out(router: APIRouter, console: Console, posts: Posts) -> None:
    brand = console.store.brand.settings

    async def plan() -> list[Planned]:
        found = await run_in_threadpool(posts.planned, *_between(_first(console)))
        return [_planned(one) for one in found]

    @router.get(PATH + "/plan.csv")
    async def table(person: Marketer) -> Response:
        """Hand the plan out as a table."""
        text = as_csv(await plan(), brand.content.at)
        return Response(text, media_type="text/csv", headers=_as_file("posts.csv"))

    @router.get(PATH + "/plan.ics")
    async def calendar(person: Marketer) -> Response:
        """Hand the plan out as a calendar."""
        at, zone = brand.content.at, brand.time_zone
        body = as_ical(await plan(), at, zone, brand.name, console.clock())
        return Response(body, media_type="text/calendar", headers=_as_file("posts.ics"))


async def _asked(console: Console, person: Person, words: str) -> Turn:
    house = await console.house()
    said = Message(
        channel="console",
        conversation=f"content-{person.id}-{uuid.uuid4().hex[:8]}",
        id=uuid.uuid4().hex,
        audience="team",
        text=words,
        at=console.clock().isoformat(),
        contact=f"user-{person.id}",
    )
    turn = await asyncio.to_thread(lambda: asyncio.run(house.agent.receive(said)))
    for number in turn.get("drafts", []):
        console.feed.tell("draft", str(number), person.name)
    return turn


def _first(console: Console) -> date:
    today = console.clock().date()
    return monday(today) - timedelta(days=7)


def _between(first: date) -> tuple[str, str]:
    return first.isoformat(), (first + timedelta(days=7 * WEEKS - 1)).isoformat()


def _weeks(first: date, plan: list[Drafted]) -> list[tuple[date, list[tuple[date, list[Drafted]]]]]:
    """Return the weeks of the plan that have posts, each with its days."""
    weeks = []
    for number in range(WEEKS):
        start = first + timedelta(days=7 * number)
        days = [start + timedelta(days=place) for place in range(7)]
        filled = [(day, [one for one in plan if one["when"] == day.isoformat()]) for day in days]
        if any(posts for _, posts in filled):
            weeks.append((start, [(day, posts) for day, posts in filled if posts]))
    return weeks


def _row(post: Drafted) -> dict[str, object]:
    said, tone = STATUS.get(post["status"], (post["status"].replace("_", " "), ""))
    name = NETWORKS[post["network"]].name if post["network"] in NETWORKS else post["network"]
    first = next((line for line in post["text"].splitlines() if line.strip()), "")
    return {**post, "said": said, "tone": tone, "name": name, "first": first}


def _planned(post: Drafted) -> Planned:
    day = date.fromisoformat(post["when"])
    return Planned(post["id"], post["network"], day, post["text"], post["status"], post["title"])


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
