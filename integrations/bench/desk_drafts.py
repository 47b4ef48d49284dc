"""Drafts with their revisions and decisions, as rows."""

from datetime import datetime, timedelta
from typing import Any

from integrations.bench.desk_words import draft_answer, question
from integrations.bench.heap import Heap
from integrations.store.review_schema import decisions
from integrations.store.schema import drafts, revisions

TEAMS = ("support", "sales", "")
PEOPLE = ("kim", "lee", "sam", "noor", "alex")
NETWORKS = ("linkedin", "x", "instagram")
STATUS = ("approved", "approved", "approved", "edited", "rejected")  # of what is decided
ACTION = {"approved": "approve", "edited": "edit", "rejected": "reject"}
WAITS = {"status": "open", "decided_by": "", "decided_at": "", "decided_turn": ""}
NEVER = {"snoozed_until": "", "escalated_at": "", "superseded_by": 0}


def kind(number: int) -> str:
    """Return what a draft is for: most answer a customer."""
    return {3: "comment", 7: "post", 8: "post"}.get(number % 10, "reply")


def risk(number: int) -> str:
    """Return how risky a draft is."""
    return {5: "high", 1: "medium"}.get(number % 12, "low")


def add_draft(heap: Heap, number: int, turn: dict[str, str], at: datetime, waits: bool) -> None:
    """Add a draft that waits, or one that was decided."""
    status = WAITS if waits else _decided(heap, number, turn, at)
    last = 2 if status["status"] == "edited" else 1
    due = (at + timedelta(hours=4 + number % 30)).isoformat() if waits and number % 3 else ""
    times = {"created_at": at.isoformat(), "due_at": due, **NEVER}
    message = {"channel": "bench", "conversation": turn["conversation"], "id": f"m{number}",
               "audience": "customer", "text": question(number), "at": at.isoformat()}  # fmt: skip
    about = {"id": number, "route": "help_centre", "message": message, "revision": last}
    heap.add(drafts, **about, **turn, **status, **times, **_sorts(number))
    for revision in range(1, last + 1):
        _words(heap, number, revision, at)


def _sorts(number: int) -> dict[str, str]:
    what = kind(number)
    network = NETWORKS[number % len(NETWORKS)] if what == "post" else "bench"
    mine = PEOPLE[number % len(PEOPLE)] if number % 4 == 1 else ""
    sorts = {"kind": what, "network": network, "title": f"Post {number}" if what == "post" else ""}
    return sorts | {"team": TEAMS[number % len(TEAMS)], "assignee": mine, "risk": risk(number)}


def _decided(heap: Heap, number: int, turn: dict[str, str], at: datetime) -> dict[str, str]:
    status, by = STATUS[number // 2 % len(STATUS)], PEOPLE[number % len(PEOPLE)]
    done = (at + timedelta(minutes=5 + number % 50)).isoformat()
    seen = {"revision": 1, "reason": "", "turn": turn["turn"], "at": done}
    heap.add(decisions, draft=number, action=ACTION[status], by=by, **seen)
    return {"status": status, "decided_by": by, "decided_at": done, "decided_turn": turn["turn"]}


def _words(heap: Heap, number: int, revision: int, at: datetime) -> None:
    network = _sorts(number)["network"] if kind(number) == "post" else ""
    answer = draft_answer(number, revision, network, at.date())
    author = "agent" if revision == 1 else PEOPLE[number % len(PEOPLE)]
    empty: dict[str, Any] = {"findings": [], "note": ""}
    row = {"draft": number, "number": revision, "author": author, "at": at.isoformat()}
    heap.add(revisions, **row, answer=answer, **empty)
