"""What the page of a draft shows, read in one go."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from integrations.approving import Yes, missing, waits_for
from integrations.console.difference import Part, difference
from integrations.console.later import LATER
from integrations.console.parts import Console
from integrations.console.pieces import pieces, sentences, source
from integrations.console.reasons import why
from integrations.console.spans import due, here, left
from integrations.store.queue import beside
from integrations.store.reading import reading
from integrations.store.sheet import Revision, Sheet, Step, sheet
from integrations.store.talk import Line, last_lines

LOOK, BEFORE = 30, 6  # lines that are looked at and shown of the conversation
CLOSED = {
    "approved": "Approved by",
    "edited": "Edited and approved by",
    "rejected": "Rejected by",
    "taken_over": "The conversation was taken over by",
}
SAID = {
    "approve": "approved it",
    "edit": "edited and approved it",
    "reject": "rejected it",
    "rewrite": "asked for a rewrite",
    "take_over": "took the conversation over",
    "undo": "took it back",
    "snooze": "put it away",
    "assign": "gave it on",
    "supersede": "replaced it: the customer wrote again",
    "expire": "let it expire",
    "escalate": "escalated it",
}


@dataclass(frozen=True)
class Kept:
    """What somebody wrote that was not carried out, and why not."""

    do: str  # edit, rewrite
    text: str
    refused: str = ""


@dataclass(frozen=True)
class Change:
    """How one revision came out of another."""

    number: int
    author: str
    at: str
    note: str
    parts: list[Part]


def context(console: Console, number: int, kept: Kept | None) -> dict[str, Any]:
    """Return what the template is filled with."""
    mark, time = console.feed.mark(), console.clock()  # before the rows: what comes later is told
    with reading(console.store.engine) as db:
        draft = sheet(db, number)
        neighbours = beside(db, draft.due_at, number, time.isoformat())
        lines = last_lines(db, draft.conversation, LOOK)
    return {
        "draft": draft,
        "mark": mark,
        "watch": json.dumps(_watched(draft)),
        "neighbours": neighbours,
        "lines": _before(lines, draft),
        "changes": _changes(draft.revisions),
        "why": why(dict(draft.turn)),
        "colleagues": [one.name for one in console.people.all() if not one.disabled_at],
        **_words(draft.current, kept),
        **_state(console, draft, time),
    }


def _words(now: Revision, kept: Kept | None) -> dict[str, Any]:
    """Return what would be said, what it rests on, and what an edit would change."""
    edited = clean(kept.text) if kept and kept.do == "edit" else ""
    post = next(iter(now.answer.get("posts", [])), None)
    findings = now.findings or (post["findings"] if post else [])
    return {
        "now": now,
        "post": post,
        "findings": findings,
        "blocked": any(one["blocks"] for one in findings),
        "sentences": sentences(now.answer["text"], now.answer["evidence"], findings),
        "sources": [source(one) for one in now.answer["evidence"]],
        "edit": difference(now.answer["text"], edited) if edited else [],
        "cut": pieces,
    }


def _state(console: Console, draft: Sheet, now: datetime) -> dict[str, Any]:
    """Return how things stand with a draft, and what can be done."""
    from integrations.reviewing import REASONS  # comes with the agent; never while others wait

    zone = console.store.brand.settings.time_zone
    return {
        "late": "" < draft.due_at <= now.isoformat(),
        "due": due(draft.due_at, now),
        "left": left(draft.leaves_at, now) if draft.leaves_at else 0.0,
        "closed": CLOSED,
        "waits": _waits(console, draft),
        "undoable": _undoable(draft, now),
        "steps": [(step, here(_reason(step, REASONS), zone, now)) for step in draft.steps],
        "verbs": SAID,
        "reasons": REASONS,
        "later": LATER,
    }


def _watched(draft: Sheet) -> list[str]:
    """Name the changes that this page shows."""
    talk = draft.conversation
    return [f"decision:{draft.number}", *(f"{kind}:{talk}" for kind in ("line", "handoff"))]


def _reason(step: Step, codes: Mapping[str, str]) -> str:
    """Return why, in words; of an approval only the role is kept, which says little."""
    if step.action in ("approve", "edit", "undo"):
        return ""
    code, _, more = step.reason.partition(":")
    if step.action != "reject" or code not in codes:
        return step.reason
    return ": ".join(part for part in (codes[code], more.strip()) if part)


def _undoable(draft: Sheet, now: datetime) -> bool:
    """Say whether it can be taken back: before it leaves, and a post always."""
    if draft.kind == "post":
        return draft.status in ("approved", "edited", "rejected")
    return bool(draft.leaves_at) and left(draft.leaves_at, now) > 0


def _waits(console: Console, draft: Sheet) -> str:
    """Say who has approved it, and whose yes is missing."""
    steps = console.store.brand.settings.approval.steps_of(draft.kind)
    if draft.status != "open" or not steps:
        return ""
    said = [
        Yes(one.by, one.reason)
        for one in draft.steps
        if (one.action == "approve" and one.revision == draft.revision)
        or (one.action == "edit" and one.revision == draft.revision - 1)
    ]
    if not missing(steps, said):
        return ""
    by = f"{', '.join(one.by for one in said)} said yes; it" if said else "It"
    return f"{by} waits for {waits_for(steps, said)}."


def _before(lines: list[Line], draft: Sheet) -> list[Line]:
    """Return what was said before the message that is answered, which stands alone below."""
    before = [
        line for line in lines if line.turn != draft.turn.get("id") and line.at <= draft.created_at
    ]
    return before[-BEFORE:]


def _changes(revisions: list[Revision]) -> list[Change]:
    """Return how the words changed, the newest first."""
    return [
        Change(
            new.number,
            new.author,
            new.at,
            new.note,
            difference(old.answer["text"], new.answer["text"]),
        )
        for old, new in pairwise(revisions)
    ][::-1]


def clean(text: str) -> str:
    """Return what a form brought, as it is kept."""
    return text.replace("\r\n", "\n").strip()
