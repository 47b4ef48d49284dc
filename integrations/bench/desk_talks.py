"""Conversations with their lines and turns, as rows."""

from datetime import datetime, timedelta
from typing import Any

from integrations.bench.desk_words import question, record, reply
from integrations.bench.heap import Heap
from integrations.store.review_schema import episodes
from integrations.store.schema import conversations, lines, outbox, turns


def add_talk(heap: Heap, id: str, count: int, began: datetime, channel: str) -> dict[str, str]:
    """Add a conversation, two lines a turn; return it with its last turn."""
    last = began + timedelta(minutes=count)
    _open(heap, id, count, last, channel)
    for place in range(count):
        at = (began + timedelta(minutes=place)).isoformat()
        common = {"conversation": id, "turn": f"{id}-t{place // 2}", "at": at}
        if place % 2:
            _answer(heap, common, place)
        else:
            _question(heap, common, place)
    people = {"asked": 2, "answered": 2, "unknown": 0, "people": len(id) % 2}
    times = {"began_at": began.isoformat(), "last_at": last.isoformat(), "ended_at": ""}
    whole = {"episode": 1, "channel": channel, "messages": count // 2}
    heap.add(episodes, conversation=id, **whole, **times, **people)
    return {"conversation": id, "turn": f"{id}-t{(count - 1) // 2}"}


def _open(heap: Heap, id: str, count: int, last: datetime, channel: str) -> None:
    memory: dict[str, Any] = {"summary": [question(count)], "question": None, "topic": "plans"}
    memory |= {"asked_back": 0, "placeholders": {}, "disclosed": True}
    state = {"version": count, "episode": 1, "owner": "agent", "team": "", "memory": memory}
    who = {"contact": f"contact of {id}", "channel": channel, "audience": "customer"}
    heap.add(conversations, id=id, **who, **state, updated_at=last.isoformat())


def _question(heap: Heap, common: dict[str, str], place: int) -> None:
    said = {"episode": 1, "who": "customer", "route": "help_centre", "text": question(place)}
    heap.add(lines, **common, **said)
    told = record(common["turn"], common["conversation"], place)
    done = {"kind": "message", "outcome": "reply", "ms": 40.0, "record": told}
    heap.add(turns, id=common["turn"], conversation=told["conversation"], at=common["at"], **done)


def _answer(heap: Heap, common: dict[str, str], place: int) -> None:
    text = reply(place)
    heap.add(lines, **common, episode=1, who="agent", route="help_centre", text=text)
    leased = {"run_at": common["at"], "lease_until": "", "worker": "", "attempts": 1, "error": ""}
    sent = {"state": "sent", "by_person": False, "external": "m1"}
    heap.add(outbox, **common, **leased, **sent, text=text)
