"""How much people changed in drafts before they let them go out."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, select

from integrations.store.schema import revisions

MOST = 400  # of the latest edits; an average needs no more
LONGEST = 400  # words that are compared
OURS = ("agent", "quiethand")


def changed_shares(db: Connection, drafts: Sequence[int]) -> dict[int, float]:
    """Return the share of words that people changed in what the agent wrote last."""
    chosen = sorted(drafts)[-MOST:]
    if not chosen:
        return {}
    text = revisions.c.answer["text"].as_string()
    query = select(revisions.c.draft, revisions.c.author, text)
    query = query.where(revisions.c.draft.in_(chosen))
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    for draft, author, words in db.execute(query.order_by(revisions.c.draft, revisions.c.number)):
        after[draft] = words or ""
        if author in OURS:
            before[draft] = words or ""
    return {draft: changed(before[draft], after[draft]) for draft in before}


@lru_cache(maxsize=4 * MOST)
def changed(before: str, after: str) -> float:
    """Return the words put in, taken out or replaced, as a share of the longer text."""
    old, new = before.split()[:LONGEST], after.split()[:LONGEST]
    longer = max(len(old), len(new))
    while old and new and old[-1] == new[-1]:
        old.pop()
        new.pop()
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    return _distance(old[same:], new[same:]) / longer if longer else 0.0


def _distance(old: Sequence[str], new: Sequence[str]) -> int:
    """Return the fewest single words to change (Levenshtein)."""
    row = list(range(len(new) + 1))
    for place, word in enumerate(old, 1):
        corner, row[0] = row[0], place
        for at, other in enumerate(new, 1):
            kept = corner if word == other else corner + 1
            corner, row[at] = row[at], min(kept, row[at] + 1, row[at - 1] + 1)
    return row[-1]
