"""Drafts, plans and picks in the terminal."""

import asyncio
import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path

from integrations.cli.house import message, new_conversation, opened
from integrations.cli.say import words
from integrations.cli.terminal import plain
from integrations.opening import Store, now, open_store
from integrations.settings import read as settings
from integrations.store.missing import Missing
from integrations.store.posts import Drafted, Posts
from integrations.wiring import House
from tools.contract import Answer, Request
from tools.drafting.calendar import Planned, as_csv, as_ical
from tools.drafting.dating import monday

_ASKS = re.compile(r"\b(?:draft|write|plan|make|create|reply|answer|prepare|sketch)\b", re.I)
_NOUN = re.compile(
    r"\b(?:posts?|tweets?|captions?|threads?|descriptions?|calendar|campaign|briefs?|storyboard"
    r"|headlines?|titles?|toots?|variants?|script)\b",
    re.I,
)
ABOUT = {"open": "waits", "approved": "approved", "edited": "approved with changes"}


def draft(text: str, brand: str | None, dry_run: bool, as_json: bool) -> None:
    """Draft what a colleague asks for; print the drafts with their numbers."""
    house = opened(brand)
    if dry_run:
        _rehearse(house, text, as_json)
        return
    numbers, said = asyncio.run(_asked(house, text))
    posts = Posts(_store(brand).engine).of(numbers)
    if as_json:
        sys.stdout.write(json.dumps({"text": said, "drafts": posts}) + "\n")
        return
    sys.stdout.write(f"{said}\n")


def plan(
    about: str,
    weeks: int,
    starts: str,
    brand: str | None,
    as_table: Path | None,
    as_calendar: Path | None,
    as_json: bool,
) -> None:
    """Print or hand out the posts of some weeks; with a topic they are drafted first."""
    first = _day(starts) if starts else monday(now().date())
    if about:
        words_said = f"content calendar for {weeks} weeks, starting {first}, about {about}"
        numbers, said = asyncio.run(_asked(opened(brand), words_said))
        if not numbers:
            sys.stdout.write(f"{said}\n")
            return
    store = _store(brand)
    last = first + timedelta(days=7 * weeks - 1)
    posts = Posts(store.engine).planned(first.isoformat(), last.isoformat())
    if as_json:
        sys.stdout.write("".join(json.dumps(one) + "\n" for one in posts))
    else:
        sys.stdout.write(_shown(posts, first, last))
    _written(posts, store, as_table, as_calendar)


def _written(
    posts: list[Drafted], store: Store, as_table: Path | None, as_calendar: Path | None
) -> None:
    brand, planned = store.brand.settings, [_planned(one) for one in posts]
    at = brand.content.at
    if as_table:
        as_table.write_text(as_csv(planned, at), encoding="utf-8", newline="")
    if as_calendar:
        as_calendar.write_bytes(as_ical(planned, at, brand.time_zone, brand.name, now()))
    for file in (as_table, as_calendar):
        if file:
            sys.stderr.write(f"quiethand: {len(posts)} posts in {file}\n")


def wish(text: str) -> str:
    """Return what was typed as a whole wish: "polls" is a post about polls."""
    if _ASKS.search(text):
        return text
    return f"Draft {text}" if _NOUN.search(text) else f"Draft a post about {text}"


async def _asked(house: House, text: str) -> tuple[list[int], str]:
    said = message(wish(text), "team", new_conversation("team"))
    turn = await house.agent.receive(said)
    return list(turn.get("drafts", [])), words(turn)


def _rehearse(house: House, text: str, as_json: bool) -> None:
    """Show what would be drafted, and keep nothing."""
    tool = house.agent.deps.tools["drafting"]

    async def answered() -> Answer:
        return await tool.answer(tool.fill(Request(wish(text), "drafting")))

    answer = asyncio.run(answered())
    if as_json:
        sys.stdout.write(
            json.dumps({"text": answer["text"], "posts": answer.get("posts", [])}) + "\n"
        )
    else:
        sys.stdout.write(f"{answer['text']}\n(nothing was kept)\n")


def _store(brand: str | None) -> Store:
    chosen = settings()
    return open_store(chosen.model_copy(update={"brand": brand}) if brand else chosen)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Missing(f"{text!r} is no day; write it as 2026-11-23.") from error


def _planned(post: Drafted) -> Planned:
    day = date.fromisoformat(post["when"])
    return Planned(post["id"], post["network"], day, post["text"], post["status"], post["title"])


def _shown(posts: list[Drafted], first: date, last: date) -> str:
    if not posts:
        return (
            f"No post is planned from {first} to {last}. "
            "Plan some with: quiethand calendar --about TOPIC\n"
        )
    return "".join(_line(one) for one in posts)


def _line(post: Drafted) -> str:
    opening = plain(post["text"])[:70]
    status = (
        "must not be published" if post["blocks"] else ABOUT.get(post["status"], post["status"])
    )
    day = date.fromisoformat(post["when"])
    return f"{day:%a} {day}  {post['network']:<10} draft {post['id']} ({status}): {opening}\n"
