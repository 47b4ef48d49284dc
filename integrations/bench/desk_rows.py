"""A busy brand's rows, written in bulk as the agent and people would have left them."""

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert

from integrations.bench.desk_words import draft_answer, question, record, reply
from integrations.store.audit import append
from integrations.store.review_schema import decisions, episodes, ratings
from integrations.store.running_schema import timers
from integrations.store.schema import (
    conversations,
    drafts,
    gaps,
    handoffs,
    lines,
    outbox,
    revisions,
    turns,
)

DAYS = 90  # over which it all happened
PIECE = 5_000  # rows that are written at once
CHANNELS = ("instagram", "web", "slack", "facebook", "webhook")
TEAMS = ("support", "sales", "")
PEOPLE = ("kim", "lee", "sam", "noor", "alex")
STATUS = ("approved", "approved", "approved", "edited", "rejected")  # of what is decided
ACTION = {"approved": "approve", "edited": "edit", "rejected": "reject"}
LONG = "bench-long"  # a conversation that goes on and on


@dataclass(frozen=True)
class Seeded:
    """Where to look at what was written."""

    open: list[int]  # drafts that wait, of low risk, each in a conversation of its own
    decided: int
    long: str = LONG
    short: str = "bench-1"


@dataclass
class _Rows:
    """Rows by table, in the order in which they may be written."""

    tables: tuple[Table, ...] = (conversations, turns, lines, drafts, revisions, decisions, outbox,
                                 episodes, handoffs, gaps, ratings, timers)  # fmt: skip
    kept: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: Table, **row: Any) -> None:
        self.kept.setdefault(table.name, []).append(row)

    def write(self, db: Connection) -> None:
        for table in self.tables:
            rows = iter(self.kept.pop(table.name, []))
            while piece := list(itertools.islice(rows, PIECE)):
                db.execute(insert(table), piece)


def fill(engine: Engine, now: datetime, count: int, messages: int) -> Seeded:
    """Write so many drafts, half of them open, and so many messages."""
    chance, rows = random.Random(7), _Rows()
    long = messages // 50
    each = (messages - long) // count
    open_ = [number for number in range(1, count + 1) if number % 2]
    for number in range(1, count + 1):
        _talk(rows, chance, number, each, now)
    _said(rows, LONG, long, now - timedelta(days=1), "instagram")
    with engine.begin() as db:
        rows.write(db)
        _log(db, range(2, count + 1, 2), now)
    low = [n for n in open_ if risk(n) == "low" and kind(n) == "reply"]
    return Seeded(open=low, decided=2)


def kind(number: int) -> str:
    """Return what a draft is for: most answer a customer."""
    return {3: "comment", 7: "post"}.get(number % 10, "reply")


def risk(number: int) -> str:
    """Return how risky a draft is."""
    return {5: "high", 1: "medium"}.get(number % 12, "low")


def _talk(rows: _Rows, chance: random.Random, number: int, each: int, now: datetime) -> None:
    """Write a conversation with its lines, its draft, and what came of that."""
    id, open_ = f"bench-{number}", bool(number % 2)
    ago = timedelta(minutes=chance.uniform(1, 600 if open_ else DAYS * 1440))
    turn = _said(rows, id, each, now - ago - timedelta(hours=1), CHANNELS[number % len(CHANNELS)])
    began = now - ago
    _draft(rows, number, id, turn, began, now if open_ else None)
    if number % 20 == 1:
        _handoff(rows, number, id, turn, began, now)
    if number % 20 == 2:
        doubt: dict[str, Any] = {"doubts": [], "closed_at": "", "document": ""}
        asked = {"conversation": id, "turn": turn, "question": question(number)}
        rows.add(gaps, **asked, at=began.isoformat(), **doubt)
    if number % 10 == 4:
        asked_at = {"asked_at": began.isoformat(), "rated_at": began.isoformat()}
        rows.add(ratings, conversation=id, episode=1, score=number % 5 + 1, **asked_at)


