"""Which words became which, counted over all edits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from knowledge.voice.learning.changes import Change, Token
from knowledge.voice.learning.forms import common

LONGEST = 14  # words of a phrase that may be learned
_BLOCK = 8
_FEWEST = 3  # words that stand for the start or the end of a sentence that went
Kind = Literal["say", "avoid", "add"]
Words = tuple[str, ...]


class Key(NamedTuple):
    """What happened to some words."""

    kind: Kind
    was: Words
    now: Words

    def within(self, other: "Key") -> bool:
        """Say whether a longer change holds this one."""
        return (
            other.kind in (self.kind, "say")
            and _holds(other.was, self.was)
            and _holds(other.now, self.now)
            and self != other
        )

    @property
    def back(self) -> "Key":
        """Return the contrary."""
        kinds: dict[Kind, Kind] = {"say": "say", "avoid": "add", "add": "avoid"}
        return Key(kinds[self.kind], self.now, self.was)

    @property
    def size(self) -> int:
        """Count its words."""
        return len(self.was) + len(self.now)


@dataclass(frozen=True)
class Seen:
    """One place where it happened: the change, and the part of it."""

    change: Change
    was: tuple[int, int]
    now: tuple[int, int]

    @property
    def old(self) -> tuple[Token, ...]:
        """Return the words that were there."""
        return self.change.was[slice(*self.was)]

    @property
    def new(self) -> tuple[Token, ...]:
        """Return the words that are there."""
        return self.change.now[slice(*self.now)]

    def rest(self) -> Iterator[Change]:
        """Return what is left of the change around it."""
        for was, now in (
            (slice(0, self.was[0]), slice(0, self.now[0])),
            (slice(self.was[1], None), slice(self.now[1], None)),
        ):
            part = self.change.part(was, now)
            if part.was or part.now:
                yield part


Table = dict[Key, dict[int, Seen]]


def counted(changes: Sequence[Change], replaced: bool = False) -> Table:
    """Count everything that changes may mean; ``replaced`` words also count as left out."""
    found: Table = {}
    for change in changes:
        for seen in _readings(change, replaced):
            for key in _keys(seen, replaced):
                found.setdefault(key, {}).setdefault(change.edit.id, seen)
    return found


def _keys(seen: Seen, replaced: bool) -> Iterator[Key]:
    was, now = (tuple(one.low for one in words) for words in (seen.old, seen.new))
    if not now:
        yield Key("avoid", was, ())
    elif not was:
        yield Key("add", (), now)
    elif replaced:
        yield Key("avoid", was, ())
    else:
        yield Key("say", was, now)
        for old, new in common(" ".join(was), " ".join(now)):
            yield Key("say", tuple(old.split()), tuple(new.split()))


def _readings(change: Change, replaced: bool) -> Iterator[Seen]:
    was, now = len(change.was), len(change.now)
    if not was or not now:
        for span in _spans(change.was or change.now):
            yield Seen(change, span if was else (0, 0), (0, 0) if was else span)
    elif max(was, now) <= _BLOCK:
        yield from _pairs(change, was, now, replaced)


def _pairs(change: Change, was: int, now: int, replaced: bool) -> Iterator[Seen]:
    """Return which words may have been put in place of which."""
    yield Seen(change, (0, was), (0, now))
    if replaced or was == now:
        yield from (Seen(change, (n, n + 1), (n, n + 1)) for n in range(min(was, now)))
    if was + now > 2 and not any(_exact(one) for one in (*change.was, *change.now)):
        for i in range(was + 1):
            for j in range(now + 1):
                if 0 < i + j < was + now:
                    yield Seen(change, (0, i), (0, j))
                    yield Seen(change, (i, was), (j, now))


def _exact(token: Token) -> bool:
    """Say whether it is a number or stands for a name; what is around it was written anew."""
    return token.text[0] == "<" or token.text[0].isdigit()


def _spans(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Return the parts of what went or came; of a whole sentence only its start and its end."""
    size = len(words)
    whole = words[0].first and words[-1].last
    for start in range(size):
        for end in range(start + 1, min(size, start + LONGEST) + 1):
            if not whole or _stands_for(start, end, size):
                yield start, end


def _stands_for(start: int, end: int, size: int) -> bool:
    return (start, end) == (0, size) or ((not start or end == size) and end - start >= _FEWEST)


def _holds(longer: Words, shorter: Words) -> bool:
    size = len(shorter)
    return any(longer[n : n + size] == shorter for n in range(len(longer) - size + 1))
