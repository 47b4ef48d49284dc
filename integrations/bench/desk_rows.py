"""A busy brand's rows, written in bulk as the agent and people would have left them."""

import itertools
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from integrations.bench.desk_drafts import PEOPLE, add_draft, kind, risk
from integrations.bench.desk_talks import add_talk
from integrations.bench.desk_words import question
from integrations.bench.heap import Heap
from integrations.store.audit import append
from integrations.store.review_schema import ratings
from integrations.store.running_schema import timers
from integrations.store.schema import drafts, gaps, handoffs

DAYS = 90  # over which it all happened
CHANNELS = ("instagram", "web", "slack", "facebook", "webhook")
LONG = "bench-long"  # a conversation that goes on and on
WAITS: dict[str, Any] = {"doubts": [], "closed_at": "", "document": ""}
IDLE: dict[str, Any] = {"state": "ready", "lease_until": "", "worker": "", "attempts": 0,
                        "error": "", "why": "", "by": "bench"}  # fmt: skip


@dataclass(frozen=True)
class Seeded:
    """Where to look at what was written."""

    open: list[int]  # drafts that wait, of low risk, each in a conversation of its own
    decided: int
    short: str
    long: str = LONG


def fill(engine: Engine, now: datetime, count: int, messages: int) -> Seeded:
    """Write so many drafts, half of them open, and so many messages."""
    heap, chance, long = Heap(), random.Random(7), messages // 50
    with engine.begin() as db:
        last = db.scalar(select(func.max(drafts.c.id))) or 0
        start = last + 2 - last % 2  # even numbers are decided
        add_talk(heap, LONG, long, now - timedelta(minutes=long), CHANNELS[0])
        for number in range(start, start + count):
            _story(heap, chance, number, (messages - long) // count, now)
        heap.write(db)
        _log(db, range(start, start + count, 2), now)
    waiting = [n for n in range(start + 1, start + count, 2) if is_plain(n)]
    return Seeded(open=waiting, decided=start, short=f"bench-{waiting[0]}")


def is_plain(number: int) -> bool:
    """Say whether a draft answers a customer at low risk."""
    return kind(number) == "reply" and risk(number) == "low"


def _story(heap: Heap, chance: random.Random, number: int, lines: int, now: datetime) -> None:
    """Write a conversation, its draft, and what else came of it."""
    waits = bool(number % 2)
    at = now - timedelta(minutes=chance.uniform(1, 600 if waits else DAYS * 1440))
    id, channel = f"bench-{number}", CHANNELS[number % len(CHANNELS)]
    turn = add_talk(heap, id, lines, at - timedelta(hours=1), channel)
    add_draft(heap, number, turn, at, waits)
    if number % 20 == 1:
        _handoff(heap, number, turn, at, now)
    if number % 20 == 2:
        heap.add(gaps, **turn, question=question(number), at=at.isoformat(), **WAITS)
    if number % 10 == 4:
        times = {"asked_at": at.isoformat(), "rated_at": at.isoformat()}
        heap.add(ratings, conversation=id, episode=1, score=number % 5 + 1, **times)


def _handoff(heap: Heap, number: int, turn: dict[str, str], at: datetime, now: datetime) -> None:
    closed = "" if number % 40 == 1 else now.isoformat()
    why = {"team": "support", "reason": "asked for a person", "note": f"Why: {question(number)}"}
    times = {"opened_at": at.isoformat(), "closed_at": closed, "answered_at": ""}
    heap.add(handoffs, **turn, **why, **times, overdue_at="")
    due = {"run_at": (at + timedelta(hours=4)).isoformat(), "at": at.isoformat()}
    heap.add(timers, conversation=turn["conversation"], kind="first_answer", **due, **IDLE)


def _log(db: Connection, numbers: Iterable[int], now: datetime) -> None:
    """Seal an entry for each decision."""
    for number, by in zip(numbers, itertools.cycle(PEOPLE), strict=False):
        detail: dict[str, str | int] = {"revision": 1, "turn": f"bench-{number}-t0"}
        append(db, by, "draft_approve", f"draft {number}", detail, now.isoformat())
