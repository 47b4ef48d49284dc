"""Rules about greetings and sign-offs, learned from how people begin and end."""

from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.voice.learning.edits import LEAST, Edit
from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.frame import Greeting, SignOff, greeted, signed

MAJORITY = 0.6  # of those who put one in agree on its words


def greetings(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return the greeting that people put in, put in place of another, or take out."""
    pairs = [(_greeting(edit.before), _greeting(edit.after)) for edit in edits]
    for words, needed in _habits(pairs):
        yield Greeting(allowed=words, needed=needed)


def farewells(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return the sign-off that people put in, put in place of another, or take out."""
    pairs = [(_farewell(edit.before), _farewell(edit.after)) for edit in edits]
    for words, needed in _habits(pairs):
        yield SignOff(allowed=words, needed=needed)


def _habits(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Return the words that shall stand there and whether they must; no words is none at all."""
    changed = [(was, now) for was, now in pairs if was.lower() != now.lower()]
    if sum(1 for was, now in changed if was and not now) >= LEAST:
        yield (), False
    new = Counter(now for _, now in changed if now)
    for words, count in new.most_common(2):
        if count >= LEAST and count >= MAJORITY * sum(new.values()):
            added = sum(1 for was, now in changed if now == words and not was)
            yield (words,), added * 2 >= count


def _greeting(raw: str) -> str:
    found = greeted(raw)
    return found[0] if found else ""


def _farewell(raw: str) -> str:
    found = signed(raw)
    return found["words"].strip() if found else ""
