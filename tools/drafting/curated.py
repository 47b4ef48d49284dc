"""Pick what is worth sharing from feeds: why, how fresh, and whom to credit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.documents.grounding import Meaning
from knowledge.documents.instructions import planted
from knowledge.documents.words import words

FRESH = 90  # days; after that it is worth half
LEAST = 0.25  # nearness to the topic below which it is about something else
SHARED = 4  # words that are named as the reason


@dataclass(frozen=True)
class Item:
    """One entry of a feed, as it was written there."""

    title: str
    link: str
    source: str
    author: str = ""
    on: date | None = None
    summary: str = ""


@dataclass(frozen=True)
class Pick:
    """An entry worth looking at, and why."""

    item: Item
    score: float
    why: str
    fresh: str
    credit: str


def curated(
    items: Sequence[Item], topic: str, meaning: Meaning, today: date, most: int = 10
) -> list[Pick]:
    """Return the best entries for a topic; each link once, and nothing that instructs a machine."""
    once = {one.link: one for one in items if one.link and not planted(_text(one))}
    known = list(once.values())
    if not known:
        return []
    vectors = meaning([topic, *map(_text, known)])
    near = [float(one) for one in vectors[1:] @ vectors[0]]
    picks = [
        _pick(item, score, topic, today)
        for item, score in zip(known, near, strict=True)
        if score >= LEAST and (item.on is None or item.on <= today)
    ]
    return sorted(picks, key=lambda pick: (-pick.score, pick.item.link))[:most]


def _pick(item: Item, near: float, topic: str, today: date) -> Pick:
    age = (today - item.on).days if item.on else None
    score = near * (0.5 if age is None else 1 / (1 + age / FRESH))
    by = f"{item.author}, {item.source}" if item.author else item.source
    return Pick(item, round(score, 3), _why(item, near, topic), _age(age), f"{by}: {item.link}")


def _why(item: Item, near: float, topic: str) -> str:
    said = dict(zip(words(_text(item)), words(_text(item)), strict=True))
    wanted = [word for word in topic.lower().split() if any(one in said for one in words(word))]
    both = ", ".join(dict.fromkeys(wanted).keys() if len(wanted) <= SHARED else wanted[:SHARED])
    if both:
        return f"says {both}; {round(100 * near)} % near to “{topic}”"
    return f"{round(100 * near)} % near to “{topic}” in meaning, in other words"


def _age(days: int | None) -> str:
    if days is None:
        return "no date: check how old it is"
    return "today" if days == 0 else "1 day old" if days == 1 else f"{days} days old"


def _text(item: Item) -> str:
    return f"{item.title}. {item.summary}".strip()