def _said(rows: _Rows, id: str, count: int, began: datetime, channel: str) -> str:
    """Write a conversation's lines, two a turn; return the last turn."""
    turn = f"{id}-t0"
    last = began + timedelta(minutes=count)
    who = {"contact": f"contact of {id}", "channel": channel, "audience": "customer"}
    memory = {"summary": [question(count)], "question": None, "topic": "plans", "placeholders": {}}
    state = {"version": count, "episode": 1, "owner": "agent", "team": "", "memory": memory}
    rows.add(conversations, id=id, **who, **state, updated_at=last.isoformat())
    for place in range(count):
        turn, at = f"{id}-t{place // 2}", (began + timedelta(minutes=place)).isoformat()
        common = {"conversation": id, "turn": turn, "at": at}
        text = reply(place) if place % 2 else question(place)
        who_says = "agent" if place % 2 else "customer"
        rows.add(lines, **common, episode=1, who=who_says, route="help_centre", text=text)
        if place % 2 == 0:
            told = record(turn, id, place)
            done = {"kind": "message", "outcome": told["outcome"], "ms": 40.0, "record": told}
            rows.add(turns, id=turn, conversation=id, at=at, **done)
        else:
            _sent(rows, common, text)
    counted = {"messages": count // 2, "asked": 2, "answered": 2, "unknown": 0, "people": count % 2}
    ends = {"began_at": began.isoformat(), "last_at": last.isoformat(), "ended_at": ""}
    rows.add(episodes, conversation=id, episode=1, channel=channel, **ends, **counted)
    return turn


def _sent(rows: _Rows, common: dict[str, str], text: str) -> None:
    leased = {"run_at": common["at"], "lease_until": "", "worker": "", "attempts": 1, "error": ""}
    rows.add(outbox, **common, **leased, text=text, state="sent", by_person=False, external="m1")


def _draft(
    rows: _Rows, number: int, id: str, turn: str, began: datetime, now: datetime | None
) -> None:
    """Write a draft: with a time it is open, without one it was decided."""
    status = "open" if now else STATUS[number // 2 % len(STATUS)]
    by, what, at = PEOPLE[number % len(PEOPLE)], kind(number), began.isoformat()
    due = began + timedelta(hours=4 + number % 30)
    message = {"channel": "bench", "conversation": id, "id": f"m{number}", "audience": "customer"}
    message |= {"text": question(number), "at": at}
    decided = {"decided_by": "", "decided_at": "", "decided_turn": ""}
    if not now:
        done = (began + timedelta(minutes=5 + number % 50)).isoformat()
        decided = {"decided_by": by, "decided_at": done, "decided_turn": turn}
        seen = {"revision": 1, "reason": "", "turn": turn, "at": done}
        rows.add(decisions, draft=number, action=ACTION[status], by=by, **seen)
    edited = status == "edited"
    network = ("linkedin", "x", "instagram")[number % 3] if what == "post" else "bench"
    sorts = {"kind": what, "network": network, "title": "", "team": TEAMS[number % len(TEAMS)]}
    sorts |= {"assignee": by if number % 4 == 1 else "", "risk": risk(number)}
    times = {"created_at": at, "snoozed_until": "", "escalated_at": "", "superseded_by": 0}
    times |= {"due_at": due.isoformat() if number % 3 and now else ""}
    own = {"conversation": id, "turn": turn, "route": "help_centre", "message": message}
    rows.add(drafts, id=number, **own, status=status, revision=1 + edited, **decided, **sorts,
             **times)  # fmt: skip
    for revision in range(1, 2 + edited):
        answer = draft_answer(number, revision, network if what == "post" else "", began.date())
        kept = {"answer": answer, "author": by if revision > 1 else "agent", "at": at}
        rows.add(revisions, draft=number, number=revision, **kept, findings=[], note="")


def _handoff(rows: _Rows, number: int, id: str, turn: str, began: datetime, now: datetime) -> None:
    closed = "" if number % 40 == 1 else now.isoformat()
    why = {"team": "support", "reason": "asked for a person", "note": f"Why: {question(number)}"}
    times = {"opened_at": began.isoformat(), "closed_at": closed, "answered_at": ""}
    rows.add(handoffs, conversation=id, turn=turn, **why, **times, overdue_at="")
    due = (began + timedelta(hours=4)).isoformat()
    idle = {"lease_until": "", "worker": "", "attempts": 0, "error": "", "why": "", "by": "bench"}
    promised = {"state": "ready", "run_at": due, "at": began.isoformat(), **idle}
    rows.add(timers, conversation=id, kind="first_answer", **promised)


def _log(db: Connection, numbers: Iterable[int], now: datetime) -> None:
    """Seal an entry for each decision."""
    for number, by in zip(numbers, _in_turn(PEOPLE), strict=False):
        detail: dict[str, str | int] = {"revision": 1, "turn": f"bench-{number}-t0"}
        append(db, by, "draft_approve", f"draft {number}", detail, now.isoformat())


def _in_turn(names: tuple[str, ...]) -> Iterator[str]:
    return itertools.cycle(names)
