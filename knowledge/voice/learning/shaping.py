"""Rules about length and layout, learned from texts that people made shorter or opened up."""

from collections.abc import Callable, Iterator, Sequence

from knowledge.voice.learning.edits import LEAST, Edit
from knowledge.voice.rules.arranged import Length, Paragraphs, paragraphs
from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.shape import Sentences, SentenceWords
from knowledge.voice.text import Text

_SHORTER = 0.75  # of what it was
_SAME_WORDS = 0.6  # of the words are still there: it was split, not cut


def shapes(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return limits on sentences, paragraphs and the whole that edits may show."""
    split = [one for one in edits if _kept_words(one) >= _SAME_WORDS and _shrank(one, longest, 4)]
    if len(split) >= LEAST:
        yield SentenceWords(most=_typical(split, longest))
    opened = [one for one in edits if _kept_words(one) >= _SAME_WORDS and _shrank(one, dense, 1)]
    if len(opened) >= LEAST:
        yield Paragraphs(most=_typical(opened, dense))
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


def _rounded(size: int) -> int:
    return -(-size // 5) * 5


def _kept_words(edit: Edit) -> float:
    was = [word.text.lower() for word in edit.was.words]
    now = {word.text.lower() for word in edit.now.words}
    return sum(word in now for word in was) / len(was) if was else 0.0


def _inside(text: Text, start: int, end: int) -> int:
    return sum(start <= one.start < end for one in text.sentences)
