"""What is said in a busy brand's rows: of the lengths that real turns and drafts have."""

from datetime import date, timedelta
from typing import Any

ASKED = (
    "How much is the Team plan for {} people, and is there a discount for a whole year?",
    "Can {} attendees join on the Business plan at the same time?",
    "My recording number {} is gone since yesterday, and I have waited for days. Please help!",
    "Which languages do you have for {} breakout rooms, and how do I switch them on?",
    "Hello <PERSON_1>, call me on <PHONE_1> about invoice {}, please.",
)
SAID = (
    "The Team plan costs €149 per month, and every plan can be paid for a year. [1] "
    "A year costs as much as ten months. [2] Room {} can be changed at any time.",
    "The Business plan takes 1,000 attendees at the same time. [1] More are possible with {} "
    "rooms. [2]",
)
SPENT = {"understanding": 36.02, "routing": 1.61, "answering": 18.93, "policy": 1.65, "reply": 2.5}


def question(number: int) -> str:
    """Return what a customer asks."""
    return ASKED[number % len(ASKED)].format(number)


def reply(number: int) -> str:
    """Return what the agent says."""
    return SAID[number % len(SAID)].format(number)


def evidence(number: int) -> list[dict[str, Any]]:
    """Return the two passages behind an answer."""
    quote = SAID[number % len(SAID)].partition(" [1]")[0]
    place = {"document": "plans", "title": "Plans and prices", "anchor": "prices"}
    return [{"number": n, **place, "quote": quote, "start": 10, "end": 90} for n in (1, 2)]


def record(turn: str, conversation: str, number: int) -> dict[str, Any]:
    """Return a turn as it is kept, with all that says why."""
    seen = {"readable": "text", "language": "en", "sentiment": "neutral", "emotions": [],
            "irony": 0.0, "abuse": 0.0, "urgency": [], "crisis": [], "injection": [],
            "spam": []}  # fmt: skip
    steps = [{"name": name, "ms": ms, "found": "2 sources"} for name, ms in SPENT.items()]
    return {
        "id": turn, "conversation": conversation, "episode": 1, "kind": "message",
        "outcome": "reply", "text": reply(number), "route": "help_centre",
        "intents": [{"name": "question", "confidence": 0.9}], "signals": seen,
        "evidence": evidence(number), "verdict": "reply", "reason": "answered", "risk": "low",
        "team": "", "draft": None, "steps": steps,
        "timings": {**SPENT, "total": sum(SPENT.values())}, "prompts": {}, "models": [],
    }  # fmt: skip


def draft_answer(number: int, revision: int, network: str, day: date) -> dict[str, Any]:
    """Return the words of a draft; of a post for a network too."""
    text = reply(number) if revision == 1 else reply(number).replace("costs", "is only")
    answer: dict[str, Any] = {"text": text, "evidence": evidence(number), "confidence": 0.9}
    answer |= {"actions": [], "missing": [], "doubts": []}
    if network:
        when = (day + timedelta(days=number % 300)).isoformat()
        post = {"network": network, "title": f"Post {number}", "parts": [text], "alt": []}
        empty: dict[str, Any] = {"evidence": evidence(number), "findings": [], "extras": {}}
        answer["posts"] = [{**post, **empty, "when": when}]
    return answer
