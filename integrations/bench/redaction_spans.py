"""Lay what was found over what is there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from agents.redaction.kinds import Find
from integrations.bench.redaction_rows import Kinds, Row


@dataclass(frozen=True, order=True)
class Span:
    """Characters with the kinds that they are, or may be called."""

    start: int
    end: int
    kinds: Kinds
    parts: int = 1

    def overlap(self, other: "Span") -> int:
        """Return how many characters both have."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def agrees(self, other: "Span") -> bool:
        """Say whether one kind is common to both."""
        return not set(self.kinds).isdisjoint(other.kinds)

    def fits(self, other: "Span") -> bool:
        """Say whether both share a kind and at least half of the longer one."""
        longer = max(self.end - self.start, other.end - other.start)
        return self.agrees(other) and 2 * self.overlap(other) >= longer


class Finder(Protocol):
    """Whatever finds personal data in a text."""

    def find(self, text: str) -> Sequence[Find]: ...


@dataclass
class Judged:
    """A row with what was wanted in it, and what was made of it."""

    row: Row
    wanted: list[Span]
    ignored: list[Span]
    finds: list[Span]
    seconds: float = 0.0
    met: set[Span] = field(default_factory=set)  # wanted, with a find of its own
    found: set[Span] = field(default_factory=set)  # wanted, met or covered by joined finds
    false: list[Span] = field(default_factory=list)


def judged(row: Row, mapping: Mapping[str, Kinds], finds: Sequence[Find], seconds: float) -> Judged:
    """Match each wanted span to at most one find, best overlap first."""
    marked = [Span(one.start, one.end, mapping[one.type]) for one in row.marked]
    wanted = joined([one for one in marked if one.kinds], row.text, _same)
    ignored = [one for one in marked if not one.kinds]
    raw = [Span(one.start, one.end, (one.kind,)) for one in finds]
    guesses = joined(raw, row.text, lambda a, b: _same(a, b) or _inside_one(a, b, wanted))
    result = Judged(row, wanted, ignored, raw, seconds)
    used = _matched(result, guesses)
    left = [one for one in guesses if one not in used]
    for one in wanted:
        if one in result.met or any(_covers(guess, one) for guess in left):
            result.found.add(one)
    result.false = [one for one in left if not any(one.overlap(other) for other in ignored)]
    return result


def _matched(result: Judged, guesses: Sequence[Span]) -> set[Span]:
    pairs = [(one, guess) for one in result.wanted for guess in guesses if one.fits(guess)]
    used: set[Span] = set()
    for one, guess in sorted(pairs, key=lambda pair: (-pair[0].overlap(pair[1]), pair)):
        if one not in result.met and guess not in used:
            result.met.add(one)
            used.add(guess)
    return used


def joined(spans: Iterable[Span], text: str, alike: Callable[[Span, Span], bool]) -> list[Span]:
    """Make one span of neighbours that are alike, or of a mere sign and what follows it."""
    found: list[Span] = []
    for one in sorted(spans):
        last = found[-1] if found else None
        if last and _beside(last, one, text) and (alike(last, one) or _sign(last, one, text)):
            kinds = tuple(dict.fromkeys(last.kinds + one.kinds))
            found[-1] = Span(last.start, max(last.end, one.end), kinds, last.parts + 1)
        else:
            found.append(one)
    return found


def _beside(one: Span, other: Span, text: str) -> bool:
    return not any(map(str.isalnum, text[one.end : other.start]))


def _sign(one: Span, other: Span, text: str) -> bool:
    """Say whether the first is an @ that somebody marked by itself."""
    return one.agrees(other) and not any(map(str.isalnum, text[one.start : one.end]))


def _same(one: Span, other: Span) -> bool:
    """Say whether both are parts of an address; people in a row stay people."""
    return one.kinds == other.kinds and "LOCATION" in one.kinds


def _inside_one(one: Span, other: Span, wanted: Sequence[Span]) -> bool:
    """Say whether both are about the same wanted span: a card number may be found in two kinds."""
    return any(
        span.overlap(one) and span.overlap(other) and span.agrees(one) and span.agrees(other)
        for span in wanted
    )


def _covers(guess: Span, wanted: Span) -> bool:
    around = guess.start <= wanted.start and wanted.end <= guess.end
    return guess.parts > 1 and around and guess.agrees(wanted)
