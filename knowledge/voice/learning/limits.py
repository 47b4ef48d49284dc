"""Rules about how many: marks, emoji, hashtags; and which of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from knowledge.voice.learning.edits import LEAST, Edit
from knowledge.voice.learning.judging import judged
from knowledge.voice.rules.arranged import Placed
from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.frame import Contains
from knowledge.voice.rules.marks import PATTERNS, Marks
from knowledge.voice.rules.pictures import Emoji, Hashtags
from knowledge.voice.rules.wording import Avoid, Say
from knowledge.voice.text import Span, Text

MOST = 5  # a higher limit is no habit
_INSTEAD = {"!": ".", "!!": "", "...": ".", ":)": "", "  ": " ", "**": "", "—": ", ", ";": "."}
Limit = Marks | Emoji | Hashtags


def limits(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return the first limit on each mark, on emoji and on hashtags that edits may show."""
    for mark in PATTERNS:
        yield from _first(
            [Marks(mark=mark, most=n, instead=_INSTEAD.get(mark)) for n in _levels(mark)], edits
        )
    yield from _first([Emoji(most=n) for n in range(MOST)], edits)
    yield from _first([Hashtags(most=n) for n in range(MOST + 1)], edits)


def additions(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return what people put in: emoji, hashtags, or one of them always."""
    yield Marks(mark="!", least=1, most=None)
    tags = Counter(tag for edit in edits for tag in _new(edit, _tags))
    always = [tag for tag, count in tags.items() if count >= LEAST]
    yield from (Contains(words=tag) for tag in always)
    if not always:
        yield Hashtags(least=1)
    pictures = Counter(one for edit in edits for one in _new(edit, _emoji))
    total = sum(1 for edit in edits if edit.now.emoji and not edit.was.emoji)
    favourite = [one for one, count in pictures.items() if count >= max(LEAST, 0.8 * total)]
    yield Emoji(least=1, allowed=tuple(favourite[:1]))


def exchanges(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return one emoji or hashtag for another, single ones that go, and where they stand."""
    for kind in (_emoji, _tags):
        pairs, gone = Counter[tuple[str, str]](), Counter[str]()
        for edit in edits:
            was, now = _new(edit, kind, back=True), _new(edit, kind)
            if len(was) == 1 and len(now) == 1:
                pairs[was[0], now[0]] += 1
            gone.update(was if not now else [])
        for (old, new), count in pairs.items():
            if count >= LEAST and old.lower() != new.lower():
                yield Say(say=new, instead_of=old)
        yield from (Avoid(phrase=one) for one, count in gone.items() if count >= LEAST)
    for where in ("end", "start"):
        yield Placed(what="emoji", where=where)
        yield Placed(what="hashtags", where=where)


def _levels(mark: str) -> range:
    return range(3) if mark in "!?—(" else range(1)


def _first(rules: Sequence[Limit], edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return the strictest limit that holds and that most of the edits below it come from."""
    for rule in rules:
        verdict = judged(rule, edits)
        if verdict.holds() and len(verdict.supports) >= len(verdict.kept):
            yield rule
            return
    yield from rules[:1]


def _new(edit: Edit, kind: Callable[[Text], list[Span]], back: bool = False) -> list[str]:
    """Return what is in the new text and was not in the old one, or the other way round."""
    was, now = ({one.text for one in kind(text)} for text in (edit.was, edit.now))
    return sorted(was - now if back else now - was)


def _emoji(text: Text) -> list[Span]:
    return text.emoji


def _tags(text: Text) -> list[Span]:
    return text.hashtags
