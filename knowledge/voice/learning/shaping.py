"""Rules about length and layout, learned from texts that people made shorter or opened up."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil

from knowledge.voice.learning.edits import LEAST, Edit
from knowledge.voice.rules.arranged import Length, Paragraphs, paragraphs
from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.shape import ReadingGrade, Sentences, SentenceWords, reading_grade
from knowledge.voice.text import Text

_SHORTER = 0.75  # of what it was
_EASIER = 3  # grades
_SAME = 0.6  # of the words are still there: it was split, not cut


def shapes(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return limits on sentences, paragraphs and the whole that edits may show."""
    yield from _put_apart([one for one in edits if _kept(one.was, one.now) >= _SAME])
    yield from _shortened([one for one in edits if _kept(one.now, one.was) >= _SAME])
    easier = [one for one in edits if reading_grade(one.now) and _drop(one) >= _EASIER]
    if len(easier) >= LEAST:
        yield ReadingGrade(most=max(ceil(reading_grade(one.now)) for one in easier))


def _put_apart(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return limits that edits show in which all the words are still there."""
    split = [one for one in edits if _shrank(one, longest, 4)]
    if len(split) >= LEAST:
        yield SentenceWords(most=_typical(split, longest))
    opened = [one for one in edits if _shrank(one, dense, 1)]
    if len(opened) >= LEAST:
        yield Paragraphs(most=_typical(opened, dense))


def _shortened(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return limits that edits show in which hardly any words are new."""
    cut = [one for one in edits if _shrank(one, count, 1) and _shrank(one, total, 5)]
    if len(cut) >= LEAST:
        yield Sentences(most=_typical(cut, count))
    brief = [one for one in edits if _shrank(one, total, 8) and one not in cut]
    if len(brief) >= LEAST:
        yield Length(most=_rounded(_typical(brief, total)))


def longest(text: Text) -> int:
    """Return the words of the longest sentence."""
    return max((len(text.within(one)) for one in text.sentences), default=0)


def dense(text: Text) -> int:
    """Return the sentences of the fullest paragraph."""
    return max((_inside(text, *place) for place in paragraphs(text.raw)), default=0)


def count(text: Text) -> int:
    """Return how many sentences it has."""
    return len(text.sentences)


def total(text: Text) -> int:
    """Return how many words it has."""
    return len(text.words)


def _shrank(edit: Edit, measure: Callable[[Text], int], by: int) -> bool:
    was, now = measure(edit.was), measure(edit.now)
    return 0 < now <= _SHORTER * was and was - now >= by


def _typical(edits: Sequence[Edit], measure: Callable[[Text], int]) -> int:
    """Return what nine of ten of the new texts keep to."""
    sizes = sorted(measure(edit.now) for edit in edits)
    return sizes[int(0.9 * (len(sizes) - 1))]


def _drop(edit: Edit) -> float:
    """Return how many years of school less the new text asks for, in as many sentences."""
    as_many = count(edit.was) == count(edit.now)
    return reading_grade(edit.was) - reading_grade(edit.now) if as_many else 0.0


def _rounded(size: int) -> int:
    return -(-size // 5) * 5


def _kept(one: Text, other: Text) -> float:
    """Return which share of the words of a text another one has too."""
    words = [word.text.lower() for word in one.words]
    known = {word.text.lower() for word in other.words}
    return sum(word in known for word in words) / len(words) if words else 0.0


def _inside(text: Text, start: int, end: int) -> int:
    return sum(start <= one.start < end for one in text.sentences)
